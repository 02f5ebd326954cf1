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

/** A stack, as the files of the project have it. */
export interface OperatedStack {
  readonly stack: string;
  readonly settings: Settings;
  /** What the names of the stack's resources begin with. */
  readonly prefix: string;
}

/** The same with its tenants. */
interface StackWithTenants extends OperatedStack {
  /** The tenants file, for messages. */
  readonly file: string;
  readonly tenants: readonly Tenant[];
}

/** A tenant of a stack. */
export interface Operated extends OperatedStack {
  readonly tenant: Tenant;
  /** `tenants.yaml:12`: where the tenant stands. */
  readonly place: string;
  /** Login names of all other tenants. */
  readonly otherUserNames: readonly string[];
}

/**
 * Reads a stack.
 * @param directory The project's folder.
 * @throws UserError when a file is wrong.
 */
export function operatedStack(directory: string, stack: string): StackWithTenants {
  const { project, settings, problems: wrongSettings } = stackSettings(directory, stack);
  if (settings === undefined) {
    throw new UserError(["the stack's settings have errors:", ...wrongSettings.map(formatProblem)].join("\n"));
  }
  const path = resolve(directory, settings.tenantsFile);
  const { tenancy, problems } = loadTenancy(path, {
    stacks: stackNames(directory),
    stack,
    today: isoToday(new Date()),
  });
  if (tenancy === undefined) {
    throw new UserError(["the tenants file has errors:", ...problems.map(formatProblem)].join("\n"));
  }
  const { tenants } = tenancy;
  return { stack, settings, prefix: `${project}-${stack}`, file: relative(".", path), tenants };
}

/**
 * Looks a tenant up.
 * @throws UserError when there is no such tenant in the stack; it names the nearest.
 */
export function operatedTenant({ file, tenants, ...own }: StackWithTenants, name: string): Operated {
  const tenant = tenantNamed(name, { file, tenants });
  const place = `${file}:${tenant.position.line}`;
  if (!tenant.environments.includes(own.stack)) {
    throw new UserError(
      `${place}: tenant "${tenant.name}" is not in stack "${own.stack}"; it is in ${listed(tenant.environments)}`,
    );
  }
  const others = tenants.filter((each) => each !== tenant);
  return { ...own, tenant, place, otherUserNames: others.map(({ userName }) => userName) };
}

/**
 * Why a name is no tenant's of the stack; undefined: it is one's. What the table holds of a tenant outlives it, so a name that the
 * files no longer have is no mistake where something is taken out of the table, unless the table does not have it either.
 */
export function absenceOf(stack: StackWithTenants, name: string): string | undefined {
  try {
    operatedTenant(stack, name);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
}
