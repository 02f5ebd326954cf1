import { expect } from "chai";
import { exampleStack, resource, unknownValue, type Properties } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-blocks-public-access";

const message =
  `${policy}: Bucket "drop" does not block public access. Give it a BucketPublicAccessBlock with ` +
  "`blockPublicAcls`, `blockPublicPolicy`, `ignorePublicAcls` and `restrictPublicBuckets` all true.";

const ways: readonly (keyof Properties<"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock">)[] = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

describe("the policy that a landing bucket blocks public access", () => {
  it("finds a bucket without a block, and one that leaves a way open", async () => {
    expect(await findings(without(exampleStack(), "dropBlock"))).to.deep.equal([message]);
    for (const way of ways) {
      for (const state of [false, undefined]) {
        const stack = changed(exampleStack(), "dropBlock", { [way]: state });
        expect(await findings(stack), `${way}: ${state}`).to.deep.equal([message]);
      }
    }
  });

  it("does not take another bucket's block for its own", async () => {
    expect(await findings(changed(exampleStack(), "dropBlock", { bucket: "other" }))).to.deep.equal([message]);
  });

  it("accepts the block of the whole account", async () => {
    const { props } = changed(exampleStack(), "dropBlock", { bucket: undefined }).dropBlock;
    const account = resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", props);
    expect(await findings({ ...without(exampleStack(), "dropBlock"), account })).to.deep.equal([]);
  });

  describe("given the block of an account by its number", () => {
    const { props } = changed(exampleStack(), "dropBlock", { bucket: undefined }).dropBlock;
    const blockedBy = (accountId: string) => ({
      ...without(exampleStack(), "dropBlock"),
      account: resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { ...props, accountId }),
    });

    it("accepts the account in the ARNs of what stands beside the bucket, and no other", async () => {
      expect(await findings(blockedBy("111122223333"))).to.deep.equal([]);
      expect(await findings(blockedBy("999988887777"))).to.deep.equal([message]);
    });

    it("says at a preview that it waits for the first of these ARNs", async () => {
      const unborn = changed(blockedBy("111122223333"), "partners", { arn: unknownValue });
      expect(await findings(unborn)).to.deep.equal([notChecked("arn", 'Role "partners"', policy)]);
    });

    it("says at a preview that it waits for the number where another provider has the account", async () => {
      const blocked = {
        ...blockedBy("111122223333"),
        account: { ...blockedBy(unknownValue).account, provider: "other" },
      };
      expect(await findings(blocked)).to.deep.equal([
        notChecked("accountId", 'AccountPublicAccessBlock "account"', policy),
      ]);
    });
  });

  it("says at a preview that a switch which is not known yet is not checked, unless another is off", async () => {
    const open = changed(exampleStack(), "dropBlock", { ignorePublicAcls: unknownValue });
    expect(await findings(open)).to.deep.equal([
      notChecked("ignorePublicAcls", 'BucketPublicAccessBlock "dropBlock"', policy),
    ]);
    expect(await findings(changed(open, "dropBlock", { blockPublicAcls: false }))).to.deep.equal([message]);
  });
});
