import { relative, resolve } from "node:path";
import { stackSettings } from "../settings/stackSettings";
import type { Settings } from "../settings/table";
import { isoToday } from "../tenancy/date";
import { loadTenancy } from "../tenancy/load";
import type { Tenant } from "../tenancy/model";
import { formatProblem } from "../tenancy/problem";
import { listed } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { tenantNamed } from "../tenancy/tenantNamed";
import { UserError } from "../userError";

/** A tenant of one stack, as the files of the project have it, and the stack. */
export interface Operated {
  readonly stack: string;
  readonly settings: Settings;
  /** What the names of the stack's resources begin with. */
  readonly prefix: string;
  readonly tenant: Tenant;
  /** `tenants.yaml:12`: where the tenant stands. */
  readonly place: string;
  /** Login names of all other tenants. */
  readonly otherUserNames: readonly string[];
}

/**
 * Looks a tenant up.
 * @param directory The project's folder.
 * @throws UserError when a file is wrong, or there is no such tenant in the stack; it names the nearest.
 */
export function operatedTenant(directory: string, stack: string, name: string): Operated {
  const { project, settings, problems: wrongSettings } = stackSettings(directory, stack);
  if (settings === undefined) {
    throw new UserError(["the stack's settings have errors:", ...wrongSettings.map(formatProblem)].join("\n"));
  }
  const path = resolve(directory, settings.tenantsFile);
  const file = relative(".", path);
  const { tenancy, problems } = loadTenancy(path, {
    stacks: stackNames(directory),
    stack,
    today: isoToday(new Date()),
  });
  if (tenancy === undefined) {
    throw new UserError(["the tenants file has errors:", ...problems.map(formatProblem)].join("\n"));
  }
  const tenant = tenantNamed(name, { file, tenants: tenancy.tenants });
  const place = `${file}:${tenant.position.line}`;
  if (!tenant.environments.includes(stack)) {
    throw new UserError(
      `${place}: tenant "${tenant.name}" is not in stack "${stack}"; it is in ${listed(tenant.environments)}`,
    );
  }
  const others = tenancy.tenants.filter((each) => each !== tenant);
  return {
    stack,
    settings,
    prefix: `${project}-${stack}`,
    tenant,
    place,
    otherUserNames: others.map(({ userName }) => userName),
  };
}
