import { visibleLine } from "../invisible";
import type { EncryptionChoice } from "../tenancy/encryption";
import { isIsoDate } from "../tenancy/date";
import { readEmail } from "../tenancy/endpoint";
import { listed } from "../tenancy/quote";
import { authentications, defaultAuthentication, identityProviders, type SignIn } from "../tenancy/signIn";
import { addressesOfEndpoint, type Endpoint } from "./endpoint";
import type { AnySetting, ValueOf } from "./setting";
import { encryptionOfData } from "./encryption";
import { faultOfRegion } from "./region";
import { serverIdentity } from "./serverIdentity";
import { faultOfSecurityPolicy, recommendedSecurityPolicy } from "./securityPolicy";

/** Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentionDaysOfCloudWatch = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Lambda repeats a failed invocation after a minute, and the first one must have given up by then. */
const onUploadTimeoutLimit = 55;

/**
 * Memory of a function in MB, which its share of a processor grows with. Source: Lambda API reference, CreateFunction, MemorySize.
 * Below the least, Node and the check of one password (32 MB) have too little.
 */
const identityProviderMemoryBounds = { least: 256, most: 10240 };

/** Seconds. A cold start and a password take three; a client that waits longer than the most has gone. */
const identityProviderTimeoutBounds = { least: 5, most: 60 };

/** A managed policy of an account or of AWS. Source: IAM User Guide, "IAM identifiers". */
const policyArn = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/;

/** Ours: a name, an address and a telephone number have room in it. */
const supportContactLimit = 256;

/** Every setting but `aws:region`, which is the provider's. Pulumi.yaml declares the same. */
export const settings = {
  tenantsFile: {
    type: "text",
    default: "tenants.yaml",
    description: "The file that says who may log in and to what, relative to the project",
    fault: (file) => (file === "" ? "it is the path of a file, as tenants.yaml" : undefined),
  },
  protect: {
    type: "boolean",
    default: true,
    description:
      "Whether the server and the landing bucket refuse to be deleted. Without it `pulumi destroy` also deletes the " +
      "bucket's files",
  },
  securityPolicy: {
    type: "text",
    default: recommendedSecurityPolicy,
    description: "Transfer's name for the set of SSH algorithms that the server accepts",
    fault: faultOfSecurityPolicy,
  },
  ...serverIdentity,
  roleLogging: {
    type: "boolean",
    default: true,
    description:
      "Whether the service also writes its role-based log to /aws/transfer/<server id>, beside the structured one",
  },
  logRetentionDays: {
    type: "whole number",
    default: 365,
    description: "Days for which both logs are kept; one of the numbers CloudWatch Logs knows",
    fault: (days) =>
      retentionDaysOfCloudWatch.includes(days)
        ? undefined
        : `CloudWatch Logs keeps logs for ${retentionDaysOfCloudWatch.join(", ")} days`,
  },
  noncurrentVersionDays: {
    type: "whole number",
    default: 90,
    description: "Days after which overwritten and deleted versions of an object expire",
    fault: atLeast(1),
  },
  onUploadTimeoutSeconds: {
    type: "whole number",
    default: 30,
    description:
      "Seconds that one invocation of the function on-upload may take, at most 55: Lambda repeats a failed one after a " +
      "minute",
    fault: (seconds) =>
      seconds >= 10 && seconds <= onUploadTimeoutLimit ? undefined : `it is 10 to ${onUploadTimeoutLimit}`,
  },
  onUploadConcurrency: {
    type: "whole number",
    default: -1,
    description:
      "The most invocations of on-upload at a time, set aside for it from the account's; -1 means as many as are left",
    // Zero would stop the function: every upload would end as a dead letter.
    fault: (most) =>
      most === -1 || atLeast(1)(most) === undefined ? undefined : "it is 1 or more, or -1 for no limit",
  },
  identityProvider: {
    type: "text",
    default: "service-managed",
    description:
      "Who knows the users: service-managed (the service, by keys alone), or lambda (a function: passwords, allowedCidrs, a " +
      "switch to stop a tenant). A change replaces the server",
    fault: oneOf(identityProviders),
  },
  authentication: {
    type: "text",
    default: defaultAuthentication,
    description:
      "What clients log in with where identityProvider is lambda: PASSWORD, PUBLIC_KEY, PUBLIC_KEY_OR_PASSWORD or " +
      "PUBLIC_KEY_AND_PASSWORD",
    fault: oneOf(authentications),
  },
  identityProviderMemory: {
    type: "whole number",
    default: 1024,
    description: "MB of memory of the function identity-provider; the check of a password takes less time with more",
    fault: within(identityProviderMemoryBounds),
  },
  identityProviderTimeoutSeconds: {
    type: "whole number",
    default: 10,
    description: "Seconds that one invocation of the function identity-provider may take; then the login is refused",
    fault: within(identityProviderTimeoutBounds),
  },
  identityProviderConcurrency: {
    type: "whole number",
    default: -1,
    description:
      "The most logins that the function identity-provider decides at a time, set aside for it from the account's; -1 means " +
      "as many as are left",
    // Zero would stop the function: nobody could log in.
    fault: (most) =>
      most === -1 || atLeast(1)(most) === undefined ? undefined : "it is 1 or more, or -1 for no limit",
  },
  ...addressesOfEndpoint,
  ...encryptionOfData,
  alarmEmail: {
    type: "text",
    default: "",
    description: "Who gets a mail when an alarm begins and ends; it has to be confirmed once. Empty means nobody",
    fault: (address) =>
      address === "" || readEmail(address).fault === undefined
        ? undefined
        : "it is one mail address, as ops@acme.example",
  },
  supportContact: {
    type: "text",
    default: "",
    description: "Whom a partner asks, as `npm run sheet` prints it: one line. Empty means that nobody is named",
    fault: (contact) =>
      contact.length <= supportContactLimit && visibleLine.test(contact)
        ? undefined
        : `it is one line of ${supportContactLimit} characters at most, none of them invisible`,
  },
  permissionsBoundary: {
    type: "text",
    default: "",
    description:
      "ARN of the managed policy beyond which none of the gateway's roles can go; deploy/aws/roles.yaml makes one. Empty " +
      "means none",
    fault: (policy) =>
      policy === "" || policyArn.test(policy)
        ? undefined
        : "it is the ARN of a managed policy, as arn:aws:iam::123456789012:policy/sftp-gateway-dev-boundary",
  },
  failedLoginThreshold: {
    type: "whole number",
    default: 50,
    description: "So many failed logins within five minutes raise an alarm",
    fault: atLeast(1),
  },
  today: {
    type: "text",
    default: "",
    description: "The day (UTC, YYYY-MM-DD) against which key expiry is checked; empty means the current day",
    fault: (day) => (day === "" || isIsoDate(day) ? undefined : faultOfDay(day)),
  },
} as const satisfies Readonly<Record<string, AnySetting>>;

/** The provider's setting that the program needs; a gateway takes another region as an argument. */
export const region = {
  type: "text",
  default: "",
  description: "The region where everything lies",
  fault: faultOfRegion,
} as const satisfies AnySetting;

/** The typed values of all settings; `today` and `alarmEmail` may be empty. */
export type Settings = { readonly region: string } & SignIn &
  EncryptionChoice & { readonly endpoint: Endpoint } & {
    readonly [
      Name in Exclude<keyof typeof settings, keyof SignIn | keyof EncryptionChoice | "endpoint">
    ]: ValueOf[(typeof settings)[Name]["type"]];
  };

function atLeast(least: number): (value: number) => string | undefined {
  return (value) => (value >= least ? undefined : `it is ${least} or more`);
}

function within({ least, most }: Record<"least" | "most", number>): (value: number) => string | undefined {
  return (value) => (value >= least && value <= most ? undefined : `it is ${least} to ${most}`);
}

function oneOf(choices: readonly string[]): (value: string) => string | undefined {
  return (value) => (choices.includes(value) ? undefined : `it is ${listed(choices, "or")}`);
}

/** YAML reads a day without quotes as a time, which the engine then writes out. */
function faultOfDay(text: string): string {
  const [, day] = /^(\d{4}-\d\d-\d\d) 00:00:00 \+0000 UTC$/.exec(text) ?? [];
  return day === undefined
    ? "it is a day of the calendar as YYYY-MM-DD"
    : `YAML reads a day as a time: put it in quotes, "${day}"`;
}
