import { configurationsOf, effective, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { elements, saidInAll } from "./seenResource";

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

const byDefault = ["applyServerSideEncryptionByDefault", "sseAlgorithm"];

/** Source: S3 API reference, ServerSideEncryptionByDefault. */
const algorithms = ["AES256", "aws:kms", "aws:kms:dsse"];

/** S3 encrypts by default; saying how makes the choice of the key visible, and lets a pack demand one. */
export const bucketIsEncrypted: Rule<BucketType> = {
  name: "landing-bucket-is-encrypted",
  description: "Every landing bucket says how its files are encrypted at rest.",
  configSchema: {
    properties: {
      algorithms: {
        type: "array",
        items: { type: "string", enum: algorithms },
        default: algorithms,
        description: "The algorithms that will do.",
      },
    },
  },
  subjects: landingBuckets,
  *check(bucket, { stack, config }) {
    const accepted = elements(config["algorithms"]);
    const separate = configurationsOf(bucket, encryptionTypes, stack).map((each) => each.at("rules", ...byDefault));
    const places = effective(separate, [
      // As version 7 of the provider has it, and with the lists of version 6.
      bucket.at("serverSideEncryptionConfiguration", "rule", ...byDefault),
      bucket.at("serverSideEncryptionConfigurations", "rules", "applyServerSideEncryptionByDefaults", "sseAlgorithm"),
    ]);
    if (!saidInAll(places, accepted)) {
      yield (
        `${bucket.label} does not say that its files are encrypted with ${accepted.join(" or ")}. ` +
        "Give it a BucketServerSideEncryptionConfiguration with that `sseAlgorithm`."
      );
    }
  },
};
