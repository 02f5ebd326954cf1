import { placeIn, type Known } from "../../why/subject";

/** A tenant of tenants.yaml that this gateway does not serve. */
export interface AbsentTenant {
  readonly name: string;
  readonly userName: string;
  /** What follows "is": `suspended`, `of stack prod, not dev`. */
  readonly why: string;
}

/** What is known of names beside those that may log in. */
export interface KnownNames {
  /** Login name by the tenant's name, of those that are served. */
  readonly served: ReadonlyMap<string, string>;
  readonly absent: readonly AbsentTenant[];
  /** The tenants file, by which a tenant is told with its line. */
  readonly entries?: Known["entries"];
}

/**
 * Why nobody can log in under a name, for the operator alone: a client must not tell the cases apart.
 * @returns Undefined for the name of a user.
 */
export function unknownLogin(login: string, { served, absent, entries }: KnownNames): string | undefined {
  if ([...served.values()].includes(login)) {
    return undefined;
  }
  const userName = served.get(login);
  if (userName !== undefined) {
    return `this is the name of a tenant, which logs in as ${userName}`;
  }
  const tenant = absent.find((each) => each.userName === login || each.name === login);
  return tenant === undefined ? "no such user" : `the tenant ${tenant.name} is ${tenant.why}${lineOf(tenant, entries)}`;
}

/** ` (tenants.yaml:3:11)`, or nothing. */
function lineOf({ name }: AbsentTenant, entries: KnownNames["entries"]): string {
  const entry = entries?.find(name, (tenant) => tenant.name === name);
  if (entries === undefined || entry === undefined) {
    return "";
  }
  const { file, line, column } = placeIn(entries, entry, ["name"]);
  return ` (${file}:${line}:${column})`;
}
