import type { Conditions, OneOrMany, PolicyDocument, Principal, Statement } from "./policy";
import { demand, UnsupportedPolicyError } from "./unsupported";

/**
 * Reads a policy of unknown origin, as JSON text or as an object, into a document of the shapes this project knows. A
 * single statement becomes a list; numbers and booleans among condition values become texts, as AWS reads them. What the
 * document means is decided later, by `compilePolicies`.
 * @param where How messages call the document: `session policy of "acme"`.
 * @param anyVersion Whether to read the version of 2008 as well, which a document without one is of. It knows no policy
 * variables; everything else says the same.
 * @throws UnsupportedPolicyError for text that is not JSON, a key that stands twice in one object, and any wrong shape.
 */
export function parsePolicy(value: unknown, where: string, { anyVersion = false } = {}): PolicyDocument {
  const stored = mapping(typeof value === "string" ? parseJson(value, where) : value, where);
  const isOld = anyVersion && (stored["Version"] ?? oldVersion) === oldVersion;
  const document: typeof stored = isOld ? { ...stored, Version: "2012-10-17" } : stored;
  checkFrame(document, where);
  const { Id, Statement: statements } = document;
  demand(statements !== undefined, where, "has no Statement");
  return {
    Version: "2012-10-17",
    ...(Id === undefined ? {} : { Id: text(Id, `${where}, Id`) }),
    Statement: (Array.isArray(statements) ? (statements as unknown[]) : [statements]).map((statement, index) =>
      parseStatement(statement, `${where}, statement ${index}`),
    ),
  };
}

/** What AWS takes a document without a version for. Source: IAM User Guide, "IAM JSON policy elements: Version". */
const oldVersion = "2008-10-17";

/** @throws UnsupportedPolicyError for an element that a document does not have, and for every version but the current. */
export function checkFrame(document: object, where: string): void {
  const unknown = Object.keys(document).find((element) => !["Version", "Id", "Statement"].includes(element));
  demand(unknown === undefined, where, `unknown element "${unknown}"`);
  demand("Version" in document && document.Version === "2012-10-17", where, `Version is not "2012-10-17"`);
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

/** Whether a statement may have an element of this name. */
export function isStatementElement(name: string): name is keyof Statement {
  return Object.hasOwn(elementParsers, name);
}

function parseStatement(value: unknown, where: string): Statement {
  const statement: Record<string, unknown> = {};
  for (const [element, content] of Object.entries(mapping(value, where))) {
    demand(isStatementElement(element), where, `unknown element "${element}"`);
    statement[element] = elementParsers[element](content, `${where}, ${element}`);
  }
  return { ...statement, Effect: parseEffect(statement["Effect"], where) };
}

/** @throws UnsupportedPolicyError for anything but `Allow` and `Deny`. */
export function parseEffect(value: unknown, where: string): Statement["Effect"] {
  demand(value === "Allow" || value === "Deny", where, `Effect is neither "Allow" nor "Deny"`);
  return value;
}

function parsePrincipal(value: unknown, where: string): Principal {
  if (value === "*") {
    return value;
  }
  const entries = Object.entries(mapping(value, where)).map(([kind, names]) => {
    demand(["AWS", "Service", "Federated", "CanonicalUser"].includes(kind), where, `unknown kind "${kind}"`);
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
  demand(typeof value === "object" && value !== null && !Array.isArray(value), where, "is not a mapping");
  return value as Record<string, unknown>;
}

function texts(value: unknown, where: string): OneOrMany {
  return Array.isArray(value) ? value.map((item) => text(item, where)) : text(value, where);
}

function text(value: unknown, where: string): string {
  demand(typeof value === "string", where, "is not a text");
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
  const isWhole = JSON.stringify(value) === json || countKeys(value) === writtenKeys(json);
  demand(isWhole, where, "has the same key twice in one object");
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
  const strings = [...json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)];
  return strings.filter(([, colon]) => colon !== undefined).length;
}
