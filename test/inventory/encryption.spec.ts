import { expect } from "chai";
import { stackDifference } from "../../diff/difference";
import { differenceText } from "../../diff/text";
import { verbsAt } from "../../inventory/verbs";
import { deployedServer } from "../../local/service/deployedServer";
import type { Deployment } from "../../synth/deployment";
import { only } from "../components/gatewayStack";
import { sideWith, today } from "../diff/comparing";
import { publicKey } from "../publicKeys";
import { encryptedWith, keyArn, sessionOf } from "./deployments";

const tenants = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;

/** The deployment with objects encrypted by a key whose use the roles do not have. */
function encrypted(deployment: Deployment): Deployment {
  const { type, urn } = only(deployment, "BucketServerSideEncryptionConfiguration");
  const bucket = bucketOf(deployment);
  const resources = deployment.resources.map((each) =>
    each.type === type ? { ...encryptedWith(keyArn, bucket), urn } : each,
  );
  return { ...deployment, resources };
}

function bucketOf(deployment: Deployment): string {
  return String(only(deployment, "Bucket").inputs["bucket"]);
}

describe("a key whose use the role lacks", () => {
  it("denies to read and to write, whoever asks: the inventory, the local gateway, the diff", async () => {
    const before = await sideWith({ tenants });
    const deployment = encrypted(before.deployment);
    const [bucket, prefix] = [bucketOf(deployment), "tenants/acme/"];

    expect(verbsAt(sessionOf(before.deployment, "acme"), { bucket, prefix })).to.deep.equal([
      "list",
      "read",
      "write",
      "delete",
    ]);
    expect(verbsAt(sessionOf(deployment, "acme"), { bucket, prefix })).to.deep.equal(["list", "delete"]);

    const authorise = (await deployedServer(deployment)).users.get("acme")!.authorise;
    const allowed = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].filter(
      (action) => authorise({ action, bucket, key: `${prefix}a.txt` }).allowed,
    );
    expect(allowed).to.deep.equal(["s3:DeleteObject"]);

    const difference = stackDifference({ stack: "dev", before, after: { ...before, deployment } }, today);
    expect(differenceText({ from: "main", today, stacks: [difference] }).split("\n")).to.include(
      "    breaking: can no longer read and write in / (tenants/acme/)",
    );
  });
});
