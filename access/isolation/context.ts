import type { AccessRequest, PolicySet } from "../../iam/evaluate";
import type { PolicyDocument, Statement } from "../../iam/policy";
import { rootPrefixes } from "../grant";
import { sessionContext } from "../sessionContext";
import type { Area, Claim, Finding, RoleClaim, UserClaim } from "./claim";
import { isGranted } from "./confinement";
import { counterexampleOf, type Search } from "./counterexample";
import { findingsIn, readPolicy } from "./findings";
import { overreachBeyond } from "./keys";
import { neighboursOf, type OwnedPrefix } from "./ownership";
import { unansweredInSession } from "./unanswered";

/** What all checks share, made once. */
export interface ProofContext {
  readonly claim: Claim;
  readonly bucketResource: string;
  /** Every prefix with its owner, sorted. */
  readonly owned: readonly OwnedPrefix[];
  /** Whether a user's session policy is of a shape that is already proven. */
  readonly isProvenByShape: (user: UserClaim) => boolean;
  /** The policies of each role, as far as they can be read. */
  readonly rolePolicies: ReadonlyMap<string, readonly PolicyDocument[]>;
}

/** What a user's session policy opens beyond its grants. */
export function checkSession(user: UserClaim, proof: ProofContext): Finding[] {
  const { tenant, session } = user;
  const subject = { tenant };
  if (session === undefined) {
    const message = "has no session policy, so all that its role may do is open to it";
    const counterexample = counterexampleOf(() => documentsOf(user, proof), searchOf(user, undefined, proof));
    return [{ tenant, statement: "session policy", message, counterexample }];
  }
  if (proof.isProvenByShape(user)) {
    return [];
  }
  return findingsIn(
    { document: session, kind: "session", called: "the session policy", subject },
    (statement) =>
      overreachBeyond(statement, user.grants, proof.bucketResource, proof.claim) ??
      unansweredInSession(statement, proof.claim),
    (statement, alone) =>
      counterexampleOf(() => ({ ...documentsOf(user, proof), session: alone }), searchOf(user, statement, proof)),
  );
}

/** Together all users of a role reach the tenants' and the spaces' part of the bucket, and nothing else. */
const roleAreas: readonly Area[] = [
  { prefix: rootPrefixes.tenants, access: "read-write", shared: false },
  { prefix: rootPrefixes.shared, access: "read-write", shared: true },
];

/** What a role's own policies open beyond the users' part of the landing bucket. */
export function checkRole({ arn, policies }: RoleClaim, proof: ProofContext): Finding[] {
  const anybody = { roleArn: arn, userName: "session", grants: roleAreas };
  return policies.flatMap((document) =>
    findingsIn(
      { document, kind: "identity", called: "the role", subject: { role: arn } },
      (statement) =>
        overreachBeyond(statement, roleAreas, proof.bucketResource, proof.claim) ??
        unansweredInSession(statement, proof.claim),
      (statement, alone) => counterexampleOf(() => ({ identity: [alone] }), searchOf(anybody, statement, proof)),
    ),
  );
}

/**
 * A request on a place that the user's documents allow, whoever the place belongs to.
 * @param isRight Which of them prove nothing all the same.
 */
export function openedAt(
  place: { readonly bucketResource: string; readonly prefix: string },
  user: UserClaim,
  proof: ProofContext,
  isRight: (request: AccessRequest) => boolean,
): AccessRequest | undefined {
  const { bucketResource, prefix } = place;
  const isThere = ({ resource, context: { "s3:prefix": listed } }: AccessRequest) =>
    resource.startsWith(`${bucketResource}/${prefix}`) ||
    (resource === bucketResource && typeof listed === "string" && listed.startsWith(prefix));
  return counterexampleOf(() => documentsOf(user, proof), {
    ...searchOf(user, undefined, proof),
    bucketResource,
    prefixesNear: () => [prefix],
    ownPrefixes: [prefix],
    isRight: (request) => !isThere(request) || isRight(request),
  });
}

/** What decides a user's requests. @throws UnsupportedPolicyError for a session policy that cannot be evaluated. */
function documentsOf({ roleArn, session }: UserClaim, { rolePolicies }: ProofContext): PolicySet {
  return {
    identity: rolePolicies.get(roleArn) ?? [],
    session: session === undefined ? undefined : readPolicy(session, "session"),
  };
}

type Asking = Pick<UserClaim, "roleArn" | "userName" | "grants"> & { readonly tenant?: string };

/** How the requests of a user, or of anybody with a role, look, and which of them are right. */
function searchOf(asking: Asking, statement: Statement | undefined, proof: ProofContext): Search {
  const { roleArn, userName, grants, tenant } = asking;
  return {
    principal: { kind: "role-session", account: proof.claim.scope.account, roleArn, sessionName: userName },
    bucketResource: proof.bucketResource,
    statement,
    prefixesNear: (text) => neighboursOf(text, proof.owned, tenant),
    ownPrefixes: grants.map(({ prefix }) => prefix),
    context: sessionContext(proof.claim.scope, userName),
    isRight: (request) => isGranted(request, grants, proof.bucketResource),
  };
}
