import { expect } from "chai";

import { problemsOf } from "./loading";
import { addresses } from "./wrongFiles/addresses";
import { indentation } from "./wrongFiles/indentation";
import { folders } from "./wrongFiles/folders";
import { keyForms } from "./wrongFiles/keyForms";
import { keys } from "./wrongFiles/keys";
import { logins } from "./wrongFiles/logins";
import { listeners } from "./wrongFiles/listeners";
import { names } from "./wrongFiles/names";
import { notify } from "./wrongFiles/notify";
import { paths } from "./wrongFiles/paths";
import { punctuation } from "./wrongFiles/punctuation";
import { shape } from "./wrongFiles/shape";
import { meant } from "./wrongFiles/meant";
import { wishes } from "./wrongFiles/wishes";
import { slips } from "./wrongFiles/slips";
import { syntax } from "./wrongFiles/syntax";

describe("a tenants.yaml with mistakes names them and their places", () => {
  for (const [topic, files] of Object.entries({
    syntax,
    indentation,
    shape,
    names,
    folders,
    paths,
    keys,
    keyForms,
    logins,
    addresses,
    notify,
    listeners,
    meant,
    wishes,
    slips,
    punctuation,
  })) {
    describe(`in ${topic}`, () => {
      for (const { title, yaml, problems } of files) {
        it(title, () => {
          expect(problemsOf(yaml)).to.deep.equal(problems.map((problem) => `tenants.yaml:${problem}`));
        });
      }
    });
  }
});
