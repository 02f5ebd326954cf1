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
import type { Area, Claim, Document, RoleClaim, UserClaim, Violation } from "./claim";
import { overreachOf } from "./confinement";
import { counterexampleOf, type Search } from "./counterexample";
import { isGranted } from "./granted";
import { neighboursOf, type OwnedPrefix } from "./ownership";

/** What all judgements share, made once. */
export interface Court {
  readonly claim: Claim;
  readonly bucketResource: string;
  /** Every prefix with its owner, sorted. */
  readonly owned: readonly OwnedPrefix[];
  /** Whether a user's session policy is of a shape that is already proven. */
  readonly isProvenByShape: (user: UserClaim) => boolean;
  /** The policies of each role, as far as they can be read. */
  readonly rolePolicies: ReadonlyMap<string, readonly PolicyDocument[]>;
}

/** A document that was read, or the violation of being unreadable. */
export type Reading = { readonly document: PolicyDocument } | { readonly violation: Violation };

type Accused = Pick<Violation, "tenant" | "role">;

export function landingResource({ scope, bucket }: Claim): string {
  return bucketArn(scope.partition, bucket);
}

/** Reads a document and has the evaluator check it: what it does not know is a violation, since nothing follows from it. */
export function readDocument(value: Document, accused: Accused, as: "identity" | "session" | "resource"): Reading {
  try {
    const document = typeof value === "string" ? parsePolicy(value, `${as} policy`) : value;
    compilePolicies({
      identity: as === "identity" ? [document] : [],
      ...(as === "identity" ? {} : { [as]: document }),
    });
    return { document };
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return { violation: { ...accused, statement: error.where, message: `cannot be judged: ${error.what}` } };
    }
    throw error;
  }
}

/** What a user's session policy opens beyond its grants. */
export function judgeSession(user: UserClaim, court: Court): Violation[] {
  const { tenant, session } = user;
  if (session === undefined) {
    const counterexample = counterexampleOf(
      { identity: court.rolePolicies.get(user.roleArn) ?? [] },
      userSearch(user, undefined, court),
    );
    const message = "has no session policy, so all that its role may do is open to it";
    return [{ tenant, statement: "session policy", message, ...found(counterexample) }];
  }
  if (court.isProvenByShape(user)) {
    return [];
  }
  const reading = readDocument(session, { tenant }, "session");
  if ("violation" in reading) {
    return [reading.violation];
  }
  return overreachesOf(reading.document, user.grants, court).map(({ statement, name, message }) => {
    const counterexample = counterexampleOf(
      { identity: court.rolePolicies.get(user.roleArn) ?? [], session: alone(statement, reading.document) },
      userSearch(user, statement, court),
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
export function judgeRole({ arn, policies }: RoleClaim, court: Court): Violation[] {
  return policies.flatMap((policy) => {
    const reading = readDocument(policy, { role: arn }, "identity");
    if ("violation" in reading) {
      return [reading.violation];
    }
    return overreachesOf(reading.document, roleAreas, court).map(({ statement, name, message }) => {
      const documents: PolicySet = { identity: [alone(statement, reading.document)] };
      const counterexample = counterexampleOf(documents, roleSearch(arn, statement, court));
      return { role: arn, statement: name, message: `the role ${message}`, ...found(counterexample) };
    });
  });
}

interface Overreach {
  readonly statement: Statement;
  readonly name: string;
  readonly message: string;
}

function overreachesOf({ Statement: statements }: PolicyDocument, areas: readonly Area[], court: Court): Overreach[] {
  const overreaches: Overreach[] = [];
  for (const [index, statement] of statements.entries()) {
    const message = statement.Effect === "Allow" ? overreachOf(statement, areas, court.bucketResource) : undefined;
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
export function userSearch(user: UserClaim, statement: Statement | undefined, court: Court): Search {
  const { bucketResource, owned, claim } = court;
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

function roleSearch(arn: string, statement: Statement, { bucketResource, owned, claim }: Court): Search {
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

export function found(counterexample: AccessRequest | undefined): Pick<Violation, "counterexample"> {
  return counterexample === undefined ? {} : { counterexample };
}
