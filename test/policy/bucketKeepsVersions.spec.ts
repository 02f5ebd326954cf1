import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { changed, findings, marked, notChecked, without } from "./findings";

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
    const { dropVersions } = exampleStack();
    const unversioned = without(exampleStack(), "dropVersions");
    for (const stack of [
      {
        ...exampleStack(),
        dropVersions: resource("aws:s3/bucketVersioningV2:BucketVersioningV2", dropVersions.props),
      },
      changed(unversioned, "drop", { versioning: { enabled: true } }),
      {
        ...unversioned,
        drop: resource(
          "aws:s3/bucketV2:BucketV2",
          { bucket: "partner-drop", versionings: [{ enabled: true }] },
          { protect: true },
        ),
      },
    ]) {
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
    expect(await findings(marked(stack, "drop", { computed: { versioning: unknownValue } }))).to.deep.equal([message]);
  });
});
