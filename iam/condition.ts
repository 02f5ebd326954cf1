import { contextKey, valuesOf, type ContextKey } from "./contextKeys";
import { operatorOf, type Operator } from "./operators";
import type { Conditions, OneOrMany } from "./policy";
import type { AccessRequest } from "./request";
import type { ValuePlace } from "./template";
import { UnsupportedPolicyError } from "./unsupported";

export type RequestTest = (request: AccessRequest) => boolean;

/**
 * Compiles a statement's Condition: every operator and every key must hold, one of a key's values is enough.
 * @param place `withholding` says whether the statement denies.
 * @throws UnsupportedPolicyError for an operator, a condition key or a value that is not known, and for operators that do
 * not go with the key's type.
 */
export function compileConditions(conditions: Conditions, place: ValuePlace): RequestTest[] {
  return Object.entries(conditions).flatMap(([operatorName, keys]) => {
    const operator = operatorOf(operatorName, place.where);
    const seen = new Set<string>();
    return Object.entries(keys).map(([keyName, values]) => {
      const where = `${place.where}, ${operatorName} ${keyName}`;
      const key = knownKey(keyName, where);
      if (seen.has(key.name)) {
        throw new UnsupportedPolicyError(where, "the condition key stands twice under the same operator");
      }
      seen.add(key.name);
      return compileTest(operator, key, values, { ...place, where });
    });
  });
}

function knownKey(name: string, where: string): ContextKey {
  const key = contextKey(name);
  if (key === undefined) {
    throw new UnsupportedPolicyError(where, `unknown condition key "${name}"`);
  }
  return key;
}

function compileTest(operator: Operator, key: ContextKey, values: OneOrMany, place: ValuePlace): RequestTest {
  if (key.only !== undefined && key.only !== place.document) {
    throw new UnsupportedPolicyError(place.where, `${key.name} has a value in session policies only`);
  }
  const list = typeof values === "string" ? [values] : values;
  if (list.length === 0) {
    throw new UnsupportedPolicyError(place.where, "no value to compare with");
  }
  if (operator.kind === "null") {
    return nullTest(key, list, place.where);
  }
  if (!operator.types.includes(key.type)) {
    throw new UnsupportedPolicyError(place.where, `${operator.name} cannot test a key of type ${key.type}`);
  }
  if (key.many === true && operator.set === undefined) {
    throw new UnsupportedPolicyError(place.where, `a key of many values needs ForAnyValue: or ForAllValues:`);
  }
  const withholding = place.withholding || operator.negated;
  const matchers = list.map((value) => operator.compile(value, { ...place, withholding }));
  return combine(
    operator,
    key,
    (value, request) => matchers.some((matches) => matches(value, request)) !== operator.negated,
  );
}

/** What a missing key means differs: a plain operator fails, a negated one holds, `IfExists` and `ForAllValues:` hold. */
function combine(
  { set, negated, ifExists }: Extract<Operator, { kind: "compare" }>,
  key: ContextKey,
  holds: (value: string, request: AccessRequest) => boolean,
): RequestTest {
  const ifMissing = ifExists || set === "ForAllValues" || (set === undefined && negated);
  return (request) => {
    const values = valuesOf(request, key);
    if (values === undefined) {
      return ifMissing;
    }
    return set === "ForAllValues"
      ? values.every((value) => holds(value, request))
      : values.some((value) => holds(value, request));
  };
}

function nullTest(key: ContextKey, values: readonly string[], where: string): RequestTest {
  const [wanted] = values;
  if (values.length !== 1 || (wanted !== "true" && wanted !== "false")) {
    throw new UnsupportedPolicyError(where, `Null takes "true" or "false"`);
  }
  return (request) => (valuesOf(request, key) === undefined) === (wanted === "true");
}
