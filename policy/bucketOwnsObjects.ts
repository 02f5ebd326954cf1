import { configurationsOf, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { saidInAll } from "./seenResource";

const ownershipTypes = ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] as const;

/** New buckets are so by default since 2023, hence only advice: saying it keeps a later change from going unnoticed. */
export const bucketOwnsObjects: Rule<BucketType> = {
  name: "landing-bucket-owns-its-objects",
  description: "Every landing bucket owns all objects in it, so that no access control list can open one.",
  enforcementLevel: "advisory",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const controls = configurationsOf(bucket, ownershipTypes, stack).map((each) => each.at("rule", "objectOwnership"));
    if (!saidInAll(controls, ["BucketOwnerEnforced"])) {
      yield (
        `${bucket.label} does not say that it owns its objects. ` +
        "Give it a BucketOwnershipControls whose `objectOwnership` is BucketOwnerEnforced."
      );
    }
  },
};
