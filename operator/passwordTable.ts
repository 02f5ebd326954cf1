import { identityProviderTable } from "../names";
import { UserError } from "../userError";
import type { Operated } from "./operated";
import type { ItemKey } from "./update";

/** Where a tenant's passwords and its stop are kept. */
export function itemKeyOf({ prefix, tenant }: Pick<Operated, "prefix" | "tenant">): ItemKey {
  return { table: identityProviderTable({ prefix }), tenant: tenant.name };
}

/** @throws UserError for a tenant that no password would let in. */
export function requirePasswords({ stack, settings, tenant, place }: Operated): void {
  const { identityProvider, authentication } = settings;
  if (identityProvider !== "lambda") {
    throw new UserError(
      `stack "${stack}" has no passwords: its identityProvider is ${identityProvider}; with lambda it would`,
    );
  }
  if (authentication === "PUBLIC_KEY") {
    throw new UserError(`stack "${stack}" asks nobody for a password: its authentication is PUBLIC_KEY`);
  }
  if (!tenant.password) {
    throw new UserError(
      `${place}: tenant "${tenant.name}" may not have a password; with "password: true" and a deployment it may`,
    );
  }
}
