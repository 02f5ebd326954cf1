import { identityOf, parsePublicKey, type PublicKey } from "../tenancy/publicKey";
import { readText } from "../tenancy/text";
import { formatProblem } from "../tenancy/problem";
import { UserError } from "../userError";
import { parsed } from "./edited";

/** One key of a tenant as the file has it. */
export interface WrittenKey {
  readonly key: PublicKey;
  /** Its place in the tenant's list. */
  readonly index: number;
  /** Whether it is a mapping, with `expires` or `environments`. */
  readonly isMapping: boolean;
  readonly expires: string | undefined;
  readonly environments: readonly string[] | undefined;
}

/** One tenant as the file has it. */
export interface WrittenTenant {
  readonly name: string;
  readonly index: number;
  readonly userName: string;
  readonly isSuspended: boolean;
  /** Whether a password may open it. */
  readonly hasPassword: boolean;
  /** How many keys the list has, those that cannot be read among them. */
  readonly numberOfKeys: number;
  /** Those that can be read. */
  readonly keys: readonly WrittenKey[];
}

/** A tenants file that is going to be edited: it may have errors, but no mistake of syntax. */
export interface TenantsText {
  /** The path as the user gave it. */
  readonly file: string;
  readonly text: string;
  readonly tenants: readonly WrittenTenant[];
  /** Names that no tenant may bear. */
  readonly retired: readonly string[];
}

/** @throws UserError when the file cannot be read, or not as YAML. */
export function readTenantsText(file: string): TenantsText {
  const report = readText(file);
  if (report.hasErrors) {
    throw new UserError(report.problems.map(formatProblem).join("\n"));
  }
  return tenantsTextOf(file, report.text);
}

/** @throws UserError for what is not YAML. */
export function tenantsTextOf(file: string, text: string): TenantsText {
  const { content } = parsed(file, text);
  const [list, retired] = [field(content, "tenants"), field(content, "retired")];
  return {
    file,
    text,
    tenants: Array.isArray(list) ? list.flatMap(writtenTenant) : [],
    retired: Array.isArray(retired) ? retired.map(String) : [],
  };
}

/** The tenant's key that is the same as another, whatever their comments. */
export function sameKey({ keys }: WrittenTenant, key: PublicKey): WrittenKey | undefined {
  return keys.find((each) => identityOf(each.key) === identityOf(key));
}

function writtenTenant(entry: unknown, index: number): WrittenTenant[] {
  const name = field(entry, "name");
  if (typeof name !== "string") {
    return [];
  }
  const [userName, keys] = [field(entry, "userName"), field(entry, "sshKeys")];
  const list: unknown[] = Array.isArray(keys) ? keys : [];
  return [
    {
      name,
      index,
      userName: typeof userName === "string" ? userName : name,
      isSuspended: field(entry, "state") === "suspended",
      hasPassword: field(entry, "password") === true,
      numberOfKeys: list.length,
      keys: list.flatMap(writtenKey),
    },
  ];
}

function writtenKey(entry: unknown, index: number): WrittenKey[] {
  const text = typeof entry === "string" ? entry : field(entry, "key");
  const { key } = parsePublicKey(typeof text === "string" ? text : "");
  const [expires, environments] = [field(entry, "expires"), field(entry, "environments")];
  return key === undefined
    ? []
    : [
        {
          key,
          index,
          isMapping: typeof entry !== "string",
          expires: typeof expires === "string" ? expires : undefined,
          environments: Array.isArray(environments) ? (environments as string[]) : undefined,
        },
      ];
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
