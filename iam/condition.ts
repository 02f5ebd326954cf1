import { contextKey, valuesOf, type ContextKey } from "./contextKeys";
import { operatorOf, type Operator } from "./operators";
import { listOf, type Conditions } from "./policy";
import type { AccessRequest } from "./request";
import type { ValuePlace } from "./template";
import { demand } from "./unsupported";

export type RequestTest = (request: AccessRequest) => boolean;

/**
 * Compiles a statement's Condition: every operator and every key must hold, one of a key's values is enough.
 * @param place `withholding` says whether the statement denies.
 * @throws UnsupportedPolicyError for an operator, a condition key or a value that is not known, and for operators that do
 * not go with the key's type.
 */
export function compileConditions(conditions: Conditions, place: ValuePlace): RequestTest[] {
  return Object.entries(conditions).flatMap(([operatorName, keys]) => {
    const operator = operatorName === "Null" ? undefined : operatorOf(operatorName, place.where);
    const seen = new Set<string>();
    return Object.entries(keys).map(([keyName, values]) => {
      const where = `${place.where}, ${operatorName} ${keyName}`;
      const key = contextKey(keyName);
      demand(key, where, `unknown condition key "${keyName}"`);
      demand(!seen.has(key.name), where, "the condition key stands twice under the same operator");
      seen.add(key.name);
      demand(
        (key.only ?? place.document) === place.document,
        where,
        `${key.name} has a value in session policies only`,
      );
      const list = listOf(values);
      demand(list.length > 0, where, "no value to compare with");
      return operator === undefined ? nullTest(key, list, where) : comparison(operator, key, list, { ...place, where });
    });
  });
}

/** What a missing key means differs: a plain operator fails, a negated one holds, `IfExists` and `ForAllValues:` hold. */
function comparison(operator: Operator, key: ContextKey, wanted: readonly string[], place: ValuePlace): RequestTest {
  const { name, types, set, negated, ifExists } = operator;
  demand(types.includes(key.type), place.where, `${name} cannot test a key of type ${key.type}`);
  demand(!key.many || set, place.where, "a key of many values needs ForAnyValue: or ForAllValues:");
  const withholding = place.withholding || negated;
  const matchers = wanted.map((value) => operator.compile(value, { ...place, withholding }));
  const holds = (value: string, request: AccessRequest) =>
    matchers.some((matches) => matches(value, request)) !== negated;
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
  const [wanted = ""] = values;
  demand(values.length === 1 && ["true", "false"].includes(wanted), where, `Null takes "true" or "false"`);
  return (request) => (valuesOf(request, key) === undefined) === (wanted === "true");
}
