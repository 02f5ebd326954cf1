import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-keeps-versions";

const message =
  `${policy}: Bucket "drop" does not keep versions: an overwritten file is lost. ` +
  "Give it a BucketVersioning whose status is Enabled.";

describe("the policy that a landing bucket keeps versions", () => {
  it("finds a bucket without versioning, or with versioning suspended", async () => {
    expect(await findings(without(exampleStack(), "dropVersions"))).to.deep.equal([message]);
    const suspended = { versioningConfiguration: { status: "Suspended" } };
    expect(await findings(changed(exampleStack(), "dropVersions", suspended))).to.deep.equal([message]);
  });

  it("accepts the resource of version 6, and what the bucket itself says", async () => {
    const older = exampleStack();
    Object.assign(older["dropVersions"] ?? {}, { type: "aws:s3/bucketVersioningV2:BucketVersioningV2" });
    const inline = changed(without(exampleStack(), "dropVersions"), "drop", { versioning: { enabled: true } });
    const inlineV2 = changed(without(exampleStack(), "dropVersions"), "drop", { versionings: [{ enabled: true }] });
    Object.assign(inlineV2["drop"] ?? {}, { type: "aws:s3/bucketV2:BucketV2" });
    for (const stack of [older, inline, inlineV2]) {
      expect(await findings(stack)).to.deep.equal([]);
    }
  });

  it("says at a preview that versioning which is not known yet is not checked", async () => {
    for (const versioningConfiguration of [unknownValue, { status: unknownValue }]) {
      expect(await findings(changed(exampleStack(), "dropVersions", { versioningConfiguration }))).to.deep.equal([
        notChecked("versioningConfiguration", 'BucketVersioning "dropVersions"', policy),
      ]);
    }
  });

  it("finds a bucket at a preview whose own versioning the program leaves to the provider", async () => {
    const stack = without(exampleStack(), "dropVersions");
    Object.assign(stack["drop"] ?? {}, { computed: { versioning: unknownValue } });
    expect(await findings(stack)).to.deep.equal([message]);
  });
});
