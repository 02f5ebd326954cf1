import { rootPrefixes } from "../access/grant";
import type { DeployedAccess, DeployedLogin, ReportedFolder, ReportedServer } from "../access/report/model";
import type { Inventory, TransferServer } from "./inventory";
import { Sessions, type UserSession } from "./session";
import { seenFolders, type DeployedUser, type MappedFolder } from "./user";
import { accessNames, accessProfiles, type Verb } from "../tenancy/access";
import { verbsAt } from "./verbs";

/** What each user finds at its paths and may do there, as the documents decide it, and how it gets in. */
export function deployedAccess(inventory: Inventory): DeployedAccess {
  const sessions = new Sessions(inventory);
  return {
    buckets: [...inventory.buckets.keys()].sort(),
    servers: inventory.servers.map(reportedServer),
    users: inventory.users.map((user) => {
      const server = inventory.servers.find(({ id }) => id === user.serverId);
      const asksForPasswords = server !== undefined && reportedServer(server).authentication !== "PUBLIC_KEY";
      return { ...deployedLogin(user, sessions.of(user)), password: user.password && asksForPasswords };
    }),
  };
}

function reportedServer({ resource }: TransferServer): ReportedServer {
  const { tags, endpointType, securityPolicyName, sftpAuthenticationMethods } = resource.inputs;
  const { Name: name } = (tags ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
  return {
    name: text(name, resource.name),
    endpointType: text(endpointType, "PUBLIC"),
    securityPolicy: text(securityPolicyName, "the provider's security policy"),
    authentication: text(sftpAuthenticationMethods, "PUBLIC_KEY"),
  };
}

function deployedLogin(user: DeployedUser, session: UserSession): Omit<DeployedLogin, "password"> {
  const { userName, tenant, home, keys, allowedCidrs } = user;
  return {
    userName,
    tenant,
    landingFolder: home,
    folders: seenFolders(user).map((folder) => reportedFolder(folder, session)),
    keys: keys.map(({ body }) => body),
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
  };
}

/** A folder with the access profile that its user has there, or else what is given. */
export function reportedFolder({ entry, bucket, prefix }: MappedFolder, session: UserSession): ReportedFolder {
  const shared = prefix.startsWith(rootPrefixes.shared);
  return {
    entry,
    prefix,
    access: accessGiving(verbsAt(session, { bucket, prefix })),
    ...(shared ? { space: prefix.slice(rootPrefixes.shared.length, -1) } : {}),
  };
}

/** The access profile that gives just this, or else what is given. */
function accessGiving(given: readonly Verb[]): string {
  const profile = accessNames.find((access) => accessProfiles[access].verbs.join() === given.join());
  return profile ?? (given.join(", ") || "nothing");
}
