import { reportedFolder } from "../../inventory/access";
import { Sessions } from "../../inventory/session";
import { foldersOf } from "../../inventory/user";
import { verbsAt } from "../../inventory/verbs";
import { printable } from "../../invisible";
import type { Bucket } from "../objects/bucket";
import type { Seen } from "./messages";
import type { Watched } from "./state";

/** Names shown of a folder. */
const nameLimit = 200;

/**
 * What a tenant finds at its paths now; undefined for one that is not served.
 * @throws UnreadableDeploymentError where documents do not tell what it may do.
 */
export function seenBy(tenant: string, { inventory, store, tenants }: Watched): Seen | undefined {
  const userName = tenants.find(({ name }) => name === tenant)?.userName;
  const user = inventory.users.find((each) => each.userName === userName);
  if (user === undefined) {
    return undefined;
  }
  const session = new Sessions(inventory).of(user);
  const folders = foldersOf(user).map((folder) => {
    const { entry, access, prefix } = reportedFolder(folder, session);
    const common = { entry, access, bucket: folder.bucket, prefix };
    if (!verbsAt(session, folder).includes("list")) {
      return { ...common, hasMore: false };
    }
    const names = namesBelow(store.bucket(folder.bucket), prefix);
    return { ...common, names: names.slice(0, nameLimit).map(printable), hasMore: names.length > nameLimit };
  });
  return { folders };
}

/** Paths below a prefix, folders before what lies in them; one more than are shown where there are more. */
function namesBelow(bucket: Bucket, prefix: string): string[] {
  const names: string[] = [];
  const look = (below: string) => {
    for (const { name, kind } of bucket.list(prefix + below)) {
      if (names.length > nameLimit) {
        return;
      }
      names.push(`${below}${name}${kind === "prefix" ? "/" : ""}`);
      if (kind === "prefix") {
        look(`${below}${name}/`);
      }
    }
  };
  look("");
  return names;
}
