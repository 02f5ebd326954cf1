import { configurationsOf, landingBucketRule } from "./landingBuckets";
import type { PropertyOf, ResourceType } from "./resourceTypes";
import { elements, member, notKnownYet, type SeenResource } from "./seenResource";

const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

/** A partner's overwritten or deleted file can be brought back only where versions are kept. */
export const bucketKeepsVersions = landingBucketRule(
  {
    name: "landing-bucket-keeps-versions",
    description: "Every landing bucket keeps the versions of overwritten and deleted files.",
    level: "mandatory",
  },
  (bucket, stack, { violation, notChecked }) => {
    const all = [
      ...configurationsOf(bucket, versioningTypes, stack).map((versioning) =>
        statesIn(versioning, "versioningConfiguration", "status"),
      ),
      statesIn(bucket, "versioning", "enabled"),
      statesIn(bucket, "versionings", "enabled"),
    ];
    if (all.some(({ states }) => states.includes("Enabled") || states.includes(true))) {
      return;
    }
    const open = all.find(({ states }) => states.includes(notKnownYet));
    if (open !== undefined) {
      notChecked(open.resource, open.property);
      return;
    }
    violation(
      bucket,
      `${bucket.label} does not keep versions: an overwritten file is lost. ` +
        "Give it a BucketVersioning whose status is Enabled.",
    );
  },
);

function statesIn<Type extends ResourceType>(resource: SeenResource<Type>, property: PropertyOf<Type>, key: string) {
  const values = elements(resource.get(property));
  return { resource, property, states: values.map((value) => (value === notKnownYet ? value : member(value, key))) };
}
