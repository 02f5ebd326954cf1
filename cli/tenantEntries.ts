import { relative, resolve } from "node:path";
import { stackSettings } from "../settings/stackSettings";
import { TenantEntries } from "../tenancy/entries";
import { stackNames } from "../tenancy/stacks";
import { projectDirectory } from "./command";

/**
 * The entries of a stack's tenants file; undefined where nothing says which file that is.
 * @param tenantsFile Instead of the stack's, as the user gave it.
 */
export function tenantEntries(stack: string, tenantsFile?: string): TenantEntries | undefined {
  if (tenantsFile !== undefined) {
    return TenantEntries.in(tenantsFile);
  }
  if (!stackNames(projectDirectory).includes(stack)) {
    return undefined;
  }
  const { tenantsFile: own } = stackSettings(projectDirectory, stack).sound;
  return own === undefined ? undefined : TenantEntries.in(relative(".", resolve(projectDirectory, own)));
}
