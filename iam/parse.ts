import type { Conditions, OneOrMany, PolicyDocument, Principal, Statement } from "./policy";
import { UnsupportedPolicyError } from "./unsupported";

/**
 * Reads a policy of unknown origin, as JSON text or as an object, into a document of the shapes this project knows. A
 * single statement becomes a list; numbers and booleans among condition values become texts, as AWS reads them. What the
 * document means is decided later, by `compilePolicies`.
 * @param where How messages call the document: `session policy of "acme"`.
 * @throws UnsupportedPolicyError for text that is not JSON, a key that stands twice in one object, and any wrong shape.
 */
export function parsePolicy(value: unknown, where: string): PolicyDocument {
  const document = mapping(typeof value === "string" ? parseJson(value, where) : value, where);
  const { Version, Id, Statement: statements, ...unknown } = document;
  const [element] = Object.keys(unknown);
  if (element !== undefined) {
    throw new UnsupportedPolicyError(where, `unknown element "${element}"`);
  }
  if (Version !== "2012-10-17") {
    throw new UnsupportedPolicyError(where, `Version is not "2012-10-17"`);
  }
  if (statements === undefined) {
    throw new UnsupportedPolicyError(where, "has no Statement");
  }
  return {
    Version,
    ...(Id === undefined ? {} : { Id: text(Id, `${where}, Id`) }),
    Statement: (Array.isArray(statements) ? (statements as unknown[]) : [statements]).map((statement, index) =>
      parseStatement(statement, `${where}, statement ${index}`),
    ),
  };
}

/** How each element of a statement is read. */
const elementParsers: Readonly<Record<keyof Statement, (value: unknown, where: string) => unknown>> = {
  Sid: text,
  Effect: parseEffect,
  Principal: parsePrincipal,
  NotPrincipal: parsePrincipal,
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Condition: parseConditions,
};

function parseStatement(value: unknown, where: string): Statement {
  const statement: Record<string, unknown> = {};
  for (const [element, content] of Object.entries(mapping(value, where))) {
    if (!Object.hasOwn(elementParsers, element)) {
      throw new UnsupportedPolicyError(where, `unknown element "${element}"`);
    }
    statement[element] = elementParsers[element as keyof Statement](content, `${where}, ${element}`);
  }
  return { ...statement, Effect: parseEffect(statement["Effect"], where) };
}

function parseEffect(value: unknown, where: string): Statement["Effect"] {
  if (value !== "Allow" && value !== "Deny") {
    throw new UnsupportedPolicyError(where, `Effect is neither "Allow" nor "Deny"`);
  }
  return value;
}

function parsePrincipal(value: unknown, where: string): Principal {
  if (value === "*") {
    return value;
  }
  const entries = Object.entries(mapping(value, where)).map(([kind, names]) => {
    if (kind !== "AWS" && kind !== "Service" && kind !== "Federated" && kind !== "CanonicalUser") {
      throw new UnsupportedPolicyError(where, `unknown kind "${kind}"`);
    }
    return [kind, texts(names, where)] as const;
  });
  return Object.fromEntries(entries);
}

function parseConditions(value: unknown, where: string): Conditions {
  return Object.fromEntries(
    Object.entries(mapping(value, where)).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(mapping(keys, `${where}, ${operator}`)).map(([key, values]) => [
          key,
          texts(asTexts(values), `${where}, ${operator} ${key}`),
        ]),
      ),
    ]),
  );
}

function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asTexts);
  }
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

function mapping(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnsupportedPolicyError(where, "is not a mapping");
  }
  return value as Record<string, unknown>;
}

function texts(value: unknown, where: string): OneOrMany {
  return Array.isArray(value) ? value.map((item) => text(item, where)) : text(value, where);
}

function text(value: unknown, where: string): string {
  if (typeof value !== "string") {
    throw new UnsupportedPolicyError(where, "is not a text");
  }
  return value;
}

/** JSON.parse lets the last of two equal keys win; who else reads the document may take the first. */
function parseJson(json: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnsupportedPolicyError(where, "is not JSON");
  }
  // The text that AWS stores is written without white space: when it reads back the same, no key was lost.
  if (JSON.stringify(value) !== json && countKeys(value) !== writtenKeys(json)) {
    throw new UnsupportedPolicyError(where, "has the same key twice in one object");
  }
  return value;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  const items: unknown[] = Object.values(value);
  return items.reduce<number>((sum, item) => sum + countKeys(item), Array.isArray(value) ? 0 : items.length);
}

/** How many keys a valid JSON text writes: the strings that a colon follows. */
function writtenKeys(json: string): number {
  let keys = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) {
    keys += colon === undefined ? 0 : 1;
  }
  return keys;
}
