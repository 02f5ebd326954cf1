import { isIPv4 } from "node:net";
import { rangeMatcher } from "./addressRange";
import type { KeyType } from "./contextKeys";
import { every } from "./judgement";
import type { AccessRequest } from "./request";
import { valueMatcher, type ValueMatcher, type ValuePlace } from "./template";
import { demand } from "./unsupported";

/** A comparison with its prefix and suffix. */
export interface Operator extends BaseOperator {
  /** Without the prefix and the suffix. */
  readonly name: string;
  /** `ForAnyValue` or `ForAllValues`. */
  readonly set: string | undefined;
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
/** AWS does not say which letters beside those of ASCII it takes for the same in another case. */
const anyCase: BaseOperator["compile"] = (value, place) => {
  demand(
    /^[ -~]*$/.test(value),
    place.where,
    "case is ignored among the letters of ASCII alone, and the value holds others",
  );
  return valueMatcher(value, { wildcards: false, ignoreCase: true }, place);
};
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

/**
 * The operator of this name; a prefix and a suffix together are not documented, so not known.
 * @throws UnsupportedPolicyError when the operator is not known in this spelling.
 */
export function operatorOf(fullName: string, where: string): Operator {
  const [, set, name = "", suffix] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(fullName) ?? [];
  const base = Object.hasOwn(operators, name) && !(set && suffix) ? operators[name] : undefined;
  demand(base, where, `unknown condition operator "${fullName}"`);
  return { ...base, name, set, ifExists: suffix !== undefined };
}

/** ARNs are compared part by part, so a `*` does not reach across a colon of the first five parts. */
function arnMatcher(value: string, place: ValuePlace): ValueMatcher {
  const parts = arnParts(value.replaceAll(/\$\{[^}]*\}/g, (variable) => "v".repeat(variable.length)));
  demand(parts, place.where, `"${value}" does not have the six parts of an ARN`);
  let start = 0;
  const tests = parts.map(({ length }, index) => {
    const matches = valueMatcher(value.slice(start, start + length), { wildcards: true }, place);
    start += length + 1;
    return (actual: readonly string[], request: AccessRequest) => matches(actual[index] ?? "", request);
  });
  return (text, request) => {
    const actual = arnParts(text);
    return actual !== undefined && every(tests, (matches) => matches(actual, request));
  };
}

/** The six parts of an ARN; the last one may hold colons. */
function arnParts(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function boolMatcher(value: string, { where }: ValuePlace): ValueMatcher {
  const wanted = value.toLowerCase();
  demand(wanted === "true" || wanted === "false", where, `"${value}" is neither true nor false`);
  return (text) => text.toLowerCase() === wanted;
}

/** IPv4 alone: how AWS takes one address in the two spellings is not known. */
function addressMatcher(value: string, { where }: ValuePlace): ValueMatcher {
  const range = value.includes(":") ? undefined : rangeMatcher(value);
  demand(range, where, `"${value}" is not an IPv4 address or range`);
  return (text) => isIPv4(text) && range({ family: "ipv4", text });
}

function numeric(compare: (actual: number, wanted: number) => boolean): BaseOperator {
  const compile: BaseOperator["compile"] = (value, { where }) => {
    const wanted = numberOf(value, where);
    return (text) => compare(numberOf(text, `${where}, value of the request`), wanted);
  };
  return { types: ["numeric"], negated: false, compile };
}

/** With more digits than fifteen, two numbers may be one to a computer; what AWS makes of them is not known. */
function numberOf(text: string, where: string): number {
  demand(/^-?(?=[\d.]{1,16}$)\d{1,15}(\.\d+)?$/.test(text), where, `"${text}" is not a decimal number`);
  return Number(text);
}
