import { asciiLowerCase } from "./asciiCase";
import { withSpelledKeys } from "./contextKeys";
import { checkFrame } from "./parse";
import type { PolicyDocument, Statement } from "./policy";
import type { Naming } from "./principal";
import type { AccessRequest } from "./request";
import { compileStatement, type CompiledStatement } from "./statement";
import type { DocumentKind } from "./template";
import { demand } from "./unsupported";

export { unansweredKeyOf } from "./condition";
export { parsePolicy } from "./parse";
export { voicesOn, type Voice, type VoicedStatement } from "./voices";
export { absent, type AccessRequest, type RequestPrincipal } from "./request";
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
  /** Whether it is certain that the request is allowed. */
  readonly allowed: boolean;
  /** `unknown`: statements decide that ask for a condition key which the request does not answer. */
  readonly reason: "explicit-deny" | "implicit-deny" | "allowed" | "unknown";
  /**
   * The statement that decided: the one that denies, or the narrowest that allows; for `unknown` the first that cannot be
   * judged. None for an implicit deny.
   */
  readonly by?: {
    readonly document: DocumentKind;
    /** Its Sid, or its position in the document, counted from 0. */
    readonly statement: string;
  };
  /** For `unknown`: the condition key that the statement asks for. */
  readonly unanswered?: string;
}

/**
 * Checks and compiles the documents once.
 * @throws UnsupportedPolicyError when a document holds anything whose meaning is not known: nothing is decided from it. An
 * Allow for everybody in a resource policy is refused beside a session policy, because AWS does not document whether it
 * reaches past that.
 */
export function compilePolicies({ identity, session, resource, resourceAccount }: PolicySet): Policies {
  const policies: Policies = {
    identity: identity.flatMap((document, number) => compileDocument(document, "identity", number)),
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
 * What cannot be judged is taken both ways: only where that makes no difference is the request allowed or denied.
 * Source: IAM User Guide, "Policy evaluation logic" and "AWS JSON policy elements: Principal".
 */
export function decide(policies: Policies, asked: AccessRequest): Decision {
  const request = withSpelledKeys(asked);
  const action = asciiLowerCase(request.action);
  const narrowest: Question = { action, request, presumed: "Deny", unjudged: undefined };
  const decision = decideAs(policies, narrowest);
  const { unjudged } = narrowest;
  if (unjudged === undefined || decision.allowed) {
    return decision;
  }
  const widest = decideAs(policies, { action, request, presumed: "Allow", unjudged: undefined });
  return widest.allowed ? { allowed: false, reason: "unknown", ...unjudged } : widest;
}

/** Whether a request is or may be allowed: what whoever asks if documents open too much has to go by. */
export function mayBeAllowed({ reason }: Decision): boolean {
  return reason === "allowed" || reason === "unknown";
}

/** Why nothing was decided, for people; undefined for a decision. */
export function unknownText({ by, unanswered }: Decision): string | undefined {
  return (
    by &&
    unanswered &&
    `statement "${by.statement}" of the ${by.document} policy asks for ${unanswered}, not known here`
  );
}

/** A request and how statements are taken that cannot be judged for it. */
interface Question {
  /** In lower case. */
  readonly action: string;
  readonly request: AccessRequest;
  /** Statements of this effect apply when they cannot be judged, those of the other do not. */
  readonly presumed: Statement["Effect"];
  /** The first that could not be judged. */
  unjudged: Required<Pick<Decision, "by" | "unanswered">> | undefined;
}

function decideAs(policies: Policies, question: Question): Decision {
  const { kind } = question.request.principal;
  const actsByRole = kind === "role-session" || kind === "any-session";
  const denied =
    find("Deny", "resource", policies, question) ??
    (actsByRole ? find("Deny", "identity", policies, question) : undefined) ??
    (actsByRole ? find("Deny", "session", policies, question) : undefined);
  if (denied) {
    return { allowed: false, reason: "explicit-deny", by: denied };
  }
  const allowed = actsByRole
    ? allowForRoleSession(policies, question)
    : findResourceAllow(policies.resource, question)?.by;
  return allowed ? { allowed: true, reason: "allowed", by: allowed } : implicitDeny;
}

type DecidedBy = NonNullable<Decision["by"]>;

const implicitDeny: Decision = { allowed: false, reason: "implicit-deny" };

function compileDocument(document: PolicyDocument, kind: DocumentKind, number = 0): CompiledStatement[] {
  checkFrame(document, `${kind} policy`);
  return document.Statement.map((statement, index) =>
    compileStatement(statement, { document: number, statement: index }, kind),
  );
}

function refuseAllowForEverybody(statements: readonly CompiledStatement[]): void {
  for (const { effect, principal, name } of statements) {
    const isForEverybody = effect === "Allow" && principal?.({ kind: "anonymous" }) === "everybody";
    const what = "allows everybody, which beside a session policy cannot be evaluated";
    demand(!isForEverybody, `resource policy, statement "${name}"`, what);
  }
}

function applies(statement: CompiledStatement, document: DocumentKind, question: Question): boolean {
  const judgement = statement.applies(question.action, question.request);
  if (typeof judgement === "boolean") {
    return judgement;
  }
  question.unjudged ??= { by: { document, statement: statement.name }, unanswered: judgement.key };
  return statement.effect === question.presumed;
}

/** The first statement with this effect that speaks of the one who asks and of the request. */
function find(
  effect: Statement["Effect"],
  document: DocumentKind,
  policies: Policies,
  question: Question,
): DecidedBy | undefined {
  for (const statement of policies[document] ?? []) {
    const speaksOf = statement.principal === undefined || statement.principal(question.request.principal) !== undefined;
    if (statement.effect === effect && speaksOf && applies(statement, document, question)) {
      return { document, statement: statement.name };
    }
  }
  return undefined;
}

const reach: Readonly<Record<Naming, number>> = { account: 0, everybody: 1, role: 2, service: 3, session: 4 };

/** The Allow of a resource policy that reaches furthest, and how it names the one who asks. */
function findResourceAllow(statements: readonly CompiledStatement[], question: Question) {
  let furthest: { naming: Naming; by: DecidedBy } | undefined;
  for (const statement of statements) {
    const naming = statement.effect === "Allow" ? statement.principal?.(question.request.principal) : undefined;
    const further = naming !== undefined && (furthest === undefined || reach[naming] > reach[furthest.naming]);
    if (further && applies(statement, "resource", question)) {
      furthest = { naming, by: { document: "resource", statement: statement.name } };
    }
  }
  return furthest;
}

function allowForRoleSession(policies: Policies, question: Question): DecidedBy | undefined {
  const { session, resource, resourceAccount } = policies;
  const { principal } = question.request;
  const account = principal.kind === "role-session" ? principal.account : undefined;
  const byResource = resource.length > 0 ? findResourceAllow(resource, question) : undefined;
  const sameAccount = resourceAccount === undefined || resourceAccount === account;
  if (sameAccount && byResource?.naming === "session") {
    return byResource.by;
  }
  const bySession = find("Allow", "session", policies, question);
  if (session !== undefined && bySession === undefined) {
    return undefined;
  }
  const byIdentity = find("Allow", "identity", policies, question);
  if (!sameAccount) {
    return byResource && byIdentity && (bySession ?? byIdentity);
  }
  const standsIn = byResource?.naming === "account" ? undefined : byResource?.by;
  const allowing = byIdentity ?? standsIn;
  return allowing && (bySession ?? allowing);
}
