import type { PolicyDocument } from "../iam/policy";
import { judgeBucketPolicy } from "./isolation/bucketPolicy";
import type { Claim, UserClaim, Violation } from "./isolation/claim";
import { counterexampleOf } from "./isolation/counterexample";
import {
  judgeRole,
  judgeSession,
  found,
  landingResource,
  readDocument,
  userSearch,
  type Court,
} from "./isolation/judge";
import { judgeMappings } from "./isolation/mappings";
import { flawOf, overlapsOf, ownedPrefixes, type Overlap, type OwnedPrefix } from "./isolation/ownership";
import { shapeProver } from "./isolation/shapes";
import { judgeTrust } from "./isolation/trust";

export type { Area, Claim, Document, RoleClaim, UserClaim, Violation } from "./isolation/claim";

/**
 * Proves that no tenant reaches anything but what the file grants it, or says what stands against it; an empty list is the
 * proof. It judges the documents themselves, wherever they come from, by reasoning about their patterns:
 *
 * - the prefixes of different owners hold nothing of each other, a shared prefix being one owner;
 * - every Allow of a session policy lies within the user's granted prefixes, with no more than the granted actions, and
 *   lists only where `s3:prefix` is such a folder;
 * - every Allow of a role lies within the tenants' and the spaces' part of the landing bucket;
 * - logical mappings lead to granted prefixes;
 * - roles trust Transfer alone, for users of this account;
 * - the bucket's own policy allows nothing.
 *
 * It takes O(n log n) for n grants, since a document's size is bounded by AWS. What AWS itself adds (organization policies,
 * permissions boundaries, ACLs, access points) is outside it.
 */
export function proveIsolation(claim: Claim): Violation[] {
  const court = courtOf(claim);
  return [
    ...claim.users.flatMap(flawedGrants),
    ...overlapsOf(court.owned).map((overlap) => judgeOverlap(overlap, court)),
    ...claim.users.flatMap((user) => [...judgeRoleOf(user, court), ...judgeSession(user, court)]),
    ...claim.users.flatMap((user) => judgeMappings(user, court)),
    ...claim.roles.flatMap((role) => [...judgeRole(role, court), ...judgeTrust(role, claim.scope)]),
    ...judgeBucketPolicy(court),
  ];
}

/** A violation in one sentence, with the request that shows it. */
export function violationText({ tenant, role, statement, message, counterexample }: Violation): string {
  const accused = tenant === undefined ? (role ?? "landing bucket") : `tenant "${tenant}"`;
  const listed = counterexample?.context["s3:prefix"];
  const listing = typeof listed === "string" ? ` with prefix "${listed}"` : "";
  const example = counterexample && `; for example ${counterexample.action} on ${counterexample.resource}${listing}`;
  return `${accused}: ${message} (statement ${statement})${example ?? ""}`;
}

function courtOf(claim: Claim): Court {
  const rolePolicies = new Map<string, PolicyDocument[]>();
  for (const { arn, policies } of claim.roles) {
    const readings = policies.map((policy) => readDocument(policy, { role: arn }, "identity"));
    rolePolicies.set(
      arn,
      readings.flatMap((reading) => ("document" in reading ? [reading.document] : [])),
    );
  }
  const bucketResource = landingResource(claim);
  return {
    claim,
    bucketResource,
    owned: ownedPrefixes(claim.users),
    isProvenByShape: shapeProver(bucketResource),
    rolePolicies,
  };
}

function flawedGrants({ tenant, grants }: UserClaim): Violation[] {
  return grants.flatMap((area) => {
    const flaw = flawOf(area);
    return flaw === undefined
      ? []
      : [{ tenant, statement: "grants", message: `the granted prefix "${area.prefix}" ${flaw}` }];
  });
}

/** One of the two holders can reach into the other's prefix, although each document keeps to its grants. */
function judgeOverlap({ outer, inner }: Overlap, court: Court): Violation {
  const called = ({ tenant, prefix }: OwnedPrefix) =>
    tenant === undefined ? `the shared prefix "${prefix}"` : `"${prefix}" of tenant "${tenant}"`;
  const user = outer.holder;
  const reading = user.session === undefined ? undefined : readDocument(user.session, {}, "session");
  const counterexample =
    reading === undefined || "document" in reading
      ? counterexampleOf(
          { identity: court.rolePolicies.get(user.roleArn) ?? [], session: reading?.document },
          {
            ...userSearch(user, undefined, court),
            prefixesNear: () => [inner.prefix],
            ownPrefixes: [inner.prefix],
            isRight: ({ resource, context }) =>
              !resource.startsWith(`${court.bucketResource}/${inner.prefix}`) && context["s3:prefix"] !== inner.prefix,
          },
        )
      : undefined;
  return {
    tenant: user.tenant,
    statement: "grants",
    message: `${called(outer)} holds ${called(inner)}`,
    ...found(counterexample),
  };
}

function judgeRoleOf({ tenant, roleArn }: UserClaim, { rolePolicies }: Court): Violation[] {
  return rolePolicies.has(roleArn)
    ? []
    : [{ tenant, statement: "role", message: `takes on ${roleArn}, which is not one of the roles to be proven` }];
}
