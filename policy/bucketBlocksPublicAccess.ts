import { isInSameAccount } from "./account";
import { configurationsOf, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { holdsInAll, holdsInAny, saidInAll } from "./seenResource";

const blockTypes = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;
/** Of a whole account, hence of every bucket in it. */
const accountBlockTypes = ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"] as const;

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/**
 * Partners' files are never anybody's to read. Of bucket and account, S3 follows whichever blocks more.
 * Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export const bucketBlocksPublicAccess: Rule<BucketType> = {
  name: "landing-bucket-blocks-public-access",
  description: "Every landing bucket blocks public access in all four ways.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const own = configurationsOf(bucket, blockTypes, stack);
    const accounts = stack.ofType(accountBlockTypes);
    const isOn = (name: (typeof switches)[number]) =>
      holdsInAny(
        [
          () =>
            saidInAll(
              own.map((block) => block.at(name)),
              [true],
            ),
          ...accounts.map(
            (block) => () => saidInAll([block.at(name)], [true]) && isInSameAccount(block, bucket, stack),
          ),
        ],
        (holds) => holds(),
      );
    if (!holdsInAll(switches, isOn)) {
      yield (
        `${bucket.label} does not block public access. Give it a BucketPublicAccessBlock with ` +
        "`blockPublicAcls`, `blockPublicPolicy`, `ignorePublicAcls` and `restrictPublicBuckets` all true."
      );
    }
  },
};
