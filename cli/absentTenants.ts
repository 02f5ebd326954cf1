import { resolve } from "node:path";
import type { AbsentTenant } from "../local/service/loginCauses";
import { requireSettings } from "../settings/stackSettings";
import { isoToday } from "../tenancy/date";
import { loadTenancy } from "../tenancy/load";
import { listed } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { projectDirectory } from "./command";

/**
 * The tenants of a stack's tenants file that the stack does not let in, in the order of the file; none when the file has
 * errors, which the synthesis tells.
 * @param tenantsFile Instead of the stack's, as the user gave it.
 */
export function absentTenants(stack: string, tenantsFile?: string): AbsentTenant[] {
  const overrides = tenantsFile === undefined ? {} : { "sftp-gateway:tenantsFile": tenantsFile };
  const settings = requireSettings(projectDirectory, stack, overrides);
  const file = tenantsFile ?? resolve(projectDirectory, settings.tenantsFile);
  const today = settings.today || isoToday(new Date());
  const { tenancy } = loadTenancy(file, { stacks: stackNames(projectDirectory), stack, today });
  return (tenancy?.tenants ?? []).flatMap(({ name, userName, state, environments }) => {
    if (!environments.includes(stack)) {
      return [{ name, userName, why: environments.length === 0 ? "of no stack" : `of ${listed(environments)} only` }];
    }
    return state === "suspended" ? [{ name, userName, why: "suspended" }] : [];
  });
}
