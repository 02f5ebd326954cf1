import { partitionOf } from "../iam/arn";
import { quoted } from "../tenancy/quote";
import { encryptions } from "../tenancy/encryption";
import type { Setting } from "./setting";

/** A key by its ARN; an alias may lead to another key tomorrow. Source: IAM Service Authorization Reference, AWS KMS. */
const keyArn =
  /^arn:(aws[a-z-]*):kms:([a-z0-9-]+):\d{12}:key\/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** What data lies under. */
export const encryptionOfData = {
  encryption: {
    type: "text",
    default: "s3",
    description:
      "What files, messages, tables and logs are encrypted with: s3 (keys that AWS keeps to itself), or kms (a KMS key, about 1 " +
      "USD a month and requests). A change holds for what is written after it",
    fault: (value) => (encryptions.some((each) => each === value) ? undefined : "it is s3 or kms"),
  },
  kmsKeyArn: {
    type: "text",
    default: "",
    description:
      "ARN of a KMS key that there is. With kms it stands in for one that is made and protected; with s3 it is the key that files of " +
      "an earlier time are still read with. Empty means none",
    fault: (value) =>
      value === "" || keyArn.test(value)
        ? undefined
        : "it is the ARN of a key, as arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
} as const satisfies Readonly<Record<string, Setting<"text">>>;

/** Why a key cannot serve a gateway in a region; undefined: it can, or there is none. */
export function faultOfKeyIn(key: string, region: string): string | undefined {
  const [, partition = partitionOf(region), ofKey = region] = keyArn.exec(key) ?? [];
  if (partition !== partitionOf(region)) {
    return `a key of another partition encrypts nothing here; here ARNs begin with arn:${partitionOf(region)}:`;
  }
  return ofKey === region
    ? undefined
    : `S3, SNS and SQS take a key of their own region alone; give one of ${quoted(region)}, or leave it out and one is made`;
}
