import { objectStatements } from "../access/actions";
import { roleProfiles } from "../access/documents";
import { rootPrefixes } from "../access/grant";
import type { DeployedAccess, ReportedFolder } from "../access/report/model";
import type { Inventory } from "./inventory";
import { Sessions, type UserSession } from "./session";
import { foldersOf, type MappedFolder } from "./user";
import { actionOf, verbs, verbsAt, type Verb } from "./verbs";

/** What each user finds at its paths and may do there, as the documents decide it. */
export function deployedAccess(inventory: Inventory): DeployedAccess[] {
  const sessions = new Sessions(inventory);
  return inventory.users.map((user) => {
    const session = sessions.of(user);
    return {
      userName: user.userName,
      tenant: user.tenant,
      landingFolder: user.home,
      folders: foldersOf(user).map((folder) => reportedFolder(folder, session)),
      keys: user.keys.map(({ body }) => body),
    };
  });
}

function reportedFolder({ entry, bucket, prefix }: MappedFolder, session: UserSession): ReportedFolder {
  const shared = prefix.startsWith(rootPrefixes.shared);
  return {
    entry,
    prefix,
    access: accessGiving(verbsAt(session, { bucket, prefix }), shared),
    ...(shared ? { space: prefix.slice(rootPrefixes.shared.length, -1) } : {}),
  };
}

/** The access profile that gives just this, or else what is given. */
function accessGiving(given: readonly Verb[], shared: boolean): string {
  const profile = roleProfiles.find(
    (access) => verbs.filter((verb) => isGivenBy(objectStatements(access, shared), verb)).join() === given.join(),
  );
  return profile ?? (given.join(", ") || "nothing");
}

/** Every profile lists; the other verbs count where they hold for all files of the folder. */
function isGivenBy(statements: ReturnType<typeof objectStatements>, verb: Verb): boolean {
  return (
    verb === "list" ||
    statements.some(({ actions, suffixes }) => suffixes.includes("*") && actions.includes(actionOf[verb]))
  );
}
