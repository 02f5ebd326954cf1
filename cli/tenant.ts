import { runCommand } from "./command";
import { addKey, removeKey, rotateKey } from "./tenant/keys";
import { list } from "./tenant/list";
import { add, resume, retire, suspend } from "./tenant/tenants";
import { withVerbs } from "./verbs";

runCommand(
  withVerbs({
    usage: `npm run tenant -- VERB [NAME] [FLAGS]

Changes tenants.yaml: the one thing that is meant, and no other byte. The file is checked before it is replaced.
npm run tenant -- VERB --help shows the flags of a verb.`,
    verbs: {
      add: { does: "a further tenant", main: add },
      suspend: { does: "refuses its logins; everything else stays", main: suspend },
      resume: { does: "lets it log in again", main: resume },
      retire: { does: "takes it out; nobody may have its name again", main: retire },
      "add-key": { does: "a further key of a tenant", main: addKey },
      "remove-key": { does: "takes a key from a tenant", main: removeKey },
      "rotate-key": { does: "a key that follows another, which ends some days later", main: rotateKey },
      list: { does: "tenants with their logins and keys", main: list },
    },
  }),
);
