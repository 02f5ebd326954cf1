import { configurationsOf, landingBucketRule } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import { elements, member, notKnownYet, type SeenResource } from "./seenResource";

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

/** What a bucket itself may say: as version 7 of the provider has it, and as version 6 does. */
const inlineProperties = ["serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations"] as const;

/** Source: S3 API reference, ServerSideEncryptionByDefault. */
const algorithms = ["AES256", "aws:kms", "aws:kms:dsse"];

/** S3 encrypts by default; saying how makes the choice of the key visible, and lets a pack demand one. */
export const bucketIsEncrypted = landingBucketRule(
  {
    name: "landing-bucket-is-encrypted",
    description: "Every landing bucket says how its files are encrypted at rest.",
    level: "mandatory",
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
  },
  (bucket, stack, { config, violation, notChecked }) => {
    const accepted: readonly unknown[] = Array.isArray(config["algorithms"]) ? config["algorithms"] : algorithms;
    const separate = configurationsOf(bucket, encryptionTypes, stack).map((resource) => ({
      resource,
      property: "rules" as const,
      used: elements(resource.get("rules")).flatMap(algorithmsOf),
    }));
    const inline = inlineProperties.map((property) => ({
      resource: bucket,
      property,
      used: inlineAlgorithms(bucket, property),
    }));
    const all = [...separate, ...inline];
    if (all.some(({ used }) => used.length > 0 && used.every((algorithm) => accepted.includes(algorithm)))) {
      return;
    }
    const open = all.find(({ used }) => used.includes(notKnownYet));
    if (open !== undefined) {
      notChecked(open.resource, open.property);
      return;
    }
    violation(
      bucket,
      `${bucket.label} does not say that its files are encrypted with ${accepted.join(" or ")}. ` +
        "Give it a BucketServerSideEncryptionConfiguration with that `sseAlgorithm`.",
    );
  },
);

function inlineAlgorithms(bucket: SeenResource<BucketType>, property: (typeof inlineProperties)[number]): unknown[] {
  return elements(bucket.get(property)).flatMap((configuration) =>
    configuration === notKnownYet
      ? [notKnownYet]
      : elements(member(configuration, "rule") ?? member(configuration, "rules")).flatMap(algorithmsOf),
  );
}

/** Version 6 of the provider makes lists of what version 7 has once. */
function algorithmsOf(rule: unknown): unknown[] {
  if (rule === notKnownYet) {
    return [notKnownYet];
  }
  const defaults =
    member(rule, "applyServerSideEncryptionByDefault") ?? member(rule, "applyServerSideEncryptionByDefaults");
  return elements(defaults).map((value) => (value === notKnownYet ? value : member(value, "sseAlgorithm")));
}
