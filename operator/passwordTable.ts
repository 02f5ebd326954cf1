import { identityProviderTable } from "../names";
import { UserError } from "../userError";
import type { Operated, OperatedStack } from "./operated";
import type { ItemKey } from "./update";

/** Where a tenant's passwords and its stop are kept. */
export function itemKeyOf({ prefix }: Pick<OperatedStack, "prefix">, tenant: string): ItemKey {
  return { table: identityProviderTable({ prefix }), tenant };
}

/** @throws UserError for a stack that has no table. */
export function requireTable({ stack, settings: { identityProvider } }: OperatedStack): void {
  if (identityProvider !== "lambda") {
    throw new UserError(
      `stack "${stack}" has no passwords: its identityProvider is ${identityProvider}; with lambda it would`,
    );
  }
}

/** @throws UserError for a tenant that no password would let in. */
export function requirePasswords(operated: Operated): void {
  const { stack, settings, tenant, place } = operated;
  requireTable(operated);
  if (settings.authentication === "PUBLIC_KEY") {
    throw new UserError(`stack "${stack}" asks nobody for a password: its authentication is PUBLIC_KEY`);
  }
  if (!tenant.password) {
    throw new UserError(
      `${place}: tenant "${tenant.name}" may not have a password; with "password: true" and a deployment it may`,
    );
  }
}
