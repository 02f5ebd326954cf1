import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-is-encrypted";

function unencrypted(algorithms: string): string {
  return (
    `${policy}: Bucket "drop" does not say that its files are encrypted with ${algorithms}. ` +
    "Give it a BucketServerSideEncryptionConfiguration with that `sseAlgorithm`."
  );
}

describe("the policy that a landing bucket is encrypted", () => {
  it("finds a bucket that does not say how", async () => {
    expect(await findings(without(exampleStack(), "dropEncryption"))).to.deep.equal([
      unencrypted("AES256 or aws:kms or aws:kms:dsse"),
    ]);
  });

  it("accepts what the bucket itself says, in the shape of either version", async () => {
    const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    const rules = [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }];
    for (const inline of [
      { serverSideEncryptionConfiguration: { rule } },
      { serverSideEncryptionConfigurations: [{ rules }] },
    ]) {
      expect(await findings(changed(without(exampleStack(), "dropEncryption"), "drop", inline))).to.deep.equal([]);
    }
  });

  it("demands the algorithms of its configuration", async () => {
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
    const stack = changed(exampleStack(), "dropEncryption", { rules });
    const config = { [policy]: { algorithms: ["aws:kms"] } };
    expect(await findings(stack)).to.deep.equal([]);
    expect(await findings(stack, { config })).to.deep.equal([unencrypted("aws:kms")]);
  });

  it("says at a preview that an encryption which is not known yet is not checked", async () => {
    for (const rules of [unknownValue, [{ applyServerSideEncryptionByDefault: { sseAlgorithm: unknownValue } }]]) {
      expect(await findings(changed(exampleStack(), "dropEncryption", { rules }))).to.deep.equal([
        notChecked("rules", 'BucketServerSideEncryptionConfiguration "dropEncryption"', policy),
      ]);
    }
  });
});
