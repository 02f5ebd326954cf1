import { bucketArn } from "../../iam/arn";
import {
  compilePolicies,
  parsePolicy,
  UnsupportedPolicyError,
  type AccessRequest,
  type PolicySet,
} from "../../iam/evaluate";
import type { PolicyDocument, Statement } from "../../iam/policy";
import { rootPrefixes } from "../grant";
import type { Area, Claim, Document, RoleClaim, UserClaim, Finding } from "./claim";
import { overreachOf } from "./confinement";
import { counterexampleOf, type Search } from "./counterexample";
import { isGranted } from "./granted";
import { neighboursOf, type OwnedPrefix } from "./ownership";

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

/** A document that was read, or the finding of being unreadable. */
export type Reading = { readonly document: PolicyDocument } | { readonly finding: Finding };

type FindingSubject = Pick<Finding, "tenant" | "role">;

export function landingResource({ scope, bucket }: Claim): string {
  return bucketArn(scope.partition, bucket);
}

/** Reads a document and has the evaluator check it: what it does not know is a finding, since nothing follows from it. */
export function readForProof(
  value: Document,
  subject: FindingSubject,
  as: "identity" | "session" | "resource",
): Reading {
  try {
    const document = typeof value === "string" ? parsePolicy(value, `${as} policy`) : value;
    compilePolicies({
      identity: as === "identity" ? [document] : [],
      ...(as === "identity" ? {} : { [as]: document }),
    });
    return { document };
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return { finding: { ...subject, statement: error.where, message: `cannot be evaluated: ${error.what}` } };
    }
    throw error;
  }
}

/** What a user's session policy opens beyond its grants. */
export function checkSession(user: UserClaim, proof: ProofContext): Finding[] {
  const { tenant, session } = user;
  if (session === undefined) {
    const counterexample = counterexampleOf(
      { identity: proof.rolePolicies.get(user.roleArn) ?? [] },
      userSearch(user, undefined, proof),
    );
    const message = "has no session policy, so all that its role may do is open to it";
    return [{ tenant, statement: "session policy", message, ...found(counterexample) }];
  }
  if (proof.isProvenByShape(user)) {
    return [];
  }
  const reading = readForProof(session, { tenant }, "session");
  if ("finding" in reading) {
    return [reading.finding];
  }
  return overreachesOf(reading.document, user.grants, proof).map(({ statement, name, message }) => {
    const counterexample = counterexampleOf(
      { identity: proof.rolePolicies.get(user.roleArn) ?? [], session: alone(statement, reading.document) },
      userSearch(user, statement, proof),
    );
    return { tenant, statement: name, message: `the session policy ${message}`, ...found(counterexample) };
  });
}

/** Together all users of a role reach the tenants' and the spaces' part of the bucket, and nothing else. */
const roleAreas: readonly Area[] = [
  { prefix: rootPrefixes.tenants, access: "read-write", shared: false },
  { prefix: rootPrefixes.shared, access: "read-write", shared: true },
];

/** What a role's own policies open beyond the users' part of the landing bucket. */
export function checkRole({ arn, policies }: RoleClaim, proof: ProofContext): Finding[] {
  return policies.flatMap((policy) => {
    const reading = readForProof(policy, { role: arn }, "identity");
    if ("finding" in reading) {
      return [reading.finding];
    }
    return overreachesOf(reading.document, roleAreas, proof).map(({ statement, name, message }) => {
      const documents: PolicySet = { identity: [alone(statement, reading.document)] };
      const counterexample = counterexampleOf(documents, roleSearch(arn, statement, proof));
      return { role: arn, statement: name, message: `the role ${message}`, ...found(counterexample) };
    });
  });
}

interface Overreach {
  readonly statement: Statement;
  readonly name: string;
  readonly message: string;
}

function overreachesOf(
  { Statement: statements }: PolicyDocument,
  areas: readonly Area[],
  proof: ProofContext,
): Overreach[] {
  const overreaches: Overreach[] = [];
  for (const [index, statement] of statements.entries()) {
    const message = statement.Effect === "Allow" ? overreachOf(statement, areas, proof.bucketResource) : undefined;
    if (message !== undefined) {
      overreaches.push({ statement, name: statement.Sid ?? String(index), message });
    }
  }
  return overreaches;
}

/** The document with no other Allow, so that a counterexample is this statement's doing. */
function alone(statement: Statement, document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    Statement: document.Statement.filter((other) => other === statement || other.Effect === "Deny"),
  };
}

/** How a user's requests look, and which of them are right. */
export function userSearch(user: UserClaim, statement: Statement | undefined, proof: ProofContext): Search {
  const { bucketResource, owned, claim } = proof;
  return {
    principal: {
      kind: "role-session",
      account: claim.scope.account,
      roleArn: user.roleArn,
      sessionName: user.userName,
    },
    bucketResource,
    statement,
    prefixesNear: (text) => neighboursOf(text, owned, user.tenant),
    ownPrefixes: user.grants.map(({ prefix }) => prefix),
    context: JSON.stringify(statement ?? {}).includes("${") ? { "transfer:UserName": user.userName } : {},
    isRight: (request) => isGranted(request, user.grants, bucketResource),
  };
}

function roleSearch(arn: string, statement: Statement, { bucketResource, owned, claim }: ProofContext): Search {
  return {
    principal: { kind: "role-session", account: claim.scope.account, roleArn: arn, sessionName: "session" },
    bucketResource,
    statement,
    prefixesNear: (text) => neighboursOf(text, owned, undefined),
    ownPrefixes: roleAreas.map(({ prefix }) => prefix),
    context: {},
    isRight: (request) => isGranted(request, roleAreas, bucketResource),
  };
}

export function found(counterexample: AccessRequest | undefined): Pick<Finding, "counterexample"> {
  return counterexample === undefined ? {} : { counterexample };
}
