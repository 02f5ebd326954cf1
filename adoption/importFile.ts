import { accessNames } from "../tenancy/access";
import { shellWord } from "../shellWord";
import { UserError } from "../userError";
import type { Adopted, Adoption } from "./adopted";
import type { Source, SourceServer, SourceUser } from "./source";

/** One resource of an import file. Source: Pulumi's documentation of `pulumi import --file`. */
export interface ImportedResource {
  readonly type: string;
  /** What other entries call it; its logical name as well, where there is none. */
  readonly name: string;
  readonly logicalName?: string;
  readonly id?: string;
  readonly parent?: string;
  readonly component?: true;
  /** Of the provider; without it the CLI takes the newest one. */
  readonly version?: string;
}

/** What the stack calls what it takes over. */
export interface StackResources {
  /** The landing bucket's name in an account. */
  readonly bucket: (account: string) => string;
  /** The name of the role of an access profile. */
  readonly role: (profile: string) => string;
  /** The version of the program's provider for AWS. */
  readonly providerVersion: string;
}

/** How the program calls its gateway, and each of its components. */
const gateway = "gateway";

/** The components that have what is taken over. No login has a slash, so that none is called like an entry of these. */
const components = {
  bucket: "LandingBucket",
  server: "SftpServer",
  roles: "AccessRoles",
  users: "GatewayUsers",
} as const;

const entryOf = (component: keyof typeof components) => `${gateway}/${component}`;

/**
 * What `pulumi import --file` takes into the stack, under the logical names that the program gives: the server, its users
 * and their keys; the landing bucket and the roles of access profiles, where users have those of the stack's names already.
 * @throws UserError for users of several servers, or of none that is known.
 */
export function importFile(source: Source, adoption: Adoption, stack: StackResources) {
  const server = serverOf(source);
  const active = adoption.adopted.filter(({ tenant }) => tenant.state !== "suspended");
  const existing: ImportedResource[] = [
    { type: "aws:transfer/server:Server", ...placed("server"), id: server.id },
    ...bucketOf(active, stack.bucket(server.account)),
    ...rolesOf(active, stack),
    ...active.flatMap((each) => userAndKeys(each, server)),
  ];
  return {
    resources: [
      { type: `sftp-gateway:components:SftpGateway`, name: gateway, component: true } as const,
      ...Object.entries(components).map(([component, type]): ImportedResource => {
        const name = entryOf(component as keyof typeof components);
        return {
          type: `sftp-gateway:components:${type}`,
          name,
          logicalName: gateway,
          component: true,
          parent: gateway,
        };
      }),
      ...existing.map((resource) => ({ ...resource, version: stack.providerVersion })),
    ] satisfies ImportedResource[],
  };
}

/** The one resource of its kind in a component, which bears the gateway's name. */
function placed(component: keyof typeof components) {
  const parent = entryOf(component);
  return { name: `${parent}/${gateway}`, logicalName: gateway, parent };
}

function serverOf({ users, kind }: Source): SourceServer {
  const servers = new Map(users.flatMap(({ server }) => (server === undefined ? [] : [[server.id, server] as const])));
  const [server, other] = servers.values();
  if (server === undefined || server.id === "") {
    throw new UserError(`--pulumi-import takes users of a server with its ServerId, and this is ${kind}`);
  }
  if (other !== undefined) {
    const ids = [...servers.keys()].join(" and ");
    throw new UserError(`a stack has one server, and the users are those of ${ids}: import one server's users`);
  }
  return server;
}

function bucketOf(active: readonly Adopted[], bucket: string): ImportedResource[] {
  const isUsed = active.some(({ folders }) =>
    folders.some(({ old: { target } }) => target?.kind === "bucket" && target.bucket === bucket),
  );
  return isUsed ? [{ type: "aws:s3/bucket:Bucket", ...placed("bucket"), id: bucket }] : [];
}

function rolesOf(active: readonly Adopted[], { role }: StackResources): ImportedResource[] {
  const used = new Set(active.map(({ user }) => user.server?.role.split("/").at(-1)));
  const parent = entryOf("roles");
  return accessNames
    .filter((profile) => used.has(role(profile)))
    .map((profile) => ({
      type: "aws:iam/role:Role",
      name: `${parent}/${profile}`,
      logicalName: `${gateway}-${profile}`,
      id: role(profile),
      parent,
    }));
}

function userAndKeys({ user, tenant }: Adopted, { id }: SourceServer): ImportedResource[] {
  const name = `${gateway}-${user.login}`;
  const keys = keptKeys({ user, tenant }).map(({ key, id: keyId = "" }) => ({
    type: "aws:transfer/sshKey:SshKey",
    name: `${name}-${key.fingerprint}`,
    id: `${id}/${user.login}/${keyId}`,
    parent: name,
  }));
  return [{ type: "aws:transfer/user:User", name, id: `${id}/${user.login}`, parent: entryOf("users") }, ...keys];
}

function keptKeys({ user, tenant }: Pick<Adopted, "user" | "tenant">): SourceUser["keys"] {
  const kept = new Set(tenant.sshKeys?.map(({ key }) => key.fingerprint));
  return user.keys.filter(({ id, key }) => id !== undefined && kept.has(key.fingerprint));
}

/**
 * Commands that delete what the stack does not take over, and what would go on opening the server: users that are left out or
 * suspended, and keys that are left out.
 */
export function leftBehind({ users }: Source, { adopted }: Adoption): string[] {
  const active = new Map(
    adopted.filter(({ tenant }) => tenant.state !== "suspended").map((each) => [each.user, each] as const),
  );
  return users.flatMap((user) => {
    if (user.server === undefined) {
      return [];
    }
    const ofUser = `--server-id ${shellWord(user.server.id)} --user-name ${shellWord(user.login)}`;
    const own = active.get(user);
    if (own === undefined) {
      return [`aws transfer delete-user ${ofUser}`];
    }
    const kept = new Set(keptKeys(own).map(({ id }) => id));
    return user.server.keyIds
      .filter((id) => !kept.has(id))
      .map((id) => `aws transfer delete-ssh-public-key ${ofUser} --ssh-public-key-id ${shellWord(id)}`);
  });
}
