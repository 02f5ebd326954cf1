import { accessRolePolicy, sessionPolicy } from "../access/documents";
import { spacePrefix, tenantPrefix } from "../access/grant";
import { compilePolicies, decide, type AccessRequest } from "../iam/evaluate";
import { measured, type Outcome } from "./measurement";

/** Fewer decisions a second than this on one core would slow the local gateway's listings down. */
const floorPerSecond = 200_000;

const landing = { partition: "aws", bucket: "landing" };
const bucket = "arn:aws:s3:::landing";
const space = spacePrefix("prices");

/** A role as wide as the tenants' part of the bucket and a session policy that narrows it to one tenant and its space. */
const policies = compilePolicies({
  identity: [accessRolePolicy(landing, "read-write")],
  session: sessionPolicy(landing, [
    { entry: "/home", prefix: tenantPrefix("acme"), access: "read-write", shared: false },
    { entry: "/prices", prefix: space, access: "read-only", shared: true },
  ]),
});

const principal: AccessRequest["principal"] = {
  kind: "role-session",
  account: "123456789012",
  roleArn: "arn:aws:iam::123456789012:role/access",
  sessionName: "acme",
};

/** The requests of a client's session: reads, writes, listings, and the same on another tenant's files. */
const requests: AccessRequest[] = ["acme", "acme-corp"].map(tenantPrefix).flatMap((prefix) => [
  { principal, action: "s3:GetObject", resource: `${bucket}/${prefix}orders/1.csv`, context: {} },
  { principal, action: "s3:PutObject", resource: `${bucket}/${prefix}orders/2.csv`, context: {} },
  { principal, action: "s3:GetObject", resource: `${bucket}/${space}2026.csv`, context: {} },
  { principal, action: "s3:ListBucket", resource: bucket, context: { "s3:prefix": `${prefix}orders/` } },
]);

/** Of all requests together, those on acme's own files and on the space. */
const allowedRequests = 5;

/** Time of one decision, measured for about a second after a warm-up, against the time that 200,000 a second leave it. */
export function benchEvaluate(): Promise<Outcome[]> {
  decideAll(2_500);
  const start = performance.now();
  let decisions = 0;
  while (performance.now() < start + 1000) {
    decisions += decideAll(500);
  }
  const microseconds = ((performance.now() - start) * 1000) / decisions;
  const name = "a decision on a request with a role and a session policy";
  return Promise.resolve([measured(name, "µs", microseconds, 1e6 / floorPerSecond, 1)]);
}

/** @returns How many decisions it were. @throws Error when another case is measured than is meant. */
function decideAll(times: number): number {
  let allowed = 0;
  for (let time = 0; time < times; time++) {
    allowed += requests.filter((request) => decide(policies, request).allowed).length;
  }
  if (allowed !== times * allowedRequests) {
    throw new Error(`${allowed} requests were allowed, not ${times * allowedRequests}`);
  }
  return times * requests.length;
}
