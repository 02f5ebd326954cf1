import { compilePolicies, decide, UnsupportedPolicyError, type AccessRequest } from "../iam/evaluate";
import type { PolicyDocument } from "../iam/policy";
import { readStatements, type DocumentReading } from "./document";
import { configurationsOf, landingBucketRule } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import { notKnownYet, type SeenResource } from "./seenResource";

const bucketPolicyTypes = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** S3 answers on plain HTTP unless the bucket's policy refuses. */
export const bucketRequiresTls = landingBucketRule(
  {
    name: "landing-bucket-requires-tls",
    description: "The policy of every landing bucket denies everything to whoever comes without TLS.",
    level: "mandatory",
  },
  (bucket, stack, { violation, notChecked }) => {
    const places = [bucket, ...configurationsOf(bucket, bucketPolicyTypes, stack)];
    const readings = places.map((resource) => ({ resource, reading: readStatements(resource.get("policy")) }));
    if (readings.some(({ reading }) => deniesPlainHttp(reading, bucket))) {
      return;
    }
    const open = readings.find(({ reading }) => reading.kind === "not-known-yet");
    if (open !== undefined) {
      notChecked(open.resource, "policy");
    } else if (bucket.get("bucket") === notKnownYet && readings.some(({ reading }) => reading.kind === "document")) {
      notChecked(bucket, "bucket");
    } else {
      violation(
        bucket,
        `${bucket.label} lets clients in without TLS. Give it a bucket policy that denies s3:* to every principal on the ` +
          "bucket and its objects where aws:SecureTransport is false.",
      );
    }
  },
);

/** Asked the way AWS would be: whatever form the policy has, plain HTTP must meet an explicit deny. */
function deniesPlainHttp(reading: DocumentReading, bucket: SeenResource<BucketType>): boolean {
  const name = bucket.get("bucket");
  if (reading.kind !== "document" || typeof name !== "string") {
    return false;
  }
  const denies = reading.document.Statement.filter(({ Effect }) => Effect === "Deny").map((statement) => ({
    ...reading.document,
    Statement: [statement],
  }));
  const readable = denies.flatMap((document) => compiled(document));
  return plainHttpRequests(bucketResourceIn(reading.document, name)).every((request) =>
    readable.some((policies) => decide(policies, request).reason === "explicit-deny"),
  );
}

/** A Deny that holds something unknown is left out, as if it denied nothing. */
function compiled(document: PolicyDocument) {
  try {
    return [compilePolicies({ identity: [], resource: document })];
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return [];
    }
    throw error;
  }
}

/** S3 refuses a bucket policy that speaks of another partition, so the document says which one it is. */
function bucketResourceIn(document: PolicyDocument, bucket: string): string {
  const [, partition = "aws"] = /"arn:([a-z-]+):s3:::/.exec(JSON.stringify(document)) ?? [];
  return `arn:${partition}:s3:::${bucket}`;
}

function plainHttpRequests(bucketResource: string): AccessRequest[] {
  const account = "123456789012";
  const roleArn = `arn:aws:iam::${account}:role/role`;
  const role = { kind: "role-session", account, roleArn, sessionName: "session" } as const;
  const context = { "aws:SecureTransport": "false" };
  return [role, { kind: "anonymous" } as const].flatMap((principal) => [
    ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) => ({
      principal,
      action,
      resource: `${bucketResource}/folder/file.txt`,
      context,
    })),
    { principal, action: "s3:ListBucket", resource: bucketResource, context: { ...context, "s3:prefix": "" } },
  ]);
}
