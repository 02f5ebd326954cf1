import type { DeployedResource, Deployment } from "../synth/deployment";
import { DeployedDocument } from "./document";
import { blocksOf, labelOf, resourcesOf, textOf, UnreadableDeploymentError, valueOf } from "./resources";

/** A folder as the client sees it, and where it lies. */
export interface MappedFolder {
  /** Path the client sees: `/`, `/inbox`. */
  readonly entry: string;
  readonly bucket: string;
  /** Place in the bucket: ends in `/`, never starts with one; empty for the whole bucket. */
  readonly prefix: string;
}

/** Who may log in to one server, as the deployment says it. */
export interface DeployedUser {
  readonly resource: DeployedResource;
  /** How messages name it. */
  readonly label: string;
  readonly userName: string;
  readonly serverId: string;
  /** By its tag; undefined where it has none. */
  readonly tenant: string | undefined;
  readonly roleArn: string;
  /** The session policy; without one all that the role may do is open to the user. */
  readonly session: DeployedDocument | undefined;
  /** The client's path after login. */
  readonly home: string;
  /** The logical mappings as they stand; undefined for another kind of home directory. */
  readonly mappings: readonly { readonly entry: string; readonly target: string }[] | undefined;
  readonly keys: readonly DeployedKey[];
}

/** An SSH key that opens a user's account. */
export interface DeployedKey {
  readonly label: string;
  /** `ssh-ed25519 AAAA...`. */
  readonly body: string;
}

/** The users of all servers. @throws UnreadableDeploymentError for one that does not say who it is. */
export function deployedUsers(deployment: Deployment): DeployedUser[] {
  const keys = new Map<string, DeployedKey[]>();
  for (const key of resourcesOf(deployment, "aws:transfer/sshKey:SshKey")) {
    const opened = accountOf(key);
    keys.set(opened, [...(keys.get(opened) ?? []), { label: labelOf(key), body: textOf(key, "body") }]);
  }
  return resourcesOf(deployment, "aws:transfer/user:User").map((user) =>
    deployedUser(user, keys.get(accountOf(user)) ?? []),
  );
}

function accountOf(resource: DeployedResource): string {
  return `${textOf(resource, "serverId")}/${textOf(resource, "userName")}`;
}

function deployedUser(resource: DeployedResource, keys: readonly DeployedKey[]): DeployedUser {
  const home = valueOf(resource, "homeDirectory");
  const tags = (valueOf(resource, "tags") ?? {}) as Readonly<Record<string, unknown>>;
  const tenant = tags["sftp-gateway:tenant"];
  return {
    resource,
    label: labelOf(resource),
    userName: textOf(resource, "userName"),
    serverId: textOf(resource, "serverId"),
    tenant: typeof tenant === "string" ? tenant : undefined,
    roleArn: textOf(resource, "role"),
    session: valueOf(resource, "policy") === undefined ? undefined : new DeployedDocument(resource, "policy"),
    home: typeof home === "string" && home !== "" ? home : "/",
    mappings: valueOf(resource, "homeDirectoryType") === "LOGICAL" ? mappingsOf(resource) : undefined,
    keys,
  };
}

function mappingsOf(resource: DeployedResource): { entry: string; target: string }[] {
  return blocksOf(resource, "homeDirectoryMappings").map(({ entry, target }) => ({
    entry: String(entry),
    target: String(target),
  }));
}

/** The folders that a client sees; none where they are not logical. @throws UnreadableDeploymentError for a malformed one. */
export function foldersOf({ mappings = [], label }: Pick<DeployedUser, "mappings" | "label">): MappedFolder[] {
  return mappings.map(({ entry, target }) => {
    const [, bucket, prefix] = /^\/([^/]+)(\/.*[^/])?$/.exec(target) ?? [];
    if (!entry.startsWith("/") || bucket === undefined) {
      throw new UnreadableDeploymentError(label, "a mapping needs an entry `/...` and a target `/BUCKET/...`");
    }
    return { entry, bucket, prefix: prefix === undefined ? "" : `${prefix.slice(1)}/` };
  });
}
