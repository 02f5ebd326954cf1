import { configurationsOf, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { holdsInAny, notKnownYet } from "./seenResource";

const blockTypes = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;
/** Of the whole account, hence of every bucket in it. */
const accountBlockTypes = ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"] as const;

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Partners' files are never anybody's to read. */
export const bucketBlocksPublicAccess: Rule<BucketType> = {
  name: "landing-bucket-blocks-public-access",
  description: "Every landing bucket blocks public access in all four ways.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const blocks = [...configurationsOf(bucket, blockTypes, stack), ...stack.ofType(accountBlockTypes)]
      .map((block) => switches.map((name) => block.at(name)))
      .filter((states) => states.every(({ value }) => value === true || value === notKnownYet));
    if (!holdsInAny(blocks, (states) => states.every((state) => state.known() === true))) {
      yield (
        `${bucket.label} does not block public access. Give it a BucketPublicAccessBlock with ` +
        "`blockPublicAcls`, `blockPublicPolicy`, `ignorePublicAcls` and `restrictPublicBuckets` all true."
      );
    }
  },
};
