import { bucketArn } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy";
import { checkBucketPolicy } from "./isolation/bucketPolicy";
import type { Claim, Document, Finding, UserClaim } from "./isolation/claim";
import { checkRole, checkSession, openedAt, type ProofContext } from "./isolation/context";
import { evaluating, readPolicy } from "./isolation/findings";
import { checkKeyPolicy } from "./isolation/keyPolicy";
import { checkMappings } from "./isolation/mappings";
import { flawOf, overlapsOf, ownedPrefixes, type Overlap, type OwnedPrefix } from "./isolation/ownership";
import { shapeProver } from "./isolation/shapes";
import { checkTrust } from "./isolation/trust";

export type { Area, Claim, Document, RoleClaim, UserClaim, Finding } from "./isolation/claim";

/**
 * Proves that no tenant reaches anything but what the file grants it, or says what stands against it; an empty list is the
 * proof. It looks at the documents themselves, wherever they come from, by reasoning about their patterns:
 *
 * - the prefixes of different owners hold nothing of each other, a shared prefix being one owner;
 * - every Allow of a session policy lies within the user's granted prefixes, with no more than the granted actions, and
 *   lists only where `s3:prefix` is such a folder;
 * - every Allow of a role lies within the tenants' and the spaces' part of the landing bucket;
 * - logical mappings lead to granted prefixes;
 * - roles trust Transfer alone, for users of this account;
 * - the bucket's own policy allows nothing;
 * - of keys, roles and sessions use the files' own alone, and its policy lets nobody else in.
 *
 * It takes O(n log n) for n grants, since a document's size is bounded by AWS. What AWS itself adds (organization policies,
 * permissions boundaries, ACLs, access points) is outside it.
 */
export function proveIsolation(claim: Claim): Finding[] {
  const proof = proofContextOf(claim);
  return [
    ...claim.users.flatMap(flawedGrants),
    ...overlapsOf(proof.owned).map((overlap) => findingOfOverlap(overlap, proof)),
    ...claim.users.flatMap((user) => checkDocuments(user, proof)),
    ...claim.users.flatMap((user) => checkMappings(user, proof)),
    ...claim.roles.flatMap((role) => [...checkRole(role, proof), ...checkTrust(role, claim)]),
    ...checkBucketPolicy(proof),
    ...(claim.keyPolicy === undefined ? [] : checkKeyPolicy(claim.keyPolicy, claim)),
  ];
}

/** A finding in one sentence, with the request that shows it. */
export function findingText({ tenant, role, statement, message, counterexample }: Finding): string {
  const subject = tenant === undefined ? (role ?? "landing bucket") : `tenant "${tenant}"`;
  const listed = counterexample?.context["s3:prefix"];
  const listing = typeof listed === "string" ? ` with prefix "${listed}"` : "";
  const example = counterexample && `; for example ${counterexample.action} on ${counterexample.resource}${listing}`;
  return `${subject}: ${message} (statement ${statement})${example ?? ""}`;
}

function proofContextOf(claim: Claim): ProofContext {
  const bucketResource = bucketArn(claim.scope.partition, claim.bucket);
  const readable = (policy: Document): PolicyDocument[] =>
    evaluating(
      () => [readPolicy(policy, "identity")],
      () => [],
    );
  return {
    claim,
    bucketResource,
    owned: ownedPrefixes(claim.users),
    isProvenByShape: shapeProver(bucketResource, claim),
    rolePolicies: new Map(claim.roles.map(({ arn, policies }) => [arn, policies.flatMap(readable)])),
  };
}

function flawedGrants({ tenant, grants }: UserClaim): Finding[] {
  return grants.flatMap((area) => {
    const flaw = flawOf(area);
    return flaw === undefined
      ? []
      : [{ tenant, statement: "grants", message: `the granted prefix "${area.prefix}" ${flaw}` }];
  });
}

/** One of the two holders can reach into the other's prefix, although each document keeps to its grants. */
function findingOfOverlap({ outer, inner }: Overlap, proof: ProofContext): Finding {
  const called = ({ tenant, prefix }: OwnedPrefix) =>
    tenant === undefined ? `the shared prefix "${prefix}"` : `"${prefix}" of tenant "${tenant}"`;
  const place = { bucketResource: proof.bucketResource, prefix: inner.prefix };
  return {
    tenant: outer.holder.tenant,
    statement: "grants",
    message: `${called(outer)} holds ${called(inner)}`,
    counterexample: openedAt(place, outer.holder, proof, () => false),
  };
}

function checkDocuments(user: UserClaim, proof: ProofContext): Finding[] {
  const { tenant, roleArn } = user;
  const findings = checkSession(user, proof);
  return proof.rolePolicies.has(roleArn)
    ? findings
    : [
        { tenant, statement: "role", message: `takes on ${roleArn}, which is not one of the roles to be proven` },
        ...findings,
      ];
}
