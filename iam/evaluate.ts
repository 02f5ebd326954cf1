import { withSpelledKeys } from "./contextKeys";
import { checkFrame } from "./parse";
import type { PolicyDocument } from "./policy";
import type { Naming } from "./principal";
import type { AccessRequest } from "./request";
import { compileStatement, type CompiledStatement } from "./statement";
import type { DocumentKind } from "./template";
import { demand } from "./unsupported";

export { parsePolicy } from "./parse";
export type { AccessRequest, RequestPrincipal } from "./request";
export { unlessUnsupported, UnsupportedPolicyError } from "./unsupported";

/** The documents that AWS puts together to decide a request. */
export interface PolicySet {
  /** The policies of the role: one that allows is enough. */
  readonly identity: readonly PolicyDocument[];
  /** The policy given when the role was assumed; it narrows the role and never widens it. */
  readonly session?: PolicyDocument | undefined;
  /** The policy of the bucket, topic or queue, or the trust policy of the role that is to be assumed. */
  readonly resource?: PolicyDocument | undefined;
  /** The account that owns the resource. Default: the account of the one who asks. */
  readonly resourceAccount?: string;
}

/** A set of documents made ready to decide many requests. */
export interface Policies {
  readonly identity: readonly CompiledStatement[];
  /** Undefined: the session has no policy of its own, and the role's hold alone. */
  readonly session: readonly CompiledStatement[] | undefined;
  readonly resource: readonly CompiledStatement[];
  readonly resourceAccount: string | undefined;
}

export interface Decision {
  readonly allowed: boolean;
  readonly reason: "explicit-deny" | "implicit-deny" | "allowed";
  /** The statement that decided: the one that denies, or the narrowest that allows. None for an implicit deny. */
  readonly by?: {
    readonly document: DocumentKind;
    /** Its Sid, or its position in the document, counted from 0. */
    readonly statement: string;
  };
}

/**
 * Checks and compiles the documents once.
 * @throws UnsupportedPolicyError when a document holds anything whose meaning is not known: nothing is decided from it. An
 * Allow for everybody in a resource policy is refused beside a session policy, because AWS does not document whether it
 * reaches past that.
 */
export function compilePolicies({ identity, session, resource, resourceAccount }: PolicySet): Policies {
  const policies: Policies = {
    identity: identity.flatMap((document) => compileDocument(document, "identity")),
    session: undefined,
    resource: resource ? compileDocument(resource, "resource") : [],
    resourceAccount,
  };
  return session === undefined ? policies : withSessionPolicy(policies, session);
}

/** Compiled documents as they stand for a session with a policy of its own. @throws UnsupportedPolicyError as above. */
export function withSessionPolicy(policies: Policies, session: PolicyDocument): Policies {
  const compiled = compileDocument(session, "session");
  refuseAllowForEverybody(policies.resource);
  return { ...policies, session: compiled };
}

/**
 * Decides a request as AWS documents it, with everything but these documents (organization policies, permissions
 * boundaries, ACLs, access points) out of the picture: an explicit deny anywhere wins; a role session needs the role's
 * policies and its session policy to allow; a resource policy of the same account may stand in for the role's policies when
 * it names the role, and for both when it names the very session; a service is decided by the resource policy alone.
 * Source: IAM User Guide, "Policy evaluation logic" and "AWS JSON policy elements: Principal".
 * @throws UnsupportedPolicyError when a policy variable that a Deny, a NotResource or a negated operator needs has no value
 * in the request.
 */
export function decide(policies: Policies, asked: AccessRequest): Decision {
  const request = withSpelledKeys(asked);
  const action = request.action.toLowerCase();
  const actsByRole = request.principal.kind === "role-session";
  const denied =
    find("Deny", "resource", policies, action, request) ??
    (actsByRole ? find("Deny", "identity", policies, action, request) : undefined) ??
    (actsByRole ? find("Deny", "session", policies, action, request) : undefined);
  if (denied) {
    return { allowed: false, reason: "explicit-deny", by: denied };
  }
  const allowed = actsByRole
    ? allowForRoleSession(policies, action, request)
    : findResourceAllow(policies.resource, action, request)?.by;
  return allowed ? { allowed: true, reason: "allowed", by: allowed } : implicitDeny;
}

type DecidedBy = NonNullable<Decision["by"]>;

const implicitDeny: Decision = { allowed: false, reason: "implicit-deny" };

function compileDocument(document: PolicyDocument, kind: DocumentKind): CompiledStatement[] {
  checkFrame(document, `${kind} policy`);
  return document.Statement.map((statement, index) => compileStatement(statement, index, kind));
}

function refuseAllowForEverybody(statements: readonly CompiledStatement[]): void {
  for (const { effect, principal, name } of statements) {
    const isForEverybody = effect === "Allow" && principal?.({ kind: "anonymous" }) === "everybody";
    const what = "allows everybody, which beside a session policy cannot be evaluated";
    demand(!isForEverybody, `resource policy, statement "${name}"`, what);
  }
}

/** The first statement with this effect that speaks of the one who asks and of the request. */
function find(
  effect: "Allow" | "Deny",
  document: DocumentKind,
  policies: Policies,
  action: string,
  request: AccessRequest,
): DecidedBy | undefined {
  for (const statement of policies[document] ?? []) {
    const speaksOf = statement.principal === undefined || statement.principal(request.principal) !== undefined;
    if (statement.effect === effect && speaksOf && statement.applies(action, request)) {
      return { document, statement: statement.name };
    }
  }
  return undefined;
}

const reach: Readonly<Record<Naming, number>> = { account: 0, everybody: 1, role: 2, service: 3, session: 4 };

/** The Allow of a resource policy that reaches furthest, and how it names the one who asks. */
function findResourceAllow(statements: readonly CompiledStatement[], action: string, request: AccessRequest) {
  let furthest: { naming: Naming; by: DecidedBy } | undefined;
  for (const statement of statements) {
    const naming = statement.effect === "Allow" ? statement.principal?.(request.principal) : undefined;
    const further = naming !== undefined && (furthest === undefined || reach[naming] > reach[furthest.naming]);
    if (further && statement.applies(action, request)) {
      furthest = { naming, by: { document: "resource", statement: statement.name } };
    }
  }
  return furthest;
}

function allowForRoleSession(policies: Policies, action: string, request: AccessRequest): DecidedBy | undefined {
  const { session, resource, resourceAccount } = policies;
  const account = request.principal.kind === "role-session" ? request.principal.account : undefined;
  const byResource = resource.length > 0 ? findResourceAllow(resource, action, request) : undefined;
  const sameAccount = resourceAccount === undefined || resourceAccount === account;
  if (sameAccount && byResource?.naming === "session") {
    return byResource.by;
  }
  const bySession = find("Allow", "session", policies, action, request);
  if (session !== undefined && bySession === undefined) {
    return undefined;
  }
  const byIdentity = find("Allow", "identity", policies, action, request);
  if (!sameAccount) {
    return byResource && byIdentity && (bySession ?? byIdentity);
  }
  const standsIn = byResource?.naming === "account" ? undefined : byResource?.by;
  const allowing = byIdentity ?? standsIn;
  return allowing && (bySession ?? allowing);
}
