import type { TransferFamilyAuthorizerResult } from "aws-lambda";
import type { LoginRecord } from "../../access/loginRecord";
import type { DenialCause } from "../../access/logins";
import { rangeMatcher, type Address } from "../../iam/addressRange";
import { isoToday } from "../../tenancy/date";
import { isExpired } from "../../tenancy/deployed";
import type { Authentication } from "../../tenancy/signIn";
import { matchOf, type Credentials } from "./credentials";
import type { Evidence } from "./evidence";
import type { LoginRequest } from "./request";

/** What a client shows. */
type Way = "key" | "password";

/** What comes of a login. */
export type Decision =
  | {
      readonly admitted: true;
      readonly record: LoginRecord;
      /** With `key` Transfer Family still compares the client's key with those that are handed out. */
      readonly way: Way;
      readonly answer: TransferFamilyAuthorizerResult;
    }
  | Denial;

export interface Denial {
  readonly admitted: false;
  readonly cause: DenialCause;
  /** Whose login it would have been, where that is known. */
  readonly record?: LoginRecord | undefined;
  readonly error?: unknown;
}

/**
 * With both, Transfer Family asks for the keys first, and with the password once a key was right. Whoever has no key left by
 * then is not let in by the password alone.
 */
const offered: Readonly<Record<Authentication, readonly Way[]>> = {
  PASSWORD: ["password"],
  PUBLIC_KEY: ["key"],
  PUBLIC_KEY_OR_PASSWORD: ["key", "password"],
  PUBLIC_KEY_AND_PASSWORD: ["key", "password"],
};

/**
 * Decides a login. Whatever is not as it should be denies; nothing that a client sends chooses a role, a policy or a folder.
 * @param now Keys admit to the end of their last day in UTC, passwords until just before their end.
 */
export function decide(
  { password, address }: LoginRequest,
  { record: found, credentials, hash }: Evidence,
  authentication: Authentication,
  now: Date,
): Decision {
  if (found.fault !== undefined) {
    return { admitted: false, cause: found.fault, error: found.error };
  }
  const record = found.value;
  if (record === undefined) {
    return { admitted: false, cause: "unknown" };
  }
  for (const { fault, ...failed } of [credentials, hash]) {
    if (fault !== undefined) {
      return { admitted: false, cause: fault, record, ...failed };
    }
  }
  const way: Way = password === undefined ? "key" : "password";
  const keys = keysLeft(record, isoToday(now));
  const cause =
    objectionToTenant(record, credentials.value, address) ??
    (offered[authentication].includes(way) ? undefined : "not-offered") ??
    (keys.length === 0 && (way === "key" || authentication === "PUBLIC_KEY_AND_PASSWORD")
      ? "key-expired"
      : undefined) ??
    (password === undefined
      ? undefined
      : objectionToPassword(record, credentials.value, { password, hash: hash.value }, now));
  return cause === undefined
    ? { admitted: true, record, way, answer: answerOf(record, way === "key" ? keys : undefined) }
    : { admitted: false, cause, record };
}

function objectionToTenant(
  { allowedCidrs }: LoginRecord,
  credentials: Credentials | undefined,
  address: Address,
): DenialCause | undefined {
  if (credentials?.stopped !== undefined) {
    return "stopped";
  }
  const allowed = allowedCidrs === undefined || allowedCidrs.some((range) => rangeMatcher(range)?.(address));
  return allowed ? undefined : "address";
}

function objectionToPassword(
  record: LoginRecord,
  credentials: Credentials | undefined,
  { password, hash }: { readonly password: string; readonly hash: Buffer | undefined },
  now: Date,
): DenialCause | undefined {
  if (!record.password || !credentials?.hashes?.length || hash === undefined) {
    return "no-password";
  }
  // To scrypt a password and the same with NULs behind it are one: HMAC fills its key up with them.
  const match = password.includes("\0") ? "none" : matchOf(hash, credentials, now);
  return match === "valid" ? undefined : match === "expired" ? "password-expired" : "wrong-password";
}

function keysLeft({ keys }: LoginRecord, today: string): string[] {
  return keys.filter((key) => !isExpired(key, today)).map(({ key }) => key);
}

/** @param keys Undefined in the answer to a password, where Transfer Family takes none. */
function answerOf(record: LoginRecord, keys: string[] | undefined): TransferFamilyAuthorizerResult {
  return {
    Role: record.role,
    Policy: record.policy,
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryDetails: record.mappings,
    ...(record.homeDirectory !== undefined && { HomeDirectory: record.homeDirectory }),
    ...(keys !== undefined && { PublicKeys: keys }),
  };
}
