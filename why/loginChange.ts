import { roleProfileOf } from "../access/documents";
import type { DeployedUser } from "../inventory/user";
import { isoToday } from "../tenancy/date";
import { isExpired } from "../tenancy/deployed";
import type { TenantEntry } from "../tenancy/entries";
import type { Change } from "./answer";
import { judgeLogin } from "./login";
import type { LoginCause } from "./loginCauses";
import { isAsked } from "./loginProvider";
import type { LoginQuestion, Wish } from "./loginQuestion";
import { grantsIn, placeIn, written, type Known, type Subject } from "./subject";
import { entryAfter, refusalOf } from "./tenantsTrial";

/** What came of trying to mend a login. */
export interface LoginTrial {
  readonly change?: Change;
  /** What the rules of tenants.yaml say to the only change that would do. */
  readonly refusal?: string | undefined;
  /** What would be asked next, after a change that is not enough. */
  readonly left?: LoginCause | undefined;
}

/** One wish stands behind another; there are no more of them than causes that tenants.yaml can mend. */
const rounds = 6;

/**
 * What to change so that a login that is denied is no longer. Each change is made in the text of the tenant's entry, read again
 * and held against the rules of tenants.yaml, and the login is judged as the next deployment would have the tenant.
 * Nothing where nothing of tenants.yaml would do.
 */
export function loginChange(known: Known, subject: Subject, question: LoginQuestion): LoginTrial {
  const { entries, rules } = known;
  const { entry } = subject;
  if (entries === undefined || entry === undefined || rules === undefined) {
    return {};
  }
  const wishes: Wish[] = [];
  let after: TenantEntry | undefined = entry;
  for (let round = 0; round < rounds && after !== undefined; round += 1) {
    const { verdict, cause, wish } = judgeLogin(known, deployedAnew(known, subject, after, question), question);
    if (verdict !== "denied") {
      if (wishes.length === 0) {
        return { change: { kind: "deploy", writes: [] } };
      }
      const edits = wishes.map(({ path, from, to }) => ({
        place: placeIn(entries, entry, path),
        tenant: entry.tenant.name,
        key: written(path),
        ...(from === undefined ? {} : { from }),
        to,
      }));
      const refusal = refusalOf(after, entries.file, rules);
      return refusal === undefined ? { change: { kind: "tenants", edits, writes: [] } } : { refusal };
    }
    if (wish === undefined && wishes.length > 0) {
      return { refusal: refusalOf(after, entries.file, rules), left: cause };
    }
    after = wish && entryAfter(after, entries.file, wish.edits);
    wishes.push(...(wish === undefined ? [] : [wish]));
  }
  return {};
}

/** The subject as the next deployment has it, where tenants.yaml says this of it. */
function deployedAnew(known: Known, { name, user }: Subject, entry: TenantEntry, { now }: LoginQuestion): Subject {
  const { inventory } = known;
  const { stack } = inventory.deployment;
  const { environments, state, userName = entry.tenant.name, sshKeys, password, allowedCidrs } = entry.tenant;
  const isHere = (list: readonly string[] | undefined) => list === undefined || list.includes(stack);
  const model = user ?? inventory.users[0];
  const roleArn = user?.roleArn ?? roleOf(known, entry);
  if (!isHere(environments) || state === "suspended" || model === undefined || roleArn === undefined) {
    return { name, user: undefined, entry };
  }
  const today = isoToday(now);
  // Where the service knows the users, the day is that of the deployment.
  const declared = sshKeys
    .filter((key) => isHere(key.environments) && (isAsked(known, model) || !isExpired(key, today)))
    .map(({ key: { type, body }, expires }) => ({
      label: entry.tenant.name,
      body: `${type} ${body}`,
      ...(expires === undefined ? {} : { expires }),
    }));
  const keys = [...declared, ...(user?.keys ?? []).filter(({ isThrowAway }) => isThrowAway)];
  const changed = { tenant: entry.tenant.name, userName, roleArn, keys, password, allowedCidrs };
  return { name, user: { ...model, ...changed } as DeployedUser, entry };
}

/** The role that the deployment has for what a tenant is granted. */
function roleOf({ inventory }: Known, entry: TenantEntry): string | undefined {
  const profile = roleProfileOf(grantsIn(entry).map(({ grant }) => grant));
  return [...inventory.roles.keys()].find((arn) => arn.endsWith(`-${profile}`));
}
