/**
 * The variants of Transfer's sets of algorithms, as their names have them, each with the month of its first set.
 * Source: Transfer Family User Guide, "Security policies for AWS Transfer Family servers", and the provider's list of
 * names in `@pulumi/aws` 7.48; read in November 2026. There is no restricted FIPS set.
 */
const firstMonths = {
  "": "2018-11",
  "Restricted-": "2018-11",
  "FIPS-": "2020-06",
  "SshAuditCompliant-": "2025-02",
  "AS2Restricted-": "2025-07",
} as const;

/** The set that a gateway has unless it is given another one; later ones are taken as well. */
export const recommendedSecurityPolicy = "TransferSecurityPolicy-2025-03";

/** What Transfer takes when none is given. Source: the resource's documentation in @pulumi/aws. */
export const defaultSecurityPolicy = "TransferSecurityPolicy-2018-11";

const begin = "TransferSecurityPolicy-";

/** A name taken apart: `FIPS-` and `2024-05`. */
export interface SecurityPolicyName {
  readonly variant: keyof typeof firstMonths;
  /** The month that the set is from, `YYYY-MM`: names of all variants are measured by it. */
  readonly month: string;
}

const pattern = new RegExp(`^${begin}(${Object.keys(firstMonths).join("|")})(\\d{4}-\\d\\d)$`);

/**
 * A security policy by its name; undefined for one without a variant and a month that are known to exist, such as the
 * experimental ones, which Transfer has withdrawn. A month later than today's newest set is taken: new ones keep coming.
 */
export function readSecurityPolicy(name: string): SecurityPolicyName | undefined {
  const [, variant, month] = pattern.exec(name) ?? [];
  return variant !== undefined && month !== undefined && isMonth(month) && month >= firstMonthOf(variant)
    ? { variant: variant as SecurityPolicyName["variant"], month }
    : undefined;
}

/** What is wrong with the name of a security policy and what would be right; undefined: nothing. */
export function faultOfSecurityPolicy(name: string): string | undefined {
  if (readSecurityPolicy(name) !== undefined) {
    return undefined;
  }
  const [, variant, month] = pattern.exec(name) ?? [];
  if (variant === undefined || month === undefined) {
    const names = Object.keys(firstMonths).map((known) => `${begin}${known}YYYY-MM`);
    return `a security policy is called ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: ${recommendedSecurityPolicy}`;
  }
  return isMonth(month)
    ? `the first of these security policies is ${begin}${variant}${firstMonthOf(variant)}`
    : `there is no month ${month}; a month is 01 to 12: ${recommendedSecurityPolicy}`;
}

/**
 * Regions where Transfer has FIPS endpoints, without which it refuses a FIPS set.
 * Source: AWS General Reference, "AWS Transfer Family endpoints and quotas", and botocore 1.43.11, `endpoints.json`;
 * read on 2026-11-25.
 */
const fipsRegions: ReadonlySet<string> = new Set([
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  ...["ca-central-1", "ca-west-1"],
  ...["us-gov-east-1", "us-gov-west-1"],
]);

/** Why a region does not have a security policy; undefined: it does, as far as is known. */
export function faultOfSecurityPolicyIn(name: string, region: string): string | undefined {
  return readSecurityPolicy(name)?.variant !== "FIPS-" || fipsRegions.has(region)
    ? undefined
    : `Transfer has FIPS endpoints in ${[...fipsRegions].join(", ")} alone: take ${recommendedSecurityPolicy}, or another region`;
}

function firstMonthOf(variant: string): string {
  return firstMonths[variant as keyof typeof firstMonths];
}

function isMonth(month: string): boolean {
  return /-(0[1-9]|1[0-2])$/.test(month);
}
