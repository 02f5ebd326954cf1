import type { DeployedResource, Deployment } from "../synth/deployment";
import { DeployedDocument } from "./document";
import type { RecordedUser } from "./records";
import { blocksOf, labelOf, resourcesBy, resourcesOf, textOf, UnreadableDeploymentError, valueOf } from "./resources";

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
  /** Whether a password may open it; only a function knows any. */
  readonly password: boolean;
  /** Ranges of addresses that it may come from; without them from anywhere. */
  readonly allowedCidrs?: readonly string[];
}

/** An SSH key that opens a user's account. */
export interface DeployedKey {
  /** How messages name it; one that a function knows is named as its user. */
  readonly label: string;
  /** `ssh-ed25519 AAAA...`. */
  readonly body: string;
  /** The last day (UTC) on which it opens the account, where a function looks at the day. */
  readonly expires?: string;
  /** Made by the local gateway for one run, and in no deployment. */
  readonly isThrowAway?: true;
}

/** The users whom the service itself knows. @throws UnreadableDeploymentError for one that does not say who it is. */
export function deployedUsers(deployment: Deployment): DeployedUser[] {
  const keys = resourcesBy(deployment, "aws:transfer/sshKey:SshKey", "userName");
  return resourcesOf(deployment, "aws:transfer/user:User").map((user) => {
    // Of everybody who bears the login name, on whatever server.
    const namesakes = keys.get(textOf(user, "userName")) ?? [];
    const own = namesakes.filter((key) => textOf(key, "serverId") === textOf(user, "serverId"));
    return deployedUser(user, own.map(deployedKey));
  });
}

/** A user whom a function knows. */
export function recordedUser({ resource, keys }: RecordedUser): DeployedUser {
  const label = labelOf(resource);
  return deployedUser(
    resource,
    keys.map(({ key, expires }) => ({ label, body: key, ...(expires === undefined ? {} : { expires }) })),
  );
}

function deployedUser(resource: DeployedResource, keys: readonly DeployedKey[]): DeployedUser {
  const home = valueOf(resource, "homeDirectory");
  const tags = (valueOf(resource, "tags") ?? {}) as Readonly<Record<string, unknown>>;
  const tenant = tags["sftp-gateway:tenant"];
  const allowedCidrs = resource.inputs["allowedCidrs"] as readonly string[] | undefined;
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
    password: resource.inputs["password"] === true,
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
  };
}

function deployedKey(key: DeployedResource): DeployedKey {
  const expires = key.inputs["expires"];
  return {
    label: labelOf(key),
    body: textOf(key, "body"),
    ...(typeof expires === "string" ? { expires } : {}),
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
