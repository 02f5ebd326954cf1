import { publicKeyLine, type PublicKey } from "../tenancy/publicKey";
import { UserError } from "../userError";
import type { Content, Edit } from "./edit";
import { sameKey, type TenantsText, type WrittenKey, type WrittenTenant } from "./tenantsText";

/** A key to be written, with what limits it. */
export interface NewKey {
  readonly key: PublicKey;
  /** Last day, YYYY-MM-DD. */
  readonly expires?: string | undefined;
  readonly environments?: readonly string[] | undefined;
}

/** A folder to be written. */
export interface NewFolder {
  readonly name: string;
  readonly path?: string;
  readonly access: string;
}

/** A tenant to be written; what is undefined is left out. */
export interface NewTenant {
  readonly name: string;
  readonly userName?: string | undefined;
  readonly description?: string | undefined;
  readonly contact?: string | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly state?: "suspended" | undefined;
  readonly access?: string | undefined;
  readonly password?: true | undefined;
  readonly folders?: readonly NewFolder[] | undefined;
  readonly spaces?: readonly { readonly name: string; readonly access: string }[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sshKeys?: readonly NewKey[] | undefined;
}

/** A further tenant, behind all others. */
export function additionOf(tenant: NewTenant): Edit[] {
  return [{ kind: "append", path: [], key: "tenants", values: [tenantContent(tenant)] }];
}

/** The tenant as the file is to say it. */
export function tenantContent(tenant: NewTenant): { readonly [key: string]: Content } {
  const { sshKeys = [], folders, spaces, tags, ...rest } = tenant;
  const keys = sshKeys.length === 0 ? {} : { sshKeys: sshKeys.map(keyContent) };
  return { ...given(rest), ...keys, ...given({ folders: folders?.map((folder) => ({ ...folder })), spaces, tags }) };
}

/** None when it is suspended already. */
export function suspensionOf({ index, isSuspended }: WrittenTenant): Edit[] {
  return isSuspended
    ? []
    : [{ kind: "set", path: ["tenants", index], key: "state", value: "suspended", after: "name" }];
}

/** None when it is active already. */
export function resumptionOf({ index, isSuspended }: WrittenTenant): Edit[] {
  return isSuspended ? [{ kind: "remove", path: ["tenants", index, "state"], otherwise: "active" }] : [];
}

/** Takes the tenant out and its name into `retired`. @throws UserError for the only tenant of a file. */
export function retirementOf({ name, index }: WrittenTenant, { file, tenants }: TenantsText): Edit[] {
  if (tenants.length === 1) {
    throw new UserError(
      `"${name}" is the only tenant of ${file}, which needs one; add another first, or suspend this one`,
    );
  }
  return [
    { kind: "remove", path: ["tenants", index] },
    { kind: "append", path: [], key: "retired", values: [name] },
  ];
}

/** A further key, behind the others. @throws UserError when the tenant has it. */
export function keyAdditionOf(tenant: WrittenTenant, added: NewKey): Edit[] {
  if (sameKey(tenant, added.key) !== undefined) {
    throw new UserError(`tenant "${tenant.name}" has the key ${added.key.fingerprint} already`);
  }
  return [{ kind: "append", path: ["tenants", tenant.index], key: "sshKeys", values: [keyContent(added)] }];
}

/** The list goes with its last key. */
export function keyRemovalOf({ index, numberOfKeys }: WrittenTenant, key: WrittenKey): Edit[] {
  const path = ["tenants", index, "sshKeys"];
  return [{ kind: "remove", path: numberOfKeys === 1 ? path : [...path, key.index] }];
}

/**
 * A key that follows another one: in the same stacks, while the other has its last day.
 * @param until The old key's last day, unless it has an earlier one.
 */
export function rotationOf(tenant: WrittenTenant, old: WrittenKey, key: PublicKey, until: string): Edit[] {
  const path = ["tenants", tenant.index, "sshKeys", old.index];
  const isSooner = old.expires !== undefined && old.expires <= until;
  return [
    ...(old.isMapping ? [] : [{ kind: "wrap", path, key: "key" } as const]),
    ...(isSooner ? [] : [{ kind: "set", path, key: "expires", value: until } as const]),
    ...keyAdditionOf(tenant, { key, environments: old.environments }),
  ];
}

/**
 * A tenant's key, by its fingerprint; without one, the only key that does not expire.
 * @throws UserError when there is none, or which one is meant is not clear.
 */
export function keyToEnd(tenant: WrittenTenant, fingerprint: string | undefined): WrittenKey {
  if (fingerprint !== undefined) {
    return keyWith(tenant, fingerprint);
  }
  const lasting = tenant.keys.filter(({ expires }) => expires === undefined);
  const [only, other] = lasting;
  if (only === undefined) {
    throw new UserError(`tenant "${tenant.name}" has no key without an end; use add-key, or say --fingerprint`);
  }
  if (other !== undefined) {
    throw new UserError(
      `tenant "${tenant.name}" has ${lasting.length} keys without an end; say which one is replaced: ` +
        `--fingerprint ${lasting.map(({ key }) => key.fingerprint).join(" or ")}`,
    );
  }
  return only;
}

/** @throws UserError when the tenant has none with this fingerprint; it names those there are. */
export function keyWith({ name, keys }: WrittenTenant, fingerprint: string): WrittenKey {
  const found = keys.find(({ key }) => key.fingerprint === fingerprint);
  if (found === undefined) {
    const there = keys.map(({ key }) => key.fingerprint).join(", ") || "none";
    throw new UserError(`tenant "${name}" has no key ${fingerprint}; there is ${there}`);
  }
  return found;
}

/** One that has no limits is a line of text. */
function keyContent({ key, ...limits }: NewKey): Content {
  const line = publicKeyLine(key);
  const written = given(limits);
  return Object.keys(written).length === 0 ? line : { key: line, ...written };
}

function given(values: Readonly<Record<string, Content | undefined>>): { readonly [key: string]: Content } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
