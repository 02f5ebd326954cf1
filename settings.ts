import * as pulumi from "@pulumi/pulumi";
import { isIsoDate, isoToday } from "./tenancy/date";
import { readEmail } from "./tenancy/endpoint";

/** Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentionDaysOfCloudWatch = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Lambda repeats a failed invocation after a minute, and the first one must have given up by then. */
const onUploadTimeoutLimit = 55;

/** A name with a date in it: names change, the pattern does not. Which dates are too old is the policy pack's to say. */
const securityPolicyPattern = /^TransferSecurityPolicy-(FIPS-)?20\d\d-\d\d$/;

/**
 * Reads and checks the stack's configuration: what differs between environments. `Pulumi.yaml` declares each key with its
 * default and what it is for; nothing else reads configuration.
 * @throws pulumi.RunError naming the first key whose value is missing or out of bounds.
 */
export function readSettings() {
  const config = new pulumi.Config();
  return {
    region: new pulumi.Config("aws").require("region"),
    tenantsFile: config.require("tenantsFile"),
    today: readToday(config),
    protect: config.requireBoolean("protect"),
    securityPolicy: config.require("securityPolicy", { pattern: securityPolicyPattern }),
    roleLogging: config.requireBoolean("roleLogging"),
    logRetentionDays: requireRetention(config, "logRetentionDays"),
    noncurrentVersionDays: config.requireNumber("noncurrentVersionDays", { min: 1 }),
    onUploadTimeoutSeconds: config.requireNumber("onUploadTimeoutSeconds", { min: 10, max: onUploadTimeoutLimit }),
    onUploadConcurrency: readConcurrency(config),
    alarmEmail: readAlarmEmail(config),
    permissionsBoundary: config.get("permissionsBoundary") ?? "",
    failedLoginThreshold: config.requireNumber("failedLoginThreshold", { min: 1 }),
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

/** Zero would stop the function: every upload would end as a dead letter. */
function readConcurrency(config: pulumi.Config): number {
  const concurrency = config.requireNumber("onUploadConcurrency", { min: -1 });
  if (concurrency === 0) {
    throw new pulumi.RunError(`'${config.name}:onUploadConcurrency' is 0; it is 1 or more, or -1 for no limit`);
  }
  return concurrency;
}

/** Declared with an empty default, because Pulumi requires a key that has none. */
function readAlarmEmail(config: pulumi.Config): string {
  const text = config.get("alarmEmail") ?? "";
  const { endpoint, fault } = text === "" ? { endpoint: "" } : readEmail(text);
  if (endpoint === undefined) {
    throw new pulumi.RunError(`'${config.name}:alarmEmail': ${fault}`);
  }
  return endpoint;
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
