import { asciiLowerCase } from "../iam/asciiCase";
import { listOf, type Conditions, type Statement } from "../iam/policy";

/** One of those that an Allow of a resource policy or of a role's trust speaks of. */
export interface Party {
  readonly kind: "everybody" | "service" | "account" | "role" | "user" | "session" | "canonical user" | "unknown";
  /** As the document has it. */
  readonly name: string;
}

/** Whom an Allow lets in, whatever its conditions; nobody for a Deny. NotPrincipal lets in everybody but a few. */
export function partiesOf({ Effect, Principal, NotPrincipal }: Statement): Party[] {
  if (Effect === "Deny") {
    return [];
  }
  if (NotPrincipal !== undefined || Principal === "*") {
    return [{ kind: "everybody", name: "*" }];
  }
  return Object.entries(Principal ?? {}).flatMap(([type, names]) =>
    listOf(names).map((name): Party => ({ kind: kindOf(type, name), name })),
  );
}

/** Source: IAM User Guide, "AWS JSON policy elements: Principal". */
const kindsOfAws: readonly (readonly [Party["kind"], RegExp])[] = [
  ["account", /^(\d{12}|arn:[a-z-]+:iam::\d{12}:root)$/],
  ["role", /^arn:[a-z-]+:iam::\d{12}:role\/[^*?$]+$/],
  ["user", /^arn:[a-z-]+:iam::(\d{12}|cloudfront):user\/[^*?$]+$/],
  ["session", /^arn:[a-z-]+:sts::\d{12}:/],
];

function kindOf(type: string, name: string): Party["kind"] {
  if (/^\*+$/.test(name)) {
    return "everybody";
  }
  if (type === "Service") {
    return "service";
  }
  if (type === "CanonicalUser") {
    return "canonical user";
  }
  return (type === "AWS" ? kindsOfAws.find(([, shape]) => shape.test(name))?.[0] : undefined) ?? "unknown";
}

/**
 * The values that a key may have, for each condition that demands it. Operators with IfExists, Not or ForAllValues demand
 * nothing: a request without the key would pass.
 * @param keyName In lower case.
 */
export function demandedValues(conditions: Conditions, keyName: string): (readonly string[])[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    demandingOperator.test(operator)
      ? Object.entries(keys).flatMap(([key, values]) => (asciiLowerCase(key) === keyName ? [listOf(values)] : []))
      : [],
  );
}

const demandingOperator = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/;

const oneAccount = /^\d{12}$/;
const oneOrganization = /^o-[a-z0-9]+$/;

/** Condition keys that say who asks or on whose behalf, in lower case, and values that stand for somebody in particular. */
const particular = {
  "aws:principalarn": /^arn:[a-z-]+:(iam|sts)::\d{12}:[^*?$]+$/,
  "aws:principalaccount": oneAccount,
  "aws:principalorgid": oneOrganization,
  "aws:principalorgpaths": /^o-[a-z0-9]+\//,
  "aws:principalservicename": /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/,
  "aws:sourceaccount": oneAccount,
  "aws:sourceowner": oneAccount,
  "aws:sourceorgid": oneOrganization,
  // ARNs of buckets bear no account.
  "aws:sourcearn": /^arn:[a-z-]+:(s3:[a-z0-9*-]*:[\d*]*:[a-zA-Z0-9][\w.-]+|[a-z0-9-]+:[a-z0-9*-]*:\d{12}:[^*?$].*)$/,
  "kms:calleraccount": oneAccount,
  // Whoever comes by an access point is let in by its policy as well.
  "s3:dataaccesspointaccount": oneAccount,
  "s3:dataaccesspointarn": /^arn:[a-z-]+:s3:[a-z0-9*-]*:\d{12}:accesspoint\/./,
} as const;

/** A key by which a condition can say who is meant. */
export type WhoKey = keyof typeof particular;

/** Every such key. */
export const whoKeys = Object.keys(particular) as readonly WhoKey[];

/** Whether conditions leave but somebody in particular of all who might ask. */
export function sayWho(
  conditions: Conditions = {},
  keys: readonly WhoKey[],
  isMeant = (_name: string) => true,
): boolean {
  return keys.some((key) =>
    demandedValues(conditions, key).some(
      (values) => values.length > 0 && values.every((value) => particular[key].test(value) && isMeant(value)),
    ),
  );
}
