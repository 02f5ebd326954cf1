import { configurationsOf, landingBucketRule } from "./landingBuckets";
import { member, notKnownYet } from "./seenResource";

const ownershipTypes = ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] as const;

/** New buckets are so by default since 2023, hence only advice: saying it keeps a later change from going unnoticed. */
export const bucketOwnsObjects = landingBucketRule(
  {
    name: "landing-bucket-owns-its-objects",
    description: "Every landing bucket owns all objects in it, so that no access control list can open one.",
    level: "advisory",
  },
  (bucket, stack, { violation, notChecked }) => {
    const controls = configurationsOf(bucket, ownershipTypes, stack);
    const states = controls.map((resource) => ({ resource, state: ownershipIn(resource.get("rule")) }));
    if (states.some(({ state }) => state === "BucketOwnerEnforced")) {
      return;
    }
    const open = states.find(({ state }) => state === notKnownYet);
    if (open !== undefined) {
      notChecked(open.resource, "rule");
      return;
    }
    violation(
      bucket,
      `${bucket.label} does not say that it owns its objects. ` +
        "Give it a BucketOwnershipControls whose `objectOwnership` is BucketOwnerEnforced.",
    );
  },
);

function ownershipIn(rule: unknown): unknown {
  return rule === notKnownYet ? rule : member(rule, "objectOwnership");
}
