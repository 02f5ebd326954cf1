import * as pulumi from "@pulumi/pulumi";
import { isIsoDate, isoToday } from "./tenancy/date";

/** What differs between environments. `Pulumi.yaml` declares each key with its default; nothing else reads configuration. */
export interface Settings {
  readonly project: string;
  readonly stack: string;
  /** `aws:region`. A change replaces everything. */
  readonly region: string;
  /** Path of tenants.yaml, relative to the project. */
  readonly tenantsFile: string;
  /** The day (UTC, YYYY-MM-DD) against which key expiry is judged. */
  readonly today: string;
  /** Whether the server and the landing bucket refuse to be deleted, and the bucket's files with it. */
  readonly protect: boolean;
  /** `TransferSecurityPolicy-YYYY-MM`, or the FIPS one. An older one than the default weakens every session. */
  readonly securityPolicy: string;
  /** Whether the service writes its role-based log as well; costs its CloudWatch Logs ingestion a second time. */
  readonly roleLogging: boolean;
  readonly logRetentionDays: number;
  readonly noncurrentVersionDays: number;
}

/** Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentionDaysOfCloudWatch = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A name with a date in it: names change, the pattern does not. Which dates are too old is the policy pack's to say. */
const securityPolicyPattern = /^TransferSecurityPolicy-(FIPS-)?20\d\d-\d\d$/;

/**
 * Reads and checks the stack's configuration.
 * @throws pulumi.RunError naming the first key whose value is missing or out of bounds.
 */
export function readSettings(): Settings {
  const config = new pulumi.Config();
  return {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    region: new pulumi.Config("aws").require("region"),
    tenantsFile: config.require("tenantsFile"),
    today: readToday(config),
    protect: config.requireBoolean("protect"),
    securityPolicy: config.require("securityPolicy", { pattern: securityPolicyPattern }),
    roleLogging: config.requireBoolean("roleLogging"),
    logRetentionDays: requireRetention(config, "logRetentionDays"),
    noncurrentVersionDays: config.requireNumber("noncurrentVersionDays", { min: 1 }),
  };
}

/** Declared with an empty default, because Pulumi requires a key that has none. */
function readToday(config: pulumi.Config): string {
  const today = config.get("today") || isoToday(new Date());
  if (!isIsoDate(today)) {
    throw new pulumi.RunError(`'${config.name}:today' is "${today}"; a day is written YYYY-MM-DD`);
  }
  return today;
}

function requireRetention(config: pulumi.Config, key: string): number {
  const days = config.requireNumber(key);
  if (!retentionDaysOfCloudWatch.includes(days)) {
    throw new pulumi.RunError(
      `'${config.name}:${key}' is ${days}; CloudWatch Logs keeps logs for ${retentionDaysOfCloudWatch.join(", ")} days`,
    );
  }
  return days;
}
