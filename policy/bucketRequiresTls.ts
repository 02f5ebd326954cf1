import { literalStart } from "../access/isolation/confinement";
import { asciiLowerCase } from "../iam/asciiCase";
import { compilePolicies, decide, unlessUnsupported, type AccessRequest } from "../iam/evaluate";
import { listOf, type PolicyDocument, type Statement } from "../iam/policy";
import { readStatements } from "./document";
import { configurationsOf, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { holdsInAny, type Place, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";

const bucketPolicyTypes = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** S3 answers on plain HTTP unless the bucket's policy refuses. */
export const bucketRequiresTls: Rule<BucketType> = {
  name: "landing-bucket-requires-tls",
  description: "The policy of every landing bucket denies everything to whoever comes without TLS.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const isOpen = holdsInAny(bucketPoliciesOf(bucket, stack), (place) => {
      const document = readStatements(place);
      return typeof document !== "object" || !deniesPlainHttp(document, bucket.at("bucket").known());
    });
    if (isOpen) {
      yield (
        `${bucket.label} lets clients in without TLS. Give it a bucket policy that denies s3:* to every principal on the ` +
        "bucket and its objects where aws:SecureTransport is false."
      );
    }
  },
};

/** A resource of its own is written after the bucket; of several, any may be the last one. */
function bucketPoliciesOf(bucket: SeenResource<BucketType>, stack: Stack): Place[] {
  const configurations = configurationsOf(bucket, bucketPolicyTypes, stack);
  return configurations.length === 0 ? [bucket.at("policy")] : configurations.map((each) => each.at("policy"));
}

/**
 * Asked the way AWS would be: whatever form the policy has, a request without TLS must meet an explicit deny, whoever makes it
 * and whatever else is known of it.
 */
function deniesPlainHttp(document: PolicyDocument, bucketName: unknown): boolean {
  if (typeof bucketName !== "string") {
    return false;
  }
  const bucket = bucketResourceIn(document, bucketName);
  // A Deny that holds something unknown is left out, as if it denied nothing.
  const denies = document.Statement.filter((statement) => statement.Effect === "Deny" && !leavesOut(statement, bucket));
  const compiled = denies.flatMap((statement) => {
    const resource = { ...document, Statement: [statement] };
    return unlessUnsupported(() => compilePolicies({ identity: [], resource })) ?? [];
  });
  return plainHttpRequests(bucket).every((request) =>
    compiled.some((policies) => decide(policies, request).reason === "explicit-deny"),
  );
}

/** S3 refuses a bucket policy that speaks of another partition, so the document says which one it is. */
function bucketResourceIn(document: PolicyDocument, bucket: string): string {
  const [, partition = "aws"] = /"arn:([a-z-]+):s3:::/.exec(JSON.stringify(document)) ?? [];
  return `arn:${partition}:s3:::${bucket}`;
}

/** Whether what a statement does not speak of may be an action of S3, or the bucket or something in it. */
function leavesOut({ NotAction, NotResource }: Statement, bucket: string): boolean {
  const mayMeet = (pattern: string, start: string) => {
    const literal = literalStart(pattern);
    return literal.startsWith(start) || start.startsWith(literal);
  };
  return (
    listOf(NotAction).some((pattern) => mayMeet(asciiLowerCase(pattern), "s3:")) ||
    listOf(NotResource).some((pattern) => mayMeet(pattern, `${bucket}/`))
  );
}

/** A character that no document can hold, since those end at U+00FF: only wildcards match it. */
const anyCharacter = "\uE000";

/** Two names that only a pattern for all names matches: neither one for a length nor one for a folder does. */
const anyNames = [anyCharacter, `${anyCharacter}/`.repeat(40) + anyCharacter];

/** Anybody doing anything with the bucket or an object in it. */
function plainHttpRequests(bucket: string): AccessRequest[] {
  const resources = [bucket, ...anyNames.map((key) => `${bucket}/${key}`)];
  return anyNames.flatMap((name) =>
    resources.map((resource): AccessRequest => ({
      principal: { kind: "anybody" },
      action: `s3:${name}`,
      resource,
      context: { "aws:SecureTransport": "false" },
    })),
  );
}
