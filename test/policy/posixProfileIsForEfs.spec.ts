import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, marked, notChecked } from "./findings";

const policy = "transfer-posix-profile-is-for-efs";

const message =
  `${policy}: User "wayne" has a POSIX profile, which means nothing on Server "door": its domain is S3. ` +
  "Take `posixProfile` away, or set the server's `domain` to EFS.";

function withServer(domain: string | undefined) {
  const stack = changed(exampleStack(), "wayne", { posixProfile: { uid: 1, gid: 1 }, serverId: "s-0123" });
  const arn = "arn:aws:transfer:us-east-1:111122223333:server/s-0123";
  return changed(stack, "door", { domain, arn });
}

describe("the policy that POSIX profiles are for EFS", () => {
  it("finds one on a user of a server for S3, which is Transfer's default", async () => {
    expect(await findings(withServer("S3"))).to.deep.equal([message]);
    expect(await findings(withServer(undefined))).to.deep.equal([message]);
  });

  it("never silences the policies on users of S3", async () => {
    const found = await findings(changed(withServer("S3"), "wayne", { policy: undefined }));
    expect(found.map((line) => line.split(":", 1).join())).to.deep.equal(["transfer-user-has-session-policy", policy]);
  });

  it("knows the server by the resource that its id will come from", async () => {
    const preview = changed(withServer("S3"), "wayne", { serverId: unknownValue });
    expect(await findings(marked(preview, "wayne", { from: { serverId: ["door"] } }))).to.deep.equal([message]);
  });

  it("says at a preview that a domain which is not known yet is not checked", async () => {
    const expected = notChecked("domain", 'Server "door"', policy);
    expect(await findings(withServer(unknownValue))).to.deep.equal([expected]);
  });

  it("leaves the policies on S3 waiting while nobody knows whether the home is in a file system", async () => {
    const homeDirectoryMappings = [{ entry: "/", target: unknownValue }];
    const stack = changed(withServer("EFS"), "wayne", { homeDirectoryMappings, policy: undefined });
    expect(await findings(stack)).to.deep.equal([
      notChecked(
        "homeDirectoryMappings",
        'User "wayne"',
        "transfer-user-has-session-policy",
        "transfer-session-policy-is-confined",
        "transfer-home-within-session-policy",
        "transfer-home-is-well-formed",
      ),
    ]);
  });
});
