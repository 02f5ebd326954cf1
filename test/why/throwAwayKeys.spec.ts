import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import type { LoginAnswer } from "../../why/answer";
import { questionsOfLog } from "../../why/logLine";
import { whyLine, whyText } from "../../why/text";
import { answerTo } from "../../why/why";
import { publicKey } from "../publicKeys";
import { keyOf, now, Sample, sampleText } from "./setting";

const ownKey = (name: string) => new RegExp(`name: ${name}\\n[^]*?(ssh-ed25519 \\S+)`).exec(sampleText)![1]!;

describe("why a throw-away key of a local gateway is let in or not", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  const { text, fingerprint } = publicKey("throw-away");
  const opensARun = "whether it is a throw-away key of npm start, which opens the gateway of its own run alone";
  const logged = (fields: object) => {
    const line = { "activity-type": "AUTH_FAILURE", "ssh-public-key-fingerprint": fingerprint, ...fields };
    const [question] = questionsOfLog(JSON.stringify(line), inventoryOf(sample.deployment), now);
    return sample.ask(question!) as LoginAnswer;
  };

  it("says that it may be one, which no deployment tells", () => {
    expect(sample.login("acme", { key: text }).notKnown).to.include(opensARun);
    expect(sample.login("acme", { key: ownKey("northwind") }).notKnown).not.to.include(opensARun);
  });

  it("repeats what the line says of it", () => {
    const reason = `asked whether the key that is shown is one of the tenant's: no, ${fingerprint} is a key of acme`;
    const refused = logged({ user: "northwind", reason });
    expect(refused).to.include({ verdict: "denied", cause: "wrong-key", said: reason });
    const letIn = logged({ "activity-type": "CONNECTED", user: "acme" });
    expect(letIn).to.include({ verdict: "denied", said: "it was let in" });
    expect(whyText(letIn)).to.match(/^acme login: denied\n {2}the line {2}says otherwise: it was let in\n/);
  });

  it("repeats nothing that the deployment says as well", () => {
    const stranger = logged({ user: "acme", reason: whyLine(logged({ user: "acme" })) });
    expect(stranger).not.to.have.property("said");
    expect(logged({ user: "initech", reason: "the tenant initech is suspended" })).not.to.have.property("said");
    const own = { "ssh-public-key-fingerprint": keyOf(ownKey("acme")).fingerprint, user: "acme" };
    expect(logged({ "activity-type": "CONNECTED", ...own })).not.to.have.property("said");
    expect(logged(own)).to.include({ verdict: "allowed", said: "it was not let in" });
  });

  it("is kept where a change is tried for the gateway that has made it, and never proposed", async () => {
    const file = `tenants:\n  - name: acme\n    allowedCidrs: [203.0.113.0/24]\n    sshKeys: ["${publicKey(1).text}"]\n`;
    const known = (await Sample.of({ "sftp-gateway:identityProvider": "lambda" }, file)).known();
    const ofRun = { label: "a throw-away key", body: text, isThrowAway: true as const };
    const users = known.inventory.users.map((user) => ({ ...user, keys: [...user.keys, ofRun] }));
    const question = { about: "login", name: "acme", now, address: "127.0.0.1", key: keyOf(text) } as const;
    const { change } = answerTo(question, { ...known, inventory: { ...known.inventory, users } });
    expect(change?.kind === "tenants" && change.edits.map(({ key, to }) => [key, to])).to.deep.equal([
      ["allowedCidrs", "[203.0.113.0/24, 127.0.0.1/32]"],
    ]);
  });
});
