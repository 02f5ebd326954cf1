import { isExpired } from "../../tenancy/deployed";
import type { AccessReport, ReportedKey, ReportedListener, ReportedServer, ReportedTenant } from "./model";

/*
 * How the parts of a report read in every format. Nothing here is escaped: each format does so in its own way, to each of
 * these texts as a whole.
 */

/** What the report is of, a line for each part. */
export function aboutLines({ commit, servers, buckets }: AccessReport): string[] {
  return [
    ...(commit === undefined ? [] : [`commit ${commit}`]),
    ...servers.map((server) => `server ${serverText(server)}`),
    ...buckets.map((bucket) => `bucket ${bucket}`),
  ];
}

function serverText({ name, endpointType, securityPolicy, authentication }: ReportedServer): string {
  return `${name}: ${endpointType}, ${securityPolicy}, ${authentication}`;
}

/** How a key's end reads. @param today The report's day, on which a key that a function knows may have ended. */
export function untilText(key: ReportedKey, today: string): string {
  if (key.expires === undefined) {
    return "no end";
  }
  return isExpired(key, today) ? `ended ${key.expires}` : `until ${key.expires}`;
}

/** A key without its fingerprint: `ssh-ed25519 batch, until 2027-06-30`. */
export function keyText(key: ReportedKey, today: string): string {
  return `${[key.type, key.comment].filter(Boolean).join(" ")}, ${untilText(key, today)}`;
}

/** What else lets a tenant in, or keeps it out: a password, addresses. Nothing where it is keys, from anywhere. */
export function loginTexts({ password, allowedCidrs }: Pick<ReportedTenant, "password" | "allowedCidrs">): string[] {
  return [
    ...(password ? ["with a password"] : []),
    ...(allowedCidrs === undefined ? [] : [`only from ${allowedCidrs.join(", ")}`]),
  ];
}

/** Why nobody gets in, or undefined where somebody may. */
export function shutOutText({ state, keys, password }: ReportedTenant): string | undefined {
  if (state === "suspended") {
    return "suspended: cannot log in";
  }
  return keys.length === 0 && !password ? "no key: cannot log in" : undefined;
}

/** What becomes of a tenant's files: how long they are kept, and who hears of them. */
export function filesTexts({
  retentionDays,
  listeners,
}: Pick<ReportedTenant, "retentionDays" | "listeners">): string[] {
  return [
    ...(retentionDays === undefined ? [] : [`expire after ${retentionDays} ${retentionDays === 1 ? "day" : "days"}`]),
    ...listeners.map((listener) => `uploads told to ${listenerText(listener)}`),
  ];
}

/** Who hears: `email ops@acme.example`. */
export function listenerText({ kind, endpoint, readers = [] }: ReportedListener): string {
  if (kind !== "own-queue") {
    return `${kind} ${endpoint ?? ""}`;
  }
  return readers.length === 0 ? "own queue" : `own queue, read by ${readers.join(", ")}`;
}
