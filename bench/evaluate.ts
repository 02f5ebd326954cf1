import { policyDocument } from "../iam/policy";
import { measured, type Outcome } from "./measurement";
import { compilePolicies, decide, type AccessRequest } from "../iam/evaluate";

/** Fewer decisions a second than this on one core would slow the local gateway's listings down. */
export const floorPerSecond = 200_000;

const bucket = "arn:aws:s3:::landing";
const objectActions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];

/** A role as wide as the tenants' part of the bucket and a session policy that narrows it to one tenant. */
const policies = compilePolicies({
  identity: [
    policyDocument(
      { Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket },
      {
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: bucket,
        Condition: { StringLike: { "s3:prefix": ["tenants/*", "shared/*"] } },
      },
      { Effect: "Allow", Action: objectActions, Resource: [`${bucket}/tenants/*`, `${bucket}/shared/*`] },
    ),
  ],
  session: policyDocument(
    { Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucket },
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: {
        StringLike: { "s3:prefix": ["tenants/acme/", "tenants/acme/*", "shared/prices/", "shared/prices/*"] },
      },
    },
    { Effect: "Allow", Action: objectActions, Resource: `${bucket}/tenants/acme/*` },
    { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/shared/prices/*` },
  ),
});

const principal: AccessRequest["principal"] = {
  kind: "role-session",
  account: "123456789012",
  roleArn: "arn:aws:iam::123456789012:role/access",
  sessionName: "acme",
};

/** The requests of a client's session: reads, writes, listings, and the same on another tenant's files. */
const requests: AccessRequest[] = ["acme", "acme-corp"].flatMap((tenant) => [
  { principal, action: "s3:GetObject", resource: `${bucket}/tenants/${tenant}/orders/1.csv`, context: {} },
  { principal, action: "s3:PutObject", resource: `${bucket}/tenants/${tenant}/orders/2.csv`, context: {} },
  { principal, action: "s3:GetObject", resource: `${bucket}/shared/prices/2026.csv`, context: {} },
  { principal, action: "s3:ListBucket", resource: bucket, context: { "s3:prefix": `tenants/${tenant}/orders/` } },
]);

/** Decisions a second on a two-document request, measured for about as long as asked after a warm-up. */
export function decisionsPerSecond(milliseconds = 1000): number {
  run(20_000);
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1_000_000n;
  let decisions = 0;
  while (process.hrtime.bigint() < end) {
    decisions += run(4_000);
  }
  return Math.round(decisions / (Number(process.hrtime.bigint() - start) / 1e9));
}

function run(count: number): number {
  let allowed = 0;
  for (let index = 0; index < count; index++) {
    const request = requests[index % requests.length];
    if (request !== undefined && decide(policies, request).allowed) {
      allowed++;
    }
  }
  const expected = (count / requests.length) * 5;
  if (allowed !== expected) {
    throw new Error(
      `${allowed} of ${count} requests were allowed, not ${expected}: the benchmark measures another case.`,
    );
  }
  return count;
}

/** Time of one decision against the time that 200,000 a second would leave it. */
export function benchEvaluate(): Promise<Outcome[]> {
  const value = 1e6 / decisionsPerSecond();
  const name = "a decision on a request with a role and a session policy";
  return Promise.resolve([measured(name, "µs", value, 1e6 / floorPerSecond, 1)]);
}
