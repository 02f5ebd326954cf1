import { clientPath } from "../tenancy/clientPath";
import { quoted } from "../tenancy/quote";
import type { Remark, SourceFolder, SourceUser } from "./source";

/** A space to be written. */
export interface NewSpace {
  readonly name: string;
  readonly path?: string;
}

/**
 * The folders of which several users have the same place. A home that is the root of what its users see can be no space, and
 * a space has one path for all of its members: where that is not so, it is remarked on.
 */
export function spacesOf(users: readonly SourceUser[]) {
  const members = new Map<string, { readonly user: SourceUser; readonly folder: SourceFolder }[]>();
  for (const user of users) {
    for (const folder of user.folders) {
      const place = placeOf(folder);
      if (place !== undefined) {
        members.set(place, [...(members.get(place) ?? []), { user, folder }]);
      }
    }
  }
  const spaces = new Map<string, NewSpace>();
  const remarks: Remark[] = [];
  for (const [place, shared] of members) {
    const [first, second] = shared;
    if (first === undefined || second === undefined) {
      continue;
    }
    const { entry } = first.folder;
    if (shared.some(({ folder }) => !clientPath.test(folder.entry))) {
      const logins = shared.map(({ user }) => quoted(user.login)).join(" and ");
      const message = `${logins} have one home, ${place}; here each has its own, and neither sees what the other puts there`;
      remarks.push({ place: second.user.place, weight: "breaking", message });
      continue;
    }
    for (const { user, folder } of shared.filter((each) => each.folder.entry !== entry)) {
      const message = `${quoted(user.login)} sees the shared folder ${place} at ${folder.entry}, and here at ${entry}, as ${quoted(first.user.login)} does`;
      remarks.push({ place: user.place, weight: "breaking", message });
    }
    const known = [...spaces.values()].map(({ name }) => name);
    const name = folderNameOf(entry, known);
    spaces.set(place, { name, ...(entry === `/${name}` ? {} : { path: entry }) });
  }
  return {
    spaces: [...spaces.values()],
    spaceOf: (folder: SourceFolder) => spaces.get(placeOf(folder) ?? ""),
    remarks,
  };
}

function placeOf({ target }: SourceFolder): string | undefined {
  return target?.kind === "bucket" ? `s3://${target.bucket}/${target.prefix}` : undefined;
}

/** A name of the path's letters and digits that none of the others has. */
export function folderNameOf(path: string, others: readonly string[]): string {
  const name = (path.toLowerCase().match(/[a-z0-9]+/g) ?? ["folder"]).join("-").slice(0, 36).replace(/-$/, "");
  const count = others.filter((other) => other === name || other.startsWith(`${name}-`)).length;
  return count === 0 ? name : `${name}-${count + 1}`;
}
