import type { AbsentTenant } from "../local/service/loginCauses";
import type { Tenancy } from "../tenancy/model";
import { listed } from "../tenancy/quote";

/** The tenants that a stack does not let in, in the order of the file. */
export function absentTenants({ tenants }: Tenancy, stack: string): AbsentTenant[] {
  return tenants.flatMap(({ name, userName, state, environments }) => {
    if (!environments.includes(stack)) {
      return [{ name, userName, why: environments.length === 0 ? "of no stack" : `of ${listed(environments)} only` }];
    }
    return state === "suspended" ? [{ name, userName, why: "suspended" }] : [];
  });
}
