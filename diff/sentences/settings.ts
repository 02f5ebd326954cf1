import { shownTags } from "../../settings/defaultTags";
import { readSecurityPolicy } from "../../settings/securityPolicy";
import type { Detail } from "../details";
import { isInput, isRenamed, isWhole } from "../explained";
import { counted, plain, say, type Sentence } from "../sentence";
import { tell, type Mark } from "../telling";
import { goes, text, type ChangedSetting } from "./changedSetting";
import { encryptionSentences } from "./encryption";
import { endpointSentences } from "./endpoint";
import { hostKeySentence } from "./hostKey";

const server = "aws:transfer/server:Server";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const lambdaFunction = "aws:lambda/function:Function";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const subscription = "aws:sns/topicSubscription:TopicSubscription";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

/** Of each setting, by its full key, what a change of it does to whom. */
export const settingSentences = {
  "aws:region": tell({
    marks: ["breaking", "dangerous"],
    say: ({ from, to }: ChangedSetting) =>
      say`everything is deleted in ${text(from)} and made anew in ${text(to)}: another host name and host key for every client; the files, the messages in queues and the logs do not move along`,
    explains: ({ kind }) => kind === "replaced",
  }),
  "aws:defaultTags": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`every resource that takes tags bears ${shownTags(to) || "none of the provider's"} instead of ${shownTags(from) || "none"}`,
  }),
  "sftp-gateway:tenantsFile": tell({
    say: ({ from, to }: ChangedSetting) => say`the tenants stand in ${text(to)} instead of ${text(from)}`,
  }),
  "sftp-gateway:protect": tell({
    marks: ({ to }: ChangedSetting) => (to === "true" ? [] : ["dangerous"]),
    say: ({ to }: ChangedSetting) =>
      to === "true"
        ? say`the server, the landing bucket and the gateway's own addresses and KMS key refuse to be deleted from now on`
        : say`the server, the landing bucket and the gateway's own addresses and KMS key are no longer protected: they can be deleted, the bucket with every file in it`,
    explains: (detail, { from, to }) =>
      (detail.kind === "option" && detail.path[0] === "protect" && goes(detail, from, to)) ||
      (isInput(detail, "aws:s3/bucket:Bucket", "forceDestroy") && goes(detail, to, from)),
  }),
  "sftp-gateway:securityPolicy": tell({
    marks: securityMarks,
    say: ({ from, to }: ChangedSetting) =>
      say`the server offers the SSH algorithms of ${text(to)} instead of ${text(from)}: ${plain(
        month(to) < month(from)
          ? "older ones, which are weaker"
          : "clients that know none of them cannot connect any more",
      )}`,
    explains: (detail, { from, to }) => isInput(detail, server, "securityPolicyName") && goes(detail, from, to),
  }),
  "sftp-gateway:hostKey": tell({
    say: ({ from, to }: ChangedSetting) =>
      to === ""
        ? say`the server is given no host key any more; it keeps those that it has`
        : from === ""
          ? say`the server is given a host key, as a secret`
          : say`the private half of the host key is changed, or encrypted anew`,
    explains: (detail) => isInput(detail, server, "hostKey"),
  }),
  "sftp-gateway:hostKeyPublic": hostKeySentence,
  "sftp-gateway:loginBanner": tell({
    say: ({ from, to }: ChangedSetting) =>
      to === ""
        ? say`clients are no longer shown a text before they log in; it was ${text(from)}`
        : say`clients are shown ${text(to)} before they log in instead of ${from === "" ? plain("nothing") : text(from)}`,
    explains: (detail, { from, to }) =>
      isInput(detail, server, "preAuthenticationLoginBanner") && goes(detail, from || undefined, to || undefined),
  }),
  "sftp-gateway:roleLogging": tell({
    marks: ({ to }: ChangedSetting) => (to === "true" ? [] : ["dangerous"]),
    say: ({ to }: ChangedSetting) =>
      to === "true"
        ? say`the service also writes its role-based log, beside the structured one`
        : say`the service no longer writes its role-based log; what is in it is deleted`,
    explains: (detail) =>
      isInput(detail, server, "loggingRole") ||
      (isWhole(detail, logGroup) && detail.resource?.name.endsWith("-role-log") === true),
  }),
  "sftp-gateway:logRetentionDays": tell({
    marks: ifLess,
    say: ({ from, to }: ChangedSetting) => say`logs are kept for ${days(to)} instead of ${days(from)}`,
    explains: (detail, { from, to }) => isInput(detail, logGroup, "retentionInDays") && goes(detail, from, to),
  }),
  "sftp-gateway:noncurrentVersionDays": tell({
    marks: ifLess,
    say: ({ from, to }: ChangedSetting) =>
      say`overwritten and deleted files can be brought back for ${days(to)} instead of ${days(from)}`,
    explains: (detail, { from, to }) =>
      isInput(detail, lifecycle, "rules") &&
      detail.path.slice(2).join(".") === "noncurrentVersionExpiration.noncurrentDays" &&
      goes(detail, from, to),
  }),
  "sftp-gateway:onUploadTimeoutSeconds": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`the function on-upload has ${text(to)} seconds for an upload instead of ${text(from)}`,
    explains: (detail, { from, to }) =>
      ofOnUpload(detail) && isInput(detail, lambdaFunction, "timeout") && goes(detail, from, to),
  }),
  "sftp-gateway:onUploadConcurrency": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`the function on-upload runs ${concurrency(to)} at a time instead of ${concurrency(from)}`,
    explains: (detail, { from, to }) =>
      ofOnUpload(detail) && isInput(detail, lambdaFunction, "reservedConcurrentExecutions") && goes(detail, from, to),
  }),
  "sftp-gateway:identityProvider": tell({
    marks: ["breaking", "dangerous"],
    say: ({ to }: ChangedSetting) =>
      to === "lambda"
        ? say`a function decides each login from now on, instead of the service's own list of users and keys`
        : say`the service's own list of users and keys decides logins again: passwords, allowed addresses and stops end`,
    explains: (detail) =>
      ofIdentityProvider(detail) ||
      (isWhole(detail, "aws:cloudwatch/queryDefinition:QueryDefinition") && isOfDeniedLogins(detail)) ||
      isWhole(detail, "aws:transfer/user:User", "aws:transfer/sshKey:SshKey", ...componentsOfLogins) ||
      ["identityProviderType", "function", "sftpAuthenticationMethods"].some((input) =>
        isInput(detail, server, input),
      ) ||
      isInput(detail, "aws:iam/role:Role", "assumeRolePolicy"),
  }),
  "sftp-gateway:authentication": tell({
    marks: authenticationMarks,
    say: ({ from, to }: ChangedSetting) => say`clients log in with ${shown(to)} instead of ${shown(from)}`,
    explains: (detail, { from, to }) =>
      (isInput(detail, server, "sftpAuthenticationMethods") && goes(detail, from, to)) ||
      (ofIdentityProvider(detail) && detail.path.at(-1) === "AUTHENTICATION" && goes(detail, from, to)),
  }),
  "sftp-gateway:identityProviderMemory": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`the function identity-provider has ${text(to)} MB of memory instead of ${text(from)}`,
    explains: (detail, { from, to }) =>
      ofIdentityProvider(detail) && isInput(detail, lambdaFunction, "memorySize") && goes(detail, from, to),
  }),
  "sftp-gateway:identityProviderTimeoutSeconds": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`the function identity-provider has ${text(to)} seconds for a login instead of ${text(from)}`,
    explains: (detail, { from, to }) =>
      ofIdentityProvider(detail) &&
      ((isInput(detail, lambdaFunction, "timeout") && goes(detail, from, to)) || isDurationAlarm(detail)),
  }),
  "sftp-gateway:identityProviderConcurrency": tell({
    // Beyond it nobody logs in.
    marks: ({ to }: ChangedSetting) => (to === "-1" ? [] : ["breaking"]),
    say: ({ from, to }: ChangedSetting) =>
      say`logins are decided ${concurrency(to)} at a time instead of ${concurrency(from)}; beyond that they fail`,
    explains: (detail, { from, to }) =>
      ofIdentityProvider(detail) &&
      isInput(detail, lambdaFunction, "reservedConcurrentExecutions") &&
      goes(detail, from, to),
  }),
  ...endpointSentences,
  ...encryptionSentences,
  "sftp-gateway:alarmEmail": tell({
    marks: ["dangerous"],
    say: ({ from, to }: ChangedSetting) => say`a mail of each alarm goes to ${address(to)} instead of ${address(from)}`,
    explains: (detail, { from, to }) =>
      detail.resource?.type === subscription &&
      detail.resource.name.endsWith("-alarms") &&
      detail.resource.inputs["protocol"] === "email" &&
      String(detail.resource.inputs["topic"]).endsWith("-alarms") &&
      detail.resource.inputs["endpoint"] === (detail.kind === "deleted" ? from : to) &&
      (detail.kind !== "input" || goes(detail, from, to)),
  }),
  "sftp-gateway:supportContact": tell({
    say: ({ from, to }: ChangedSetting) =>
      say`sheets for partners name ${address(to)} as whom to ask, instead of ${address(from)}; those that were sent keep what they say`,
  }),
  "sftp-gateway:permissionsBoundary": tell({
    // Another one may allow more than the one that was reviewed.
    marks: ({ from }: ChangedSetting) => (from === "" ? [] : ["dangerous"]),
    say: ({ from, to }: ChangedSetting) =>
      to === ""
        ? say`no role has a permissions boundary any more; it was ${text(from)}`
        : say`the permissions boundary of every role is ${text(to)} instead of ${from === "" ? plain("none") : text(from)}; where it allows less than the role needs, tenants are denied`,
    explains: (detail, { from, to }) =>
      isInput(detail, "aws:iam/role:Role", "permissionsBoundary") && goes(detail, from || undefined, to || undefined),
  }),
  "sftp-gateway:failedLoginThreshold": tell({
    marks: ({ from, to }: ChangedSetting) => (Number(to) > Number(from) ? ["dangerous"] : []),
    say: ({ from, to }: ChangedSetting) =>
      say`${text(to)} failed logins within five minutes raise an alarm instead of ${text(from)}`,
    explains: (detail, { from = "", to = "" }) =>
      detail.resource?.name.endsWith("-failed-logins") === true &&
      ((isInput(detail, alarm, "threshold") && goes(detail, from, to)) ||
        (isInput(detail, alarm, "alarmDescription") && isRenamed(detail, { from, to }))),
  }),
  "sftp-gateway:today": tell({
    marks: ({ to }: ChangedSetting) => (to === "" ? [] : ["dangerous"]),
    say: ({ to, from }: ChangedSetting) =>
      to === ""
        ? say`keys end on their last day again, instead of being judged as of ${text(from)}`
        : say`keys are judged as of ${text(to)} from now on, whatever day it is: those that end later do not end`,
  }),
};

function ofOnUpload({ resource }: Detail): boolean {
  return resource?.name.endsWith("-on-upload") === true;
}

/** What belongs to the function that answers logins. */
function ofIdentityProvider({ resource }: Detail): boolean {
  return /-identity-provider(-[a-z-]+)?$/.test(resource?.name ?? "");
}

/** The query that a stack has whose logins a function decides. */
function isOfDeniedLogins({ resource }: Detail): boolean {
  return resource?.name.endsWith("-denied-logins") === true;
}

/** It begins at a share of what one login may take. */
function isDurationAlarm(detail: Detail): boolean {
  const isIts = detail.resource?.name.endsWith("-identity-provider-duration") === true;
  return isIts && (isInput(detail, alarm, "threshold") || isInput(detail, alarm, "alarmDescription"));
}

/** What the users hang under in Pulumi's tree, whoever knows them. */
const componentsOfLogins = ["sftp-gateway:components:GatewayUsers", "sftp-gateway:components:IdentityProvider"];

const credentials: Readonly<Record<string, string>> = {
  PASSWORD: "a password",
  PUBLIC_KEY: "a key",
  PUBLIC_KEY_OR_PASSWORD: "a key or a password",
  PUBLIC_KEY_AND_PASSWORD: "a key and a password",
};

function shown(authentication = ""): Sentence {
  return plain(credentials[authentication] ?? "something else");
}

/** Asking for both is the only change that lets nobody in whom the other way did not. */
function authenticationMarks({ from = "", to = "" }: ChangedSetting): readonly Mark[] {
  const isMore = to === "PUBLIC_KEY_AND_PASSWORD";
  const wasAll = from === "PUBLIC_KEY_OR_PASSWORD";
  return [
    ...(to === "PUBLIC_KEY_OR_PASSWORD" ? [] : ["breaking" as const]),
    ...(isMore || wasAll ? [] : ["dangerous" as const]),
  ];
}

function days(value: string | undefined): Sentence {
  return plain(counted(Number(value), "day"));
}

function address(value: string | undefined): Sentence {
  return value === undefined || value === "" ? plain("nobody") : say`${value}`;
}

function concurrency(value: string | undefined): Sentence {
  return value === "-1" ? plain("as often as the account has room for") : say`at most ${value ?? ""} times`;
}

/** `2025-03`: the month in the name of a security policy; empty where it is none that is known. */
function month(name = ""): string {
  return readSecurityPolicy(name)?.month ?? "";
}

/** Older sets are weaker, and so may be any set after one of a stricter variant. */
function securityMarks({ from = "", to = "" }: ChangedSetting): readonly Mark[] {
  const [was, is] = [readSecurityPolicy(from), readSecurityPolicy(to)];
  const isLeft = was?.variant !== "" && was?.variant !== is?.variant;
  return month(to) < month(from) || isLeft ? ["breaking", "dangerous"] : ["breaking"];
}

function ifLess({ from, to }: ChangedSetting): readonly Mark[] {
  return Number(to) < Number(from) ? ["dangerous"] : [];
}
