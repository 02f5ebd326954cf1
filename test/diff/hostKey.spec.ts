import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { said, type Content } from "./comparing";

const tenants = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;
const [first, second] = [publicKey("first host"), publicKey("second host")];

/** A stack whose host key has this public half; the private one is encrypted, so any cipher text stands for it. */
function withKey(publicHalf: string, ciphertext = "v1:bm9uY2U=:Y2lwaGVy"): Content {
  return {
    tenants,
    stackFile: `  sftp-gateway:hostKey: { secure: "${ciphertext}" }\n  sftp-gateway:hostKeyPublic: ${publicHalf}\n`,
  };
}

/** The lines about everybody. */
async function saidOf(before: Content, after: Content): Promise<string[]> {
  return (await said(before, after)).tenants.slice(1);
}

describe("a change of the host key", () => {
  const steps = "once the older ones of its type are deleted (docs/HOST-KEY.md)";

  it("is told as what every client sees, and explains all that follows from it", async () => {
    expect(await saidOf({ tenants }, withKey(first.text))).to.deep.equal([
      "  the server is given a host key, as a secret",
      `  breaking: every client will see another host key, ssh-ed25519 ${first.fingerprint} instead of the service's own, ${steps}`,
    ]);
    expect(await saidOf(withKey(first.text), withKey(second.text, "v1:bm9uY2U=:b3RoZXI="))).to.deep.equal([
      "  the private half of the host key is changed, or encrypted anew",
      `  breaking: every client will see another host key, ssh-ed25519 ${second.fingerprint} instead of ssh-ed25519 ${first.fingerprint}, ${steps}`,
    ]);
    expect(await saidOf(withKey(first.text), { tenants })).to.deep.equal([
      "  the server is given no host key any more; it keeps those that it has",
      `  dangerous: the host key ssh-ed25519 ${first.fingerprint} is no longer published; this server keeps it, and the next one shows another`,
    ]);
  });

  it("is none where the comment changes, or the private half is encrypted anew", async () => {
    expect(await saidOf(withKey(first.text), withKey(`${first.text} sftp.acme.example`))).to.deep.equal([
      `  the comment of the host key ssh-ed25519 ${first.fingerprint} is changed`,
    ]);
    expect(await saidOf(withKey(first.text), withKey(first.text, "v1:bm9uY2U=:YWdhaW4="))).to.deep.equal([
      "  the private half of the host key is changed, or encrypted anew",
    ]);
  });
});
