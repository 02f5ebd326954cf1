import { configurationsOf, effective, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { saidInAll } from "./seenResource";

const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

/** A partner's overwritten or deleted file can be brought back only where versions are kept. */
export const bucketKeepsVersions: Rule<BucketType> = {
  name: "landing-bucket-keeps-versions",
  description: "Every landing bucket keeps the versions of overwritten and deleted files.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const separate = configurationsOf(bucket, versioningTypes, stack);
    const places = effective(
      separate.map((versioning) => versioning.at("versioningConfiguration", "status")),
      [bucket.at("versioning", "enabled"), bucket.at("versionings", "enabled")],
    );
    if (!saidInAll(places, ["Enabled", true])) {
      yield (
        `${bucket.label} does not keep versions: an overwritten file is lost. ` +
        "Give it a BucketVersioning whose status is Enabled."
      );
    }
  },
};
