import { tenantPrefix, spacePrefix, type Grant } from "../access/grant";
import { homePath } from "../tenancy/clientPath";
import type { TenantEntries, TenantEntry } from "../tenancy/entries";
import type { LoadOptions } from "../tenancy/load";
import type { Path } from "../tenancy/tree";
import { listed, quoted } from "../tenancy/quote";
import { UserError } from "../userError";
import type { Inventory } from "../inventory/inventory";
import type { DeployedUser } from "../inventory/user";
import type { FilePlace } from "./answer";

/** The tenants file, of which one tenant is looked up at a time. */
export type Entries = Pick<TenantEntries, "file" | "find">;

/** A deployment, and the tenants file beside it. */
export interface Known {
  readonly inventory: Inventory;
  /** Undefined where there is none to be read. */
  readonly entries: Entries | undefined;
  /** What changes of the tenants file are checked against; without it none of a login is proposed. */
  readonly rules?: LoadOptions;
}

/** Whom a question is about, as far as deployment and tenants file know them. */
export interface Subject {
  /** As the question names it. */
  readonly name: string;
  readonly user: DeployedUser | undefined;
  readonly entry: TenantEntry | undefined;
}

/**
 * Who bears a name: a login name, or else the name of a tenant.
 * @throws UserError where several servers of the deployment have the login.
 */
export function subjectNamed(name: string, { inventory: { users }, entries }: Known): Subject {
  const namesakes = users.filter(({ userName }) => userName === name);
  if (namesakes.length > 1) {
    const labels = namesakes.map(({ label }) => label);
    throw new UserError(
      `${listed(labels)} have the login ${quoted(name)}, each at a server of its own; which is meant is not known`,
    );
  }
  const user = namesakes[0] ?? users.find(({ tenant }) => tenant === name);
  const wanted = user?.tenant ?? name;
  const entry =
    entries?.find(wanted, (tenant) => tenant.name === wanted) ??
    entries?.find(name, (tenant) => tenant.userName === name);
  return { name, user, entry };
}

/** A folder that tenants.yaml grants, and where it says what may be done there. */
export interface PlacedGrant {
  readonly grant: Grant;
  /** Where its access stands in the entry. */
  readonly path: Path;
  /** The same as people write it. */
  readonly key: string;
}

/** What an entry grants; paths of spaces stand elsewhere in the file, so an entry path of a space is left to the deployment. */
export function grantsIn({ tenant }: TenantEntry): PlacedGrant[] {
  const { name, access, folders, spaces } = tenant;
  const home = tenantPrefix(name);
  const placed = (grant: Grant, ...path: Path): PlacedGrant => ({ grant, path, key: written(path) });
  return [
    ...(access === undefined
      ? []
      : [placed({ entry: spaces.length > 0 ? homePath : "/", prefix: home, access, shared: false }, "access")]),
    ...folders.map((folder, index) =>
      placed(
        { entry: folder.path, prefix: `${home}${folder.name}/`, access: folder.access, shared: false },
        ...["folders", index, "access"],
      ),
    ),
    ...spaces.map((space, index) =>
      placed(
        { entry: `/${space.name}`, prefix: spacePrefix(space.name), access: space.access, shared: true },
        ...["spaces", index, "access"],
      ),
    ),
  ];
}

/** `spaces[0].access`. */
export function written(path: Path): string {
  return path.map((step, at) => (typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${step}`)).join("");
}

/** Where something of an entry stands; of what is left out, where the tenant's name does. */
export function placeIn(entries: Pick<Entries, "file">, entry: TenantEntry, path: Path): FilePlace {
  return { file: entries.file, ...entry.placeOf(path) };
}
