import type { ParsedKey } from "ssh2";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { parsedKey } from "../ssh/sshKey";
import { authorisationOf, type Authorise } from "./authorisation";
import { documentOf, type ServedBucket, type ServedRole } from "./documents";
import { LogicalFolders, type LogicalFolder } from "./logicalFolders";
import { labelOf, NotServedError, refuseInputs, resourcesOf, textOf, valueOf } from "./resources";

/** Someone who may log in, and all that decides what the session can do. */
export interface ServedUser {
  readonly userName: string;
  readonly roleArn: string;
  readonly keys: readonly ParsedKey[];
  /** The client's path after login. */
  readonly home: string;
  readonly folders: LogicalFolders;
  /** Whether the service may take the role on for this user; without it nobody can log in. */
  readonly assumable: boolean;
  /** Whether role, session and bucket policy together allow an S3 request. */
  readonly authorise: Authorise;
}

interface ServerIdentity {
  readonly id: string;
  readonly arn: string;
}

/** The users of a server by login name. @throws NotServedError for one that the service would not let in. */
export function servedUsers(
  deployment: Deployment,
  server: ServerIdentity,
  roles: ReadonlyMap<string, ServedRole>,
  buckets: readonly ServedBucket[],
): ReadonlyMap<string, ServedUser> {
  const ofServer = (resource: DeployedResource) => textOf(resource, "serverId") === server.id;
  const keysByUser = new Map<string, ParsedKey[]>();
  for (const key of resourcesOf(deployment, "aws:transfer/sshKey:SshKey").filter(ofServer)) {
    const userName = textOf(key, "userName");
    keysByUser.set(userName, [...(keysByUser.get(userName) ?? []), publicKeyOf(key)]);
  }
  const users = resourcesOf(deployment, "aws:transfer/user:User").filter(ofServer);
  return new Map(
    users.map((user): [string, ServedUser] => {
      const userName = textOf(user, "userName");
      return [userName, servedUser(user, keysByUser.get(userName) ?? [], { server, roles, buckets })];
    }),
  );
}

interface Surroundings {
  readonly server: ServerIdentity;
  readonly roles: ReadonlyMap<string, ServedRole>;
  readonly buckets: readonly ServedBucket[];
}

function servedUser(user: DeployedResource, keys: readonly ParsedKey[], around: Surroundings): ServedUser {
  refuseInputs(user, "posixProfile");
  if (valueOf(user, "homeDirectoryType") !== "LOGICAL") {
    throw new NotServedError(labelOf(user), 'only "homeDirectoryType" LOGICAL is reproduced');
  }
  const userName = textOf(user, "userName");
  const role = around.roles.get(textOf(user, "role"));
  if (role === undefined) {
    throw new NotServedError(labelOf(user), "its role is not part of the deployment");
  }
  const home = valueOf(user, "homeDirectory");
  const session = valueOf(user, "policy") === undefined ? undefined : documentOf("policy")(user);
  const { server, buckets } = around;
  return {
    userName,
    roleArn: role.arn,
    keys,
    home: typeof home === "string" && home !== "" ? home : "/",
    folders: new LogicalFolders(mappingsOf(user, buckets)),
    ...authorisationOf({ label: labelOf(user), userName, server, role, session, buckets }),
  };
}

function mappingsOf(user: DeployedResource, buckets: readonly ServedBucket[]): LogicalFolder[] {
  const mappings = valueOf(user, "homeDirectoryMappings");
  if (!Array.isArray(mappings) || mappings.length === 0) {
    throw new NotServedError(labelOf(user), '"homeDirectoryMappings" must not be empty');
  }
  return (mappings as readonly Record<string, unknown>[]).map(({ entry, target }) => {
    const [, bucket, prefix] = /^\/([^/]+)(\/.*[^/])?$/.exec(String(target)) ?? [];
    if (typeof entry !== "string" || !entry.startsWith("/") || bucket === undefined) {
      throw new NotServedError(labelOf(user), "a mapping needs an entry `/...` and a target `/BUCKET/...`");
    }
    if (!buckets.some(({ name }) => name === bucket)) {
      throw new NotServedError(
        labelOf(user),
        `the bucket of the target ${String(target)} is not part of the deployment`,
      );
    }
    return { entry, bucket, prefix: prefix === undefined ? "" : `${prefix.slice(1)}/` };
  });
}

function publicKeyOf(resource: DeployedResource): ParsedKey {
  try {
    return parsedKey(textOf(resource, "body"));
  } catch (error) {
    throw error instanceof NotServedError
      ? error
      : new NotServedError(labelOf(resource), '"body" is no SSH public key');
  }
}
