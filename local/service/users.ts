import type { ParsedKey } from "ssh2";
import type { Inventory } from "../../inventory/inventory";
import { Sessions, type AccessDecision, type S3Request, type UserSession } from "../../inventory/session";
import { foldersOf, type DeployedKey, type DeployedUser } from "../../inventory/user";
import { parsedKey } from "../ssh/sshKey";
import { LogicalFolders } from "../../inventory/logicalFolders";
import { mappedInTurns } from "../turns";
import { NotServedError, refuseInputs } from "./notServed";

/** Someone who may log in, and all that decides what the session can do. */
export interface ServedUser {
  readonly userName: string;
  readonly roleArn: string;
  /** As it was when this was read: a session keeps its folders and its session policy. */
  readonly deployed: DeployedUser;
  readonly keys: readonly ParsedKey[];
  /** The client's path after login. */
  readonly home: string;
  readonly folders: LogicalFolders;
  /** Whether the service may take the role on for this user; without it nobody can log in. */
  readonly assumption: AccessDecision;
  /** What role, session and bucket policy together say to an S3 request. */
  readonly authorise: (request: S3Request) => AccessDecision;
}

/** The users of a server by login name. @throws NotServedError for one that the service would not let in. */
export async function servedUsers(inventory: Inventory, serverId: string): Promise<ReadonlyMap<string, ServedUser>> {
  const sessions = new Sessions(inventory);
  const users = inventory.users.filter((user) => user.serverId === serverId);
  const served = await mappedInTurns(users, (user) => servedUser(user, inventory, sessions.of(user)));
  return new Map(served.map((user) => [user.userName, user]));
}

/** @throws NotServedError for one that the service would not let in. */
export function servedUser(user: DeployedUser, inventory: Inventory, session: UserSession): ServedUser {
  const { userName, roleArn, home } = user;
  const folders = servedFolders(user, inventory);
  // A document that cannot be evaluated is refused before anything is served.
  session.prepare();
  return {
    userName,
    roleArn,
    deployed: user,
    keys: user.keys.map(publicKeyOf),
    home,
    folders,
    assumption: session.assumption,
    authorise: (request) => session.decide(request),
  };
}

function servedFolders(user: DeployedUser, { buckets }: Inventory): LogicalFolders {
  const { resource, label, mappings } = user;
  refuseInputs(resource, "posixProfile");
  if (mappings === undefined) {
    throw new NotServedError(label, 'only "homeDirectoryType" LOGICAL is reproduced');
  }
  if (mappings.length === 0) {
    throw new NotServedError(label, '"homeDirectoryMappings" must not be empty');
  }
  const folders = foldersOf(user);
  const outside = folders.findIndex(({ bucket }) => !buckets.has(bucket));
  if (outside >= 0) {
    const target = mappings[outside]?.target;
    throw new NotServedError(label, `the bucket of the target ${target} is not part of the deployment`);
  }
  return new LogicalFolders(folders);
}

function publicKeyOf({ body, label }: DeployedKey): ParsedKey {
  try {
    return parsedKey(body);
  } catch {
    throw new NotServedError(label, '"body" is no SSH public key');
  }
}
