import { contextKey, valuesOf, type ContextKey } from "./contextKeys";
import { operatorOf, type Operator } from "./operators";
import { listOf, type Conditions, type Statement } from "./policy";
import { every, not, some, type Judgement } from "./judgement";
import type { AccessRequest } from "./request";
import type { ValuePlace } from "./template";
import { demand } from "./unsupported";

export type RequestTest = (request: AccessRequest) => Judgement;

/**
 * Compiles a statement's Condition: every operator and every key must hold, one of a key's values is enough.
 * @param place `withholding` says whether the statement denies.
 * @throws UnsupportedPolicyError for an operator, a condition key or a value that is not known, for operators that do not go
 * with the key's type, and for one without any key, which AWS does not say the meaning of.
 */
export function compileConditions(conditions: Conditions, place: ValuePlace): RequestTest[] {
  return Object.entries(conditions).flatMap(([operatorName, keys]) => {
    const operator = operatorName === "Null" ? undefined : operatorOf(operatorName, place.where);
    const seen = new Set<string>();
    demand(Object.keys(keys).length > 0, `${place.where}, ${operatorName}`, "no condition key to test");
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

/** The first condition key of a statement that a request does not answer, as AWS spells it; undefined where there is none. */
export function unansweredKeyOf({ Condition = {} }: Statement, request: AccessRequest): string | undefined {
  const names = Object.values(Condition).flatMap((keys) => Object.keys(keys));
  const keys = names.map(contextKey).filter((key) => key !== undefined);
  return keys.find((key) => valuesOf(request, key) === undefined)?.name;
}

/** What an absent key means differs: a plain operator fails, a negated one holds, `IfExists` and `ForAllValues:` hold. */
function comparison(operator: Operator, key: ContextKey, wanted: readonly string[], place: ValuePlace): RequestTest {
  const { name, types, set, negated, ifExists } = operator;
  demand(types.includes(key.type), place.where, `${name} cannot test a key of type ${key.type}`);
  demand(!key.many || set, place.where, "a key of many values needs ForAnyValue: or ForAllValues:");
  const withholding = place.withholding || negated;
  const matchers = wanted.map((value) => operator.compile(value, { ...place, withholding }));
  const holds = (value: string, request: AccessRequest) => {
    const matching = some(matchers, (matches) => matches(value, request));
    return negated ? not(matching) : matching;
  };
  const ifAbsent = ifExists || set === "ForAllValues" || (set === undefined && negated);
  return (request) => {
    const values = valuesOf(request, key);
    if (values === undefined) {
      return { key: key.name };
    }
    if (values.length === 0) {
      return ifAbsent;
    }
    const quantified = set === "ForAllValues" ? every : some;
    return quantified(values, (value) => holds(value, request));
  };
}

function nullTest(key: ContextKey, values: readonly string[], where: string): RequestTest {
  const [wanted = ""] = values;
  demand(values.length === 1 && ["true", "false"].includes(wanted), where, `Null takes "true" or "false"`);
  return (request) => {
    const values = valuesOf(request, key);
    return values === undefined ? { key: key.name } : (values.length === 0) === (wanted === "true");
  };
}
