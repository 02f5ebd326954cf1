import { findingText, proveIsolation, type Finding } from "../access/isolation";
import type { Deployment } from "../synth/deployment";
import { claimOf, type GrantedUser } from "./claim";
import { inventoryOf, type Inventory } from "./inventory";
import { UserError } from "../userError";

/** What tenants.yaml gives to whom, its keys among it. */
export interface GrantedLogin extends GrantedUser {
  /** `ssh-ed25519 BODY`, those that the stack deploys on the day. */
  readonly keys: readonly string[];
  /** Whether a password may open it. */
  readonly password?: boolean;
  /** Ranges of addresses that it may come from; without them from anywhere. */
  readonly allowedCidrs?: readonly string[] | undefined;
}

/**
 * Proves the isolation of a finished deployment: also of what stands beside the gateway, and of what a transformation made of
 * the gateway's own resources after they had been planned.
 * @throws UserError with a line for each finding that stands against it; UnreadableDeploymentError when that cannot be told.
 */
export function requireProven(deployment: Deployment, granted: readonly GrantedLogin[]): void {
  const inventory = inventoryOf(deployment);
  const findings = [
    ...proveIsolation(claimOf(inventory, granted)),
    ...strangeKeys(inventory, granted),
    ...strangeWaysIn(inventory, granted),
  ];
  if (findings.length > 0) {
    throw new UserError(["the deployment does not keep its tenants apart:", ...findings.map(findingText)].join("\n"));
  }
}

/** Keys that let somebody in as a tenant without standing in tenants.yaml. */
function strangeKeys({ users }: Inventory, granted: readonly GrantedLogin[]): Finding[] {
  const known = new Map(granted.map(({ userName, keys }) => [userName, new Set(keys)]));
  return users.flatMap(({ userName, tenant = userName, keys }) =>
    keys
      .filter(({ body }) => !known.get(userName)?.has(body))
      .map(() => ({ tenant, statement: "SSH key", message: "logs in with a key that tenants.yaml does not give it" })),
  );
}

/** Passwords that open what tenants.yaml does not say they open, and addresses from which it admits nobody. */
function strangeWaysIn({ users }: Inventory, granted: readonly GrantedLogin[]): Finding[] {
  const known = new Map(granted.map((login) => [login.userName, login]));
  return users.flatMap(({ userName, tenant = userName, password, allowedCidrs }) => {
    const login = known.get(userName);
    const said = (statement: string, message: string) => ({ tenant, statement, message });
    return [
      ...(password && login?.password !== true
        ? [said("password", "may log in with a password that tenants.yaml does not give it")]
        : []),
      ...(login !== undefined && String(allowedCidrs) !== String(login.allowedCidrs)
        ? [said("allowedCidrs", "may come from other addresses than tenants.yaml says")]
        : []),
    ];
  });
}
