import type { NewFolder, NewTenant } from "../editing/tenantEdits";
import { clientPath } from "../tenancy/clientPath";
import { identityOf } from "../tenancy/publicKey";
import { quoted } from "../tenancy/quote";
import { tenantName } from "../tenancy/schema";
import type { Remark, Source, SourceFolder, SourceUser } from "./source";
import { folderNameOf, spacesOf, type NewSpace } from "./spaces";

/** What a tenants file has already, in lower case where case does not tell logins apart. */
export interface Taken {
  /** Names of tenants and retired names, with where or why. */
  readonly names: ReadonlyMap<string, string>;
  readonly logins: ReadonlySet<string>;
  /** Identities of keys, with the tenant's name. */
  readonly keys: ReadonlyMap<string, string>;
}

/** A user, and what it becomes. */
export interface Adopted {
  readonly user: SourceUser;
  readonly tenant: NewTenant;
  /** Each of its folders, and where it lies in the landing bucket from now on. */
  readonly folders: readonly { readonly old: SourceFolder; readonly prefix: string }[];
}

/** What comes of a source. */
export interface Adoption {
  readonly adopted: readonly Adopted[];
  readonly spaces: readonly NewSpace[];
  readonly remarks: readonly Remark[];
}

/** Source: Transfer Family API reference, CreateUser, UserName; its user guide refuses "root". */
const login = /^(?!root$)\w[\w@.-]{2,99}$/i;

/** Makes tenants of users. What cannot be carried over is among the remarks. */
export function adopt(source: Source, taken: Taken): Adoption {
  const remarks: Remark[] = [...source.remarks];
  const names = new Map(taken.names);
  const logins = new Set(taken.logins);
  const keys = new Map(taken.keys);
  const { spaces, spaceOf, remarks: ofSpaces } = spacesOf(source.users);
  remarks.push(...ofSpaces);
  const adopted = source.users.flatMap((user): Adopted[] => {
    const leaveOut = (message: string): Adopted[] => {
      remarks.push({ place: user.place, weight: "left-out", message });
      return [];
    };
    if (!login.test(user.login)) {
      return leaveOut(
        `${quoted(user.login)} can be no login of Transfer Family: 3 to 100 letters, digits, _ @ . and -`,
      );
    }
    const name = nameOf(user);
    const where = names.get(name);
    if (where !== undefined || !tenantName.test(name)) {
      return leaveOut(
        `${quoted(user.login)} would be tenant "${name}", ${where ?? "which is no name for one"}; give it another name`,
      );
    }
    if (logins.has(user.login.toLowerCase())) {
      return leaveOut(`the login ${quoted(user.login)} is taken already, in whatever case`);
    }
    names.set(name, `as ${user.place} is`);
    logins.add(user.login.toLowerCase());
    const own = user.keys.filter(({ key, place }) => {
      const owner = keys.get(identityOf(key));
      if (owner !== undefined) {
        remarks.push({
          place,
          weight: "left-out",
          message: `the key ${key.fingerprint} is tenant "${owner}"'s already`,
        });
      }
      keys.set(identityOf(key), owner ?? name);
      return owner === undefined;
    });
    if (own.length === 0) {
      remarks.push({ place: user.place, weight: "note", message: `tenant "${name}" has no key and is suspended` });
    }
    if (user.isUndecided === true) {
      const message = `tenant "${name}" is suspended until somebody says what it may do`;
      remarks.push({ place: user.place, weight: "note", message });
    }
    const { tenant, folders, remarks: ofFolders } = withFolders(user, name, spaceOf);
    remarks.push(...ofFolders);
    const state = own.length === 0 || user.isUndecided === true ? ("suspended" as const) : undefined;
    return [
      { user, folders, tenant: { ...base(user, name), state, ...tenant, sshKeys: own.map(({ key }) => ({ key })) } },
    ];
  });
  return { adopted, spaces, remarks };
}

function base(user: SourceUser, name: string): NewTenant {
  const { description, contact, tags } = user;
  return { name, userName: user.login === name ? undefined : user.login, description, contact, tags };
}

/** The login where it is a name, or what is left of it in lower case. */
function nameOf({ login, name = login }: SourceUser): string {
  return tenantName.test(name)
    ? name
    : (name.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 40).replace(/-$/, "");
}

/** One folder at the root is the tenant's own; others have names of their own, and those of several users are spaces. */
function withFolders(user: SourceUser, name: string, spaceOf: (folder: SourceFolder) => NewSpace | undefined) {
  const [only, other] = user.folders;
  const remarks: Remark[] = [];
  if (only !== undefined && other === undefined && only.entry === "/") {
    const access = only.access === "read-write" ? undefined : only.access;
    return { tenant: { access }, folders: [{ old: only, prefix: `tenants/${name}/` }], remarks };
  }
  const own: NewFolder[] = [];
  const spaces: { readonly name: string; readonly access: string }[] = [];
  const folders: { readonly old: SourceFolder; readonly prefix: string }[] = [];
  for (const old of user.folders) {
    const space = spaceOf(old);
    const path = old.entry.replace(/\/+$/, "");
    if (space !== undefined) {
      spaces.push({ name: space.name, access: old.access });
      folders.push({ old, prefix: `shared/${space.name}/` });
    } else if (!clientPath.test(path)) {
      remarks.push({
        place: user.place,
        weight: "left-out",
        message: `${quoted(old.entry)} of ${quoted(user.login)} can be no path of a folder here`,
      });
    } else {
      const folder = folderNameOf(
        path,
        own.map((each) => each.name),
      );
      own.push({ name: folder, ...(path === `/${folder}` ? {} : { path }), access: old.access });
      folders.push({ old, prefix: `tenants/${name}/${folder}/` });
    }
  }
  if (own.length === 0) {
    const message = `tenant "${name}" has spaces alone in the source, and gets a folder of its own at /home here`;
    remarks.push({ place: user.place, weight: "note", message });
  }
  return {
    tenant: { folders: own.length === 0 ? undefined : own, spaces: spaces.length === 0 ? undefined : spaces },
    folders,
    remarks,
  };
}
