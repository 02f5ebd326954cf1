import type { Mutation } from "./mutation";
import { bucketResource, roleArnOf } from "../claims";
import { withStatement } from "./edit";

const allowing = (Principal: unknown): Mutation["mutate"] => {
  const statement = { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `${bucketResource}/*` };
  return (claim) => ({ ...claim, bucketPolicy: withStatement(claim.bucketPolicy, statement) });
};

/** Bucket policies that let somebody in. */
export const bucketPolicyMutations: readonly Mutation[] = [
  { name: "everybody", opens: true, mutate: allowing("*") },
  {
    name: "a session let past its session policy",
    opens: true,
    mutate: allowing({
      AWS: "arn:aws:sts::123456789012:assumed-role/access-read-write/acme.0123456789abcdef@s-01234567890abcdef",
    }),
  },
  { name: "a role", opens: true, mutate: allowing({ AWS: roleArnOf("read-only") }) },
  {
    name: "a service",
    opens: true,
    mutate: allowing({ Service: "logging.s3.amazonaws.com" }),
  },
  {
    name: "a Deny without TLS, turned into an Allow",
    opens: true,
    mutate: (claim) => ({
      ...claim,
      bucketPolicy: JSON.stringify(claim.bucketPolicy).replace('"Deny"', '"Allow"').replace('"false"', '"true"'),
    }),
  },
];
