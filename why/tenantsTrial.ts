import { edited } from "../editing/edited";
import type { Edit } from "../editing/edit";
import { TenantEntries, type TenantEntry } from "../tenancy/entries";
import { loadTenancyText, type LoadOptions } from "../tenancy/load";
import { UserError } from "../userError";

/**
 * A tenant's entry with other values, in a file of its own. Undefined where it is written in a way that cannot be edited.
 * @param edits Their paths begin in the entry.
 */
export function entryAfter(entry: TenantEntry, file: string, edits: readonly Edit[]): TenantEntry | undefined {
  const { text, index } = entry.alone;
  const placed = edits.map((edit) => ({ ...edit, path: ["tenants", index, ...edit.path] }));
  const { name } = entry.tenant;
  try {
    return TenantEntries.ofText(file, edited(file, text, placed)).find(name, (tenant) => tenant.name === name);
  } catch (error) {
    if (error instanceof UserError) {
      return undefined;
    }
    throw error;
  }
}

/** Why the rules of tenants.yaml do not take an entry, by itself; undefined: they do. */
export function refusalOf({ alone }: TenantEntry, file: string, rules: LoadOptions): string | undefined {
  const { problems } = loadTenancyText(file, alone.text, rules);
  return problems.find(({ severity }) => severity === "error")?.message;
}
