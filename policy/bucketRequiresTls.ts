import { compilePolicies, decide, unlessUnsupported, type AccessRequest } from "../iam/evaluate";
import type { PolicyDocument } from "../iam/policy";
import { readStatements } from "./document";
import { configurationsOf, landingBuckets } from "./landingBuckets";
import type { BucketType } from "./resourceTypes";
import type { Rule } from "./rule";
import { holdsInAny } from "./seenResource";

const bucketPolicyTypes = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** S3 answers on plain HTTP unless the bucket's policy refuses. */
export const bucketRequiresTls: Rule<BucketType> = {
  name: "landing-bucket-requires-tls",
  description: "The policy of every landing bucket denies everything to whoever comes without TLS.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const places = [bucket, ...configurationsOf(bucket, bucketPolicyTypes, stack)].map((each) => each.at("policy"));
    const isSafe = holdsInAny(places, (place) => {
      const document = readStatements(place);
      return typeof document === "object" && deniesPlainHttp(document, bucket.at("bucket").known());
    });
    if (!isSafe) {
      yield (
        `${bucket.label} lets clients in without TLS. Give it a bucket policy that denies s3:* to every principal on the ` +
        "bucket and its objects where aws:SecureTransport is false."
      );
    }
  },
};

/** Asked the way AWS would be: whatever form the policy has, plain HTTP must meet an explicit deny. */
function deniesPlainHttp(document: PolicyDocument, bucket: unknown): boolean {
  // A Deny that holds something unknown is left out, as if it denied nothing.
  const denies = document.Statement.filter(({ Effect }) => Effect === "Deny").flatMap((statement) => {
    const resource = { ...document, Statement: [statement] };
    return unlessUnsupported(() => compilePolicies({ identity: [], resource })) ?? [];
  });
  return (
    typeof bucket === "string" &&
    plainHttpRequests(bucketResourceIn(document, bucket)).every((request) =>
      denies.some((policies) => decide(policies, request).reason === "explicit-deny"),
    )
  );
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
