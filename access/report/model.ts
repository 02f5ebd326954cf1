import type { DeployedTenant } from "../../tenancy/deployed";
import type { Access } from "../../tenancy/model";
import { grantsOf, landingFolder } from "../grant";

/** Who may do what, where, with which keys until when, in one stack on one day. */
export interface AccessReport {
  readonly stack: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Sorted by name. */
  readonly tenants: readonly ReportedTenant[];
}

export interface ReportedTenant {
  readonly name: string;
  readonly userName: string;
  readonly description?: string;
  readonly contact?: string;
  /** A suspended tenant has no access and no keys in use. */
  readonly state: "active" | "suspended";
  /** The client's path after login. */
  readonly landingFolder: string;
  /** Sorted by entry; none while suspended. */
  readonly folders: readonly ReportedFolder[];
  /** Those that are deployed, sorted by fingerprint. */
  readonly keys: readonly ReportedKey[];
}

export interface ReportedFolder {
  /** Path the client sees. */
  readonly entry: string;
  /** Place in the landing bucket. */
  readonly prefix: string;
  readonly access: Access;
  /** Name of the space, where others may hold it too. */
  readonly space?: string;
}

export interface ReportedKey {
  readonly type: string;
  readonly fingerprint: string;
  readonly comment: string;
  /** Last day of use; undefined: until it is removed. */
  readonly expires?: string;
}

/** The report of the tenants that a stack knows. */
export function accessReport(stack: string, today: string, tenants: readonly DeployedTenant[]): AccessReport {
  return { stack, today, tenants: tenants.map(reportedTenant) };
}

function reportedTenant(tenant: DeployedTenant): ReportedTenant {
  const { name, userName, description, contact, state } = tenant;
  const grants = state === "active" ? grantsOf(tenant) : [];
  return {
    name,
    userName,
    ...(description === undefined ? {} : { description }),
    ...(contact === undefined ? {} : { contact }),
    state,
    landingFolder: landingFolder(grants),
    folders: grants.map(({ entry, prefix, access, shared }) => ({
      entry,
      prefix,
      access,
      ...(shared ? { space: entry.slice(1) } : {}),
    })),
    keys: tenant.deployedKeys.map(({ type, fingerprint, comment, expires }) => ({
      type,
      fingerprint,
      comment,
      ...(expires === undefined ? {} : { expires }),
    })),
  };
}

/** How a key's end reads in a report. */
export function untilText({ expires }: ReportedKey): string {
  return expires === undefined ? "no end" : `until ${expires}`;
}
