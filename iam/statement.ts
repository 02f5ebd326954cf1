import { asciiLowerCase } from "./asciiCase";
import { compileConditions, type RequestTest } from "./condition";
import { patternMatcher, type TextMatcher } from "./glob";
import { every, not, some, type Judgement } from "./judgement";
import { isStatementElement, parseEffect } from "./parse";
import { listOf, type OneOrMany, type Statement } from "./policy";
import { compilePrincipal, type PrincipalMatcher } from "./principal";
import type { AccessRequest } from "./request";
import { valueMatcher, type DocumentKind, type ValueMatcher, type ValuePlace } from "./template";
import { demand } from "./unsupported";

export interface StatementPlace {
  readonly document: number;
  readonly statement: number;
}

/** A statement made ready to be asked many times. */
export interface CompiledStatement {
  readonly effect: Statement["Effect"];
  /** Its Sid, or its position in the document, counted from 0. */
  readonly name: string;
  /** Where it stands: which of the documents of its kind, and which of its statements, both counted from 0. */
  readonly place: StatementPlace;
  /** Undefined in identity and session policies, which speak of their own bearer. */
  readonly principal: PrincipalMatcher | undefined;
  /** Whether action, resource and conditions fit; says nothing of the principal. The action comes in lower case. */
  applies(action: string, request: AccessRequest): Judgement;
}

/** @throws UnsupportedPolicyError for anything in the statement whose meaning is not known. */
export function compileStatement(
  statement: Statement,
  statementPlace: StatementPlace,
  document: DocumentKind,
): CompiledStatement {
  const name = statement.Sid ?? String(statementPlace.statement);
  const where = `${document} policy, statement ${statement.Sid === undefined ? name : `"${name}"`}`;
  for (const element of Object.keys(statement)) {
    const isKnown = isStatementElement(element) && element !== "NotPrincipal";
    demand(isKnown, where, `element "${element}" cannot be evaluated`);
  }
  parseEffect(statement.Effect, where);
  const place: ValuePlace = { where, document, withholding: statement.Effect === "Deny" };
  const matchesAction = compileActions(statement, where);
  const matchesResource = compileResources(statement, place);
  const tests: RequestTest[] = [
    (request) => matchesResource(request.resource, request),
    ...compileConditions(statement.Condition ?? {}, { ...place, where: `${where}, Condition` }),
  ];
  return {
    effect: statement.Effect,
    name,
    place: statementPlace,
    principal: compileBearer(statement, document, where),
    applies: (action, request) => matchesAction(action) && every(tests, (holds) => holds(request)),
  };
}

function compileBearer({ Principal }: Statement, document: DocumentKind, where: string): PrincipalMatcher | undefined {
  const fault = Principal === undefined ? "missing" : "out of place";
  demand((Principal !== undefined) === (document === "resource"), where, `Principal is ${fault}`);
  return Principal === undefined ? undefined : compilePrincipal(Principal, `${where}, Principal`);
}

function compileActions({ Action, NotAction }: Statement, where: string): TextMatcher {
  const patterns = oneOf(Action, NotAction, "Action", where).map((pattern) => {
    demand(/^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(pattern), where, `"${pattern}" is not an action`);
    return asciiLowerCase(pattern);
  });
  const inverted = NotAction !== undefined;
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const open = patterns.filter((pattern) => !exact.has(pattern)).map(patternMatcher);
  return (action) => (exact.has(action) || open.some((matches) => matches(action))) !== inverted;
}

function compileResources(statement: Statement, place: ValuePlace): ValueMatcher {
  const { Resource, NotResource, Action, Principal } = statement;
  const assumesRole = Action !== undefined && listOf(Action).every((action) => /^sts:/i.test(action));
  if (Resource === undefined && NotResource === undefined && Principal !== undefined && assumesRole) {
    return () => true; // the trust of a role: its resource is the role
  }
  const inverted = NotResource !== undefined;
  const withholding = place.withholding || inverted;
  const matchers = oneOf(Resource, NotResource, "Resource", place.where).map((pattern) =>
    resourceMatcher(pattern, { ...place, withholding }),
  );
  const [only] = matchers;
  if (matchers.length === 1 && only !== undefined && !inverted) {
    return only;
  }
  return (resource, request) => {
    const matching = some(matchers, (matches) => matches(resource, request));
    return inverted ? not(matching) : matching;
  };
}

/** An ARN with nothing open before its resource. */
const plainArn = /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:/;

/**
 * AWS lets a wildcard in one of the five parts before the resource reach over a colon only from the end of its part, and
 * none at all in the service; what an ARN of fewer than six parts stands for is not documented, unless its last part is `*`.
 * Patterns that would need to know are refused; the others are matched as one text, so in the resource `*` covers `/` and
 * `:` alike.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource".
 */
function resourceMatcher(pattern: string, place: ValuePlace): ValueMatcher {
  const isKnown = pattern === "*" || plainArn.test(pattern) || isUnambiguous(pattern, place);
  demand(isKnown, place.where, `"${pattern}" is not a resource pattern that can be evaluated`);
  return valueMatcher(pattern, { wildcards: true }, place);
}

function isUnambiguous(pattern: string, { withholding }: ValuePlace): boolean {
  const parts = pattern.replaceAll(/\$\{[^}]*\}/g, "\0").split(":");
  const [prefix, partition = "", service = "", region = "", account = ""] = parts;
  return (
    prefix === "arn" &&
    /^[a-z0-9-]+$/.test(service) &&
    [partition, region, account].every((part) => /^[^?*\0]*\*?$/.test(part)) &&
    // The well-known `arn:aws:s3::BUCKET/*`, a colon short, is taken where matching nothing is the safe side.
    (parts.length >= 6 || (withholding ? parts.at(-1) === "*" : pattern.endsWith("*")))
  );
}

/** The list of an element that exists in a plain and in a negated form, of which a statement has one. */
function oneOf(plain: OneOrMany | undefined, negated: OneOrMany | undefined, name: string, where: string) {
  const has = plain === undefined ? `neither ${name} nor` : `both ${name} and`;
  demand((plain === undefined) !== (negated === undefined), where, `has ${has} Not${name}`);
  const list = listOf(plain ?? negated);
  demand(list.length > 0, where, `${name} is empty`);
  return list;
}
