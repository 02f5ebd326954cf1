import { configurationsOf, landingBucketRule } from "./landingBuckets";
import { notKnownYet } from "./seenResource";

const blockTypes = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;
/** Of the whole account, hence of every bucket in it. */
const accountBlockTypes = ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"] as const;

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Partners' files are never anybody's to read. */
export const bucketBlocksPublicAccess = landingBucketRule(
  {
    name: "landing-bucket-blocks-public-access",
    description: "Every landing bucket blocks public access in all four ways.",
    level: "mandatory",
  },
  (bucket, stack, { violation, notChecked }) => {
    const blocks = [...configurationsOf(bucket, blockTypes, stack), ...stack.ofType(accountBlockTypes)];
    if (blocks.some((block) => switches.every((name) => block.get(name) === true))) {
      return;
    }
    const open = blocks.find((block) => switches.every((name) => isTrueOrOpen(block.get(name))));
    const property = switches.find((name) => open?.get(name) === notKnownYet);
    if (open !== undefined && property !== undefined) {
      notChecked(open, property);
      return;
    }
    violation(
      bucket,
      `${bucket.label} does not block public access. Give it a BucketPublicAccessBlock with ` +
        "`blockPublicAcls`, `blockPublicPolicy`, `ignorePublicAcls` and `restrictPublicBuckets` all true.",
    );
  },
);

function isTrueOrOpen(value: unknown): boolean {
  return value === true || value === notKnownYet;
}
