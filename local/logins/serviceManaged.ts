import { NotServedError } from "../service/notServed";
import type { DeployedServer } from "../service/deployedServer";
import type { ServedUser } from "../service/users";
import { parsedKey } from "../ssh/sshKey";
import { mappedInTurns } from "../turns";
import type { Logins, LoginsOptions, ServedTenant } from "./logins";

/** Users and keys are resources; each tenant gets throw-away keys beside its own. */
export async function serviceManagedLogins({ server, data }: Pick<LoginsOptions, "server" | "data">): Promise<Logins> {
  const users = new Map(server.users);
  const tenants = await mappedInTurns(tenantsOf(server), ({ name, user }): ServedTenant => {
    const { files, publicKeys } = data.throwAwayKeysOf(name);
    users.set(user.userName, { ...user, keys: [...user.keys, ...publicKeys.map(parsedKey)] });
    return { name, userName: user.userName, ...files, publicKeys };
  });
  return {
    provider: { methods: "PUBLIC_KEY", ask: ({ userName }) => Promise.resolve(users.get(userName)) },
    tenants,
    retire: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}

/** Names come from the stack output, the contract with everything outside; whom they log in as, from the resources. */
function tenantsOf({ inventory, users }: DeployedServer): { name: string; user: ServedUser }[] {
  const { stack, outputs } = inventory.deployment;
  const output = outputs["tenants"];
  if (typeof output !== "object" || output === null) {
    throw new NotServedError(`stack ${stack}`, 'the output "tenants" is missing');
  }
  return Object.entries(output as Record<string, { userName?: unknown }>).map(([name, { userName }]) => {
    const user = users.get(String(userName));
    if (!/^[a-z0-9-]+$/.test(name) || user === undefined) {
      throw new NotServedError(`output "tenants", "${name}"`, "the deployment has no such user");
    }
    return { name, user };
  });
}
