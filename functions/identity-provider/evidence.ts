import type { LoginRecord } from "../../access/loginRecord";
import type { DenialCause } from "../../access/logins";
import { newSalt, readCredentials, type Credentials } from "./credentials";
import type { Ports } from "./ports";
import { recordIn } from "./readRecords";
import { recordFileOf } from "./recordFiles";
import type { LoginRequest } from "./request";

/** What was looked up, or why that failed. */
export type Finding<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: FaultCause; readonly error: unknown };

type FaultCause = Extract<DenialCause, "table" | "corrupt">;

/** All that a decision knows. */
export interface Evidence {
  readonly record: Finding<LoginRecord | undefined>;
  readonly credentials: Finding<Credentials | undefined>;
  /** Of the password that was given, if one was. */
  readonly hash: Finding<Buffer | undefined>;
}

/** Stands in where there is no salt, so that scrypt runs for everybody. */
const decoySalt = newSalt();

/**
 * Looks up everything that a decision may need, always: one file, one item, and with a password one run of scrypt. So an
 * answer comes after the same work whoever asked, and its time tells nobody which logins there are.
 */
export async function gatherEvidence({ userName, password }: LoginRequest, ports: Ports): Promise<Evidence> {
  const record = await attempt("corrupt", async () => {
    const text = await ports.recordFile(recordFileOf(userName));
    return text === undefined ? undefined : recordIn(text, userName);
  });
  const credentials = await credentialsOf(record.value?.tenant ?? userName, ports);
  const hash = await attempt("corrupt", () =>
    password === undefined ? undefined : ports.hash(password, credentials.value?.scrypt?.salt ?? decoySalt),
  );
  return { record, credentials, hash };
}

async function credentialsOf(tenant: string, ports: Ports): Promise<Finding<Credentials | undefined>> {
  const item = await attempt("table", () => ports.item(tenant));
  return item.fault !== undefined || item.value === undefined
    ? (item as Finding<undefined>)
    : attempt("corrupt", () => ownCredentials(item.value, tenant));
}

function ownCredentials(item: unknown, tenant: string): Credentials {
  const credentials = readCredentials(item);
  if (credentials.tenant !== tenant) {
    throw new Error("the credentials are those of another tenant");
  }
  return credentials;
}

async function attempt<T>(fault: FaultCause, work: () => T | Promise<T>): Promise<Finding<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { fault, error };
  }
}
