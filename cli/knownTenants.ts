import { relative, resolve } from "node:path";
import { stackSettings } from "../settings/stackSettings";
import { TenantEntries } from "../tenancy/entries";
import { stackNames } from "../tenancy/stacks";
import type { Known } from "../why/subject";
import { projectDirectory } from "./command";

/**
 * The tenants file of a deployment's stack, and its rules; none where nothing says which it is.
 * @param tenantsFile Instead of the stack's, as the user gave it.
 */
export function knownTenants(
  stack: string,
  tenantsFile: string | undefined,
  today: string,
): Pick<Known, "entries" | "rules"> {
  const stacks = stackNames(projectDirectory);
  const { sound, signIn } = stacks.includes(stack) ? stackSettings(projectDirectory, stack) : {};
  const file = tenantsFile ?? (sound?.tenantsFile && relative(".", resolve(projectDirectory, sound.tenantsFile)));
  return file === undefined
    ? { entries: undefined }
    : {
        entries: TenantEntries.in(file),
        rules: { stacks, stack, today, ...(signIn && { signIn: { [stack]: signIn } }) },
      };
}
