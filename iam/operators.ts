import type { KeyType } from "./contextKeys";
import { ipv4Range, ipv4Number } from "./ipv4";
import { valueMatcher, type ValueMatcher, type ValuePlace } from "./template";
import { UnsupportedPolicyError } from "./unsupported";

/** A condition operator: `Null`, or a comparison with its prefix and suffix. */
export type Operator = { readonly kind: "null" } | CompareOperator;

export interface CompareOperator extends BaseOperator {
  readonly kind: "compare";
  /** Without the prefix and the suffix. */
  readonly name: string;
  readonly set: "ForAnyValue" | "ForAllValues" | undefined;
  readonly ifExists: boolean;
}

interface BaseOperator {
  readonly types: readonly KeyType[];
  /** Holds when no value matches. */
  readonly negated: boolean;
  readonly compile: (value: string, place: ValuePlace) => ValueMatcher;
}

/** Texts may be compared with keys that hold ARNs, addresses and numbers too, as texts. */
const textual: readonly KeyType[] = ["string", "arn", "ip", "numeric"];

const exact: BaseOperator["compile"] = (value, place) => valueMatcher(value, { wildcards: false }, place);
const anyCase: BaseOperator["compile"] = (value, place) =>
  valueMatcher(value, { wildcards: false, ignoreCase: true }, place);
const like: BaseOperator["compile"] = (value, place) => valueMatcher(value, { wildcards: true }, place);

/**
 * Every operator whose meaning is known here; dates and binary values are refused. Names are taken in AWS's spelling.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
const operators: Readonly<Record<string, BaseOperator>> = {
  StringEquals: { types: textual, negated: false, compile: exact },
  StringNotEquals: { types: textual, negated: true, compile: exact },
  StringEqualsIgnoreCase: { types: textual, negated: false, compile: anyCase },
  StringNotEqualsIgnoreCase: { types: textual, negated: true, compile: anyCase },
  StringLike: { types: textual, negated: false, compile: like },
  StringNotLike: { types: textual, negated: true, compile: like },
  ArnEquals: { types: ["arn"], negated: false, compile: arnMatcher },
  ArnNotEquals: { types: ["arn"], negated: true, compile: arnMatcher },
  ArnLike: { types: ["arn"], negated: false, compile: arnMatcher },
  ArnNotLike: { types: ["arn"], negated: true, compile: arnMatcher },
  Bool: { types: ["bool"], negated: false, compile: boolMatcher },
  IpAddress: { types: ["ip"], negated: false, compile: addressMatcher },
  NotIpAddress: { types: ["ip"], negated: true, compile: addressMatcher },
  NumericEquals: numeric((actual, wanted) => actual === wanted),
  NumericNotEquals: { ...numeric((actual, wanted) => actual === wanted), negated: true },
  NumericLessThan: numeric((actual, wanted) => actual < wanted),
  NumericLessThanEquals: numeric((actual, wanted) => actual <= wanted),
  NumericGreaterThan: numeric((actual, wanted) => actual > wanted),
  NumericGreaterThanEquals: numeric((actual, wanted) => actual >= wanted),
};

/** Every name that an operator may have, with its prefix or suffix; both together are not documented, so not known. */
const operatorsByName: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["Null", { kind: "null" }],
  ...Object.entries(operators).flatMap(([name, base]) => {
    const plain = { ...base, kind: "compare", name, set: undefined, ifExists: false } as const;
    return [
      [name, plain],
      [`${name}IfExists`, { ...plain, ifExists: true }],
      [`ForAnyValue:${name}`, { ...plain, set: "ForAnyValue" }],
      [`ForAllValues:${name}`, { ...plain, set: "ForAllValues" }],
    ] satisfies [string, Operator][];
  }),
]);

/** @throws UnsupportedPolicyError when the operator is not known in this spelling. */
export function operatorOf(name: string, where: string): Operator {
  const operator = operatorsByName.get(name);
  if (operator === undefined) {
    throw new UnsupportedPolicyError(where, `unknown condition operator "${name}"`);
  }
  return operator;
}

/** ARNs are compared part by part, so a `*` does not reach across a colon of the first five parts. */
function arnMatcher(value: string, place: ValuePlace): ValueMatcher {
  const parts = arnParts(value.replaceAll(/\$\{[^}]*\}/g, (variable) => "v".repeat(variable.length)));
  if (parts === undefined) {
    throw new UnsupportedPolicyError(place.where, `"${value}" does not have the six parts of an ARN`);
  }
  let start = 0;
  const matchers = parts.map(({ length }) => {
    const matches = valueMatcher(value.slice(start, start + length), { wildcards: true }, place);
    start += length + 1;
    return matches;
  });
  return (text, request) => {
    const actual = arnParts(text);
    return actual !== undefined && matchers.every((matches, i) => matches(actual[i] ?? "", request));
  };
}

/** The six parts of an ARN; the last one may hold colons. */
function arnParts(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function boolMatcher(value: string, { where }: ValuePlace): ValueMatcher {
  const wanted = value.toLowerCase();
  if (wanted !== "true" && wanted !== "false") {
    throw new UnsupportedPolicyError(where, `"${value}" is neither true nor false`);
  }
  return (text) => text.toLowerCase() === wanted;
}

function addressMatcher(value: string, { where }: ValuePlace): ValueMatcher {
  const range = ipv4Range(value);
  if (range === undefined) {
    throw new UnsupportedPolicyError(where, `"${value}" is not an IPv4 address or range`);
  }
  return (text) => {
    const address = ipv4Number(text);
    return address !== undefined && address >= range.first && address <= range.last;
  };
}

function numeric(compare: (actual: number, wanted: number) => boolean): BaseOperator {
  const compile: BaseOperator["compile"] = (value, { where }) => {
    const wanted = numberOf(value, where);
    return (text) => compare(numberOf(text, `${where}, value of the request`), wanted);
  };
  return { types: ["numeric"], negated: false, compile };
}

function numberOf(text: string, where: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new UnsupportedPolicyError(where, `"${text}" is not a decimal number`);
  }
  return Number(text);
}
