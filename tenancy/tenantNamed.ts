import { UserError } from "../userError";
import { suggestion } from "./explain";
import { quoted } from "./quote";

interface Named {
  readonly name: string;
  readonly userName: string;
}

/**
 * The tenant of a file that somebody names.
 * @throws UserError when there is none; it says whose login name that is, or names the nearest.
 */
export function tenantNamed<Tenant extends Named>(
  name: string,
  { file, tenants }: { readonly file: string; readonly tenants: readonly Tenant[] },
): Tenant {
  const tenant = tenants.find((each) => each.name === name);
  if (tenant !== undefined) {
    return tenant;
  }
  const byLogin = tenants.find(({ userName }) => userName === name);
  const known = tenants.map((each) => each.name);
  const advice = byLogin === undefined ? suggestion(name, known) : `that is the login name of tenant "${byLogin.name}"`;
  throw new UserError([`there is no tenant ${quoted(name)} in ${file}`, advice ?? []].flat().join("; "));
}
