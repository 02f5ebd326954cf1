import { configurationsOf, landingBucketRule } from "./landingBuckets";
import { elements, member, notKnownYet, type SeenResource } from "./seenResource";

const versioningTypes = ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"];

/** A partner's overwritten or deleted file can be brought back only where versions are kept. */
export const bucketKeepsVersions = landingBucketRule(
  {
    name: "landing-bucket-keeps-versions",
    description: "Every landing bucket keeps the versions of overwritten and deleted files.",
    level: "mandatory",
  },
  (bucket, stack, { violation, notChecked }) => {
    const configurations = configurationsOf(bucket, versioningTypes, stack).map((resource) => ({
      resource,
      property: "versioningConfiguration",
      states: statesOf(resource, "versioningConfiguration", "status"),
    }));
    const inline = ["versioning", "versionings"].map((property) => ({
      resource: bucket,
      property,
      states: statesOf(bucket, property, "enabled"),
    }));
    const all = [...configurations, ...inline];
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

function statesOf(resource: SeenResource, property: string, key: string): unknown[] {
  return elements(resource.get(property)).map((value) => (value === notKnownYet ? value : member(value, key)));
}
