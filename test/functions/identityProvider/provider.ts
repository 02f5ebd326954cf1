import type { TransferFamilyAuthorizerResult } from "aws-lambda";
import type { LoginRecord } from "../../../access/loginRecord";
import {
  hashPassword,
  matchOf,
  withPassword,
  type Credentials,
} from "../../../functions/identity-provider/credentials";
import { createHandler } from "../../../functions/identity-provider/handler";
import type { Ports } from "../../../functions/identity-provider/ports";
import { recordFiles } from "../../../functions/identity-provider/recordFiles";
import { outputOf, type Line } from "../output";

/** The moment of these tests, unless one says another. */
export const noon = new Date("2026-11-25T12:00:00.000Z");

/** The password of every tenant of these tests that has one. */
export const password = "k7mn-4qrs-right";

export const keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOne", "ssh-rsa AAAAB3NzaC1yc2ETwo="] as const;

/** The record of acme, plain unless told otherwise. */
export function recordOf(changes: Partial<LoginRecord> = {}): LoginRecord {
  return {
    userName: "acme-login",
    tenant: "acme",
    role: "arn:aws:iam::123456789012:role/gw-read-write",
    policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:x"}]}',
    mappings: '[{"Entry":"/","Target":"/bucket/tenants/acme"}]',
    homeDirectory: "/",
    keys: [{ key: keys[0] }],
    password: true,
    ...changes,
  };
}

/** What Transfer Family sends. */
export function requestOf(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    username: "acme-login",
    protocol: "SFTP",
    serverId: "s-0123456789abcdef0",
    sourceIp: "203.0.113.7",
    ...changes,
  };
}

/** An item with {@link password}; made once, since a hash takes its time. */
export const itemOf = (() => {
  const made = new Map<string, Promise<Credentials>>();
  return (tenant: string, until?: string): Promise<Credentials> => {
    const key = `${tenant} ${String(until)}`;
    const item =
      made.get(key) ?? withPassword(undefined, { tenant, password, by: "ops", at: "2026-11-01T00:00:00Z", until });
    made.set(key, item);
    return item;
  };
})();

/** scrypt, run once for each password and salt: most tests ask with the same. */
export const hashOnce = (() => {
  const made = new Map<string, Promise<Buffer>>();
  return (given: string, salt: string): Promise<Buffer> => {
    const key = JSON.stringify([given, salt]);
    const hash = made.get(key) ?? hashPassword(given, salt);
    made.set(key, hash);
    return hash;
  };
})();

/** Whether a password is one of the item's and has not ended. */
export async function matches(item: Credentials, given: string, now: Date): Promise<boolean> {
  return item.scrypt !== undefined && matchOf(await hashOnce(given, item.scrypt.salt), item, now) === "valid";
}

/** In place of scrypt, where a test is not about it: right for {@link password} and the item of any tenant. */
export async function quickHash(given: string): Promise<Buffer> {
  const { hashes } = await itemOf("acme");
  return given === password ? Buffer.from(hashes![0]!.hash, "base64") : Buffer.alloc(32);
}

/** What the function was asked to do, in order. */
export interface Work {
  readonly files: string[];
  readonly items: string[];
  readonly hashes: string[];
}

export interface Answered {
  readonly answer: TransferFamilyAuthorizerResult;
  readonly lines: readonly Line[];
  readonly work: Work;
  /** The cause that the log line and the metric agree on; undefined for a login that is admitted. */
  readonly cause: string | undefined;
}

export interface World extends Partial<Omit<Ports, "recordFile" | "item">> {
  readonly records?: readonly LoginRecord[];
  /** By tenant. */
  readonly items?: Readonly<Record<string, unknown>>;
  readonly recordFile?: Ports["recordFile"];
  readonly item?: Ports["item"];
}

/** Ports onto records and items in memory, and what is asked of them. */
export function portsOf({ records = [recordOf()], items = {}, ...ports }: World): { ports: Ports; work: Work } {
  const work: Work = { files: [], items: [], hashes: [] };
  const files = new Map(Object.entries(recordFiles(records)));
  const table = new Map(Object.entries(items));
  const {
    recordFile = (name) => Promise.resolve(files.get(name)),
    item = (tenant) => Promise.resolve(table.get(tenant)),
    hash = hashOnce,
  } = ports;
  return {
    work,
    ports: {
      authentication: "PUBLIC_KEY_OR_PASSWORD",
      metricsNamespace: "gw",
      now: () => noon,
      ...ports,
      recordFile: (name) => (work.files.push(name), recordFile(name)),
      item: (tenant) => (work.items.push(tenant), item(tenant)),
      hash: (given, salt) => (work.hashes.push(salt), hash(given, salt)),
    },
  };
}

/** Asks the function once. @throws Error when log and metric do not tell the same, or more than one thing. */
export async function ask(world: World, request: unknown = requestOf()): Promise<Answered> {
  const { ports, work } = portsOf(world);
  const handler = createHandler(ports);
  let answer: TransferFamilyAuthorizerResult | undefined;
  const { lines, error } = await outputOf(async () => {
    answer = await handler(request, { awsRequestId: "request-1" });
  });
  if (error !== undefined || answer === undefined) {
    throw new Error("the function failed", { cause: error });
  }
  const logged = lines.filter(({ message }) => message !== undefined);
  const counted = lines.filter((line) => line["DeniedLogins"] !== undefined);
  const cause = logged[0]?.["cause"] as string | undefined;
  if (logged.length !== 1 || counted.length !== (cause === undefined ? 0 : 1) || counted[0]?.["cause"] !== cause) {
    throw new Error(`log and metrics disagree: ${JSON.stringify(lines)}`);
  }
  return { answer, lines, work, cause };
}
