import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-owns-its-objects";

const message =
  `${policy}: Bucket "drop" does not say that it owns its objects. ` +
  "Give it a BucketOwnershipControls whose `objectOwnership` is BucketOwnerEnforced.";

describe("the policy that a landing bucket owns its objects", () => {
  it("finds a bucket that leaves objects to their writers", async () => {
    expect(await findings(without(exampleStack(), "dropOwnership"))).to.deep.equal([message]);
    const rule = { objectOwnership: "ObjectWriter" };
    expect(await findings(changed(exampleStack(), "dropOwnership", { rule }))).to.deep.equal([message]);
  });

  it("says at a preview that an ownership which is not known yet is not checked", async () => {
    const rule = { objectOwnership: unknownValue };
    expect(await findings(changed(exampleStack(), "dropOwnership", { rule }))).to.deep.equal([
      notChecked("rule", 'BucketOwnershipControls "dropOwnership"', policy),
    ]);
  });
});
