import { findingText, proveIsolation, type Finding } from "../access/isolation";
import type { Deployment } from "../synth/deployment";
import { claimOf, type GrantedUser } from "./claim";
import { inventoryOf, type Inventory } from "./inventory";
import type { DeployedUser } from "./user";
import { UserError } from "../userError";

/** What tenants.yaml gives to whom, its keys among it. */
export interface GrantedLogin extends GrantedUser {
  /** Those that the stack deploys on the day. */
  readonly keys: readonly GrantedKey[];
  /** Whether a password may open it. */
  readonly password?: boolean;
  /** Ranges of addresses that it may come from; without them from anywhere. */
  readonly allowedCidrs?: readonly string[] | undefined;
}

/** A key that tenants.yaml gives. */
export interface GrantedKey {
  /** `ssh-ed25519 BODY`. */
  readonly body: string;
  /** The last day (UTC) on which it admits, where a function looks at the day; without it there is none. */
  readonly expires?: string | undefined;
}

/**
 * Proves the isolation of a finished deployment: also of what stands beside the gateway, and of what a transformation made of
 * the gateway's own resources after they had been planned.
 * @throws UserError with a line for each finding that stands against it; UnreadableDeploymentError when that cannot be told.
 */
export function requireProven(deployment: Deployment, granted: readonly GrantedLogin[]): void {
  const inventory = inventoryOf(deployment);
  const logins = new Map(granted.map((login) => [login.userName, login]));
  const findings = [
    ...proveIsolation(claimOf(inventory, granted)),
    ...inventory.users.flatMap((user) => strangeKeys(user, logins.get(user.userName))),
    ...strangeWaysIn(inventory, logins),
  ];
  if (findings.length > 0) {
    throw new UserError(["the deployment does not keep its tenants apart:", ...findings.map(findingText)].join("\n"));
  }
}

/** Keys that let somebody in as a tenant without standing in tenants.yaml, or on other days than it says. */
function strangeKeys({ userName, tenant = userName, keys }: DeployedUser, login: GrantedLogin | undefined): Finding[] {
  return keys.flatMap(({ body, expires }) => {
    const key = login?.keys.find((each) => each.body === body);
    const message =
      key === undefined
        ? "logs in with a key that tenants.yaml does not give it"
        : expires === key.expires
          ? undefined
          : `logs in with a key ${endOf(expires)}, where tenants.yaml says ${endOf(key.expires)}`;
    return message === undefined ? [] : [{ tenant, statement: "SSH key", message }];
  });
}

function endOf(lastDay: string | undefined): string {
  return lastDay === undefined ? "without an end" : `until ${lastDay}`;
}

/**
 * Passwords that open what tenants.yaml does not say they open, addresses from which it admits nobody, and logins that another
 * tenant's passwords and stops would hold for.
 */
function strangeWaysIn({ users, servers }: Inventory, logins: ReadonlyMap<string, GrantedLogin>): Finding[] {
  const asking = new Set(
    servers.filter(({ resource }) => resource.inputs["function"] !== undefined).map(({ id }) => id),
  );
  return users.flatMap(({ userName, tenant = userName, password, allowedCidrs, serverId }) => {
    const login = logins.get(userName);
    const said = (statement: string, message: string) => ({ tenant, statement, message });
    return [
      ...(password && login?.password !== true
        ? [said("password", "may log in with a password that tenants.yaml does not give it")]
        : []),
      ...(login !== undefined && String(allowedCidrs) !== String(login.allowedCidrs)
        ? [said("allowedCidrs", "may come from other addresses than tenants.yaml says")]
        : []),
      ...(login !== undefined && tenant !== login.tenant && asking.has(serverId)
        ? [said("tenant", `its passwords and its stop hold for the login "${userName}" of "${login.tenant}"`)]
        : []),
    ];
  });
}
