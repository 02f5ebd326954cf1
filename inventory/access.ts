import { rootPrefixes } from "../access/grant";
import type { DeployedAccess, ReportedFolder } from "../access/report/model";
import type { Inventory } from "./inventory";
import { Sessions, type UserSession } from "./session";
import { foldersOf, type MappedFolder } from "./user";
import { accessNames, accessProfiles, type Verb } from "../tenancy/access";
import { verbsAt } from "./verbs";

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
      ...(user.password && { password: true as const }),
      ...(user.allowedCidrs && { allowedCidrs: user.allowedCidrs }),
    };
  });
}

function reportedFolder({ entry, bucket, prefix }: MappedFolder, session: UserSession): ReportedFolder {
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
