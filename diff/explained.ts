import type { Detail } from "./details";
import { isSilenceName } from "./owners";

/*
 * What the sentences explain, in the words they are declared with. Each is as narrow as what the sentence says: a value
 * beside it stays unexplained.
 */

const user = "aws:transfer/user:User";
const sshKey = "aws:transfer/sshKey:SshKey";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** An input of a resource of this type, or what lies within it. */
export function isInput({ kind, resource, path }: Detail, type: string, ...within: readonly string[]): boolean {
  return kind === "input" && resource?.type === type && within.every((key, depth) => path[depth] === key);
}

/** That a resource of one of these types comes or goes. */
export function isWhole({ kind, resource }: Detail, ...types: readonly string[]): boolean {
  return (kind === "created" || kind === "deleted") && resource !== undefined && types.includes(resource.type);
}

/** A value that the stack output `tenants` repeats. */
export function isPublished({ kind, path }: Detail, ...keys: readonly string[]): boolean {
  return kind === "output" && path[0] === "tenants" && (path.length === 2 || keys.includes(path[2] ?? ""));
}

/** That the user comes or goes, with its keys and what is published of it. */
export function isUserWithKeys(detail: Detail): boolean {
  return isUserAlone(detail) || isWhole(detail, sshKey);
}

/** That the user comes or goes, without its keys. What it sees is told only where that is logical mappings. */
export function isUserAlone(detail: Detail): boolean {
  const isLogical = detail.resource?.inputs["homeDirectoryType"] === "LOGICAL";
  return (isWhole(detail, user) && (isLogical || detail.kind === "deleted")) || isPublished(detail);
}

/** That the user is made anew under another login name. */
export function isRecreatedUser(detail: Detail): boolean {
  return isUserWithKeys(detail) || isPublished(detail, "userName", "command");
}

/** What the user of a login name is, where that was another tenant's until now: AWS changes the one into the other. */
export function isTakenOver(detail: Detail, former: string): boolean {
  const [, key = ""] = detail.path;
  const isTag = isInput(detail, user, "tags") && (key !== "sftp-gateway:tenant" || detail.from === former);
  return isTag || isDocumentOfUser(detail) || isMappingOf(detail, key) || isInput(detail, user, "homeDirectory");
}

/** The documents that decide what the user may do, and what is published of that. */
export function isDocumentOfUser(detail: Detail): boolean {
  const documents = isInput(detail, user, "policy") || isInput(detail, user, "role");
  return documents || isPublished(detail, "access", "prefixes");
}

/** What the client sees at one of these paths, as long as it lies in the same bucket. */
export function isMappingOf(detail: Detail, ...entries: readonly string[]): boolean {
  const [list, entry = "", key] = detail.path;
  const within = detail.kind === "input" && list === "homeDirectoryMappings" && entries.includes(entry);
  return within && (detail.path.length === 2 || (key === "target" && bucketOf(detail.from) === bucketOf(detail.to)));
}

/** That the path after login need not be named any more, or has to be: only one that is a mapping is. */
export function isUnsetHome(detail: Detail, ...entries: readonly string[]): boolean {
  const { from, to } = detail;
  return (
    isInput(detail, user, "homeDirectory") && entries.includes(String(from ?? to)) && [from, to].includes(undefined)
  );
}

/** The client's path after login. */
export function isLandingFolder(detail: Detail): boolean {
  return isInput(detail, user, "homeDirectory") || isPublished(detail, "homeDirectory");
}

/** A key, by the fingerprint that its name ends with, and what is published of it. */
export function isKey(detail: Detail, fingerprint: string): boolean {
  const { kind, resource, path } = detail;
  const published = isPublished(detail, "keyFingerprints") && path.at(-1) === fingerprint;
  return published || (kind !== "input" && isWhole(detail, sshKey) && resource?.name.endsWith(fingerprint) === true);
}

/** A text that differs by nothing but a name or number that something else has now. */
export function isRenamed(
  detail: Pick<Detail, "from" | "to">,
  moved: Readonly<Record<"from" | "to", string>>,
): boolean {
  const { from, to } = detail;
  return typeof from === "string" && from.replaceAll(moved.from, moved.to) === to;
}

/** The alarm of a tenant that is silent, which comes or goes. */
export function isSilence(detail: Detail): boolean {
  return isWhole(detail, alarm) && isSilentAlarm(detail);
}

/** The same, or after how long it begins. */
export function isSilenceAfter(detail: Detail): boolean {
  const times = ["evaluationPeriods", "datapointsToAlarm", "alarmDescription"];
  return isSilence(detail) || (isSilentAlarm(detail) && times.some((input) => isInput(detail, alarm, input)));
}

/** That it does not count while its tenant cannot log in. */
export function isSilenceSwitch(detail: Detail): boolean {
  return isSilentAlarm(detail) && isInput(detail, alarm, "actionsEnabled");
}

function isSilentAlarm({ resource }: Detail): boolean {
  return isSilenceName(resource?.name ?? "");
}

function bucketOf(target: unknown): string | undefined {
  return typeof target === "string" ? target.split("/")[1] : undefined;
}
