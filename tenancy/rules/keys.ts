import { addDays } from "../date";
import { isExpired } from "../deployed";
import { listed, quoted } from "../quote";
import { activeStacks, type Inspection, type KeyEntry, owners, type Subject } from "../subject";

/** Sources disagree (10 in an older quota table, 50 in the newer): the newer, Transfer Family quotas, "SSH keys per user". */
const maxKeysPerUser = 50;

/** How long before a key's last day its owner hears of it: time for a partner to roll out a new one. */
const noticeDays = 30;

/** A key belongs to one tenant of a stack; every active tenant can log in where it is deployed. */
export function checkKeys(inspection: Inspection): void {
  checkOwners(inspection);
  const soon = addDays(inspection.today, noticeDays);
  for (const subject of inspection.subjects) {
    if (!isPlain(subject)) {
      checkNumber(subject, inspection);
      checkLogin(subject, inspection);
      warnOfExpiry(subject, soon, inspection);
    }
  }
}

/** One key, for ever and wherever the tenant is: nearly every tenant of a long file, and nothing to look at. */
function isPlain({ keys, environments }: Subject): boolean {
  const key = keys?.length === 1 ? keys[0] : undefined;
  return key !== undefined && key.expires === undefined && key.environments === environments;
}

function checkOwners({ subjects, checkedStacks, places, report }: Inspection): void {
  const entries = subjects.flatMap(({ keys }) => keys ?? []);
  for (const { of: entry, owner, stacks } of owners(entries, bodyOf, checkedStacks)) {
    report.error(
      () => places.of(entry.path),
      () => {
        const { line } = report.position(places.of(owner.path));
        const whose = owner.subject === entry.subject ? "this tenant" : described(owner.subject);
        return (
          `${whose} has the same key in line ${line}, in ${listed(stacks)} as well; ` +
          "a key logs in one tenant, and is listed once"
        );
      },
      entry.subject.name,
    );
  }
}

function bodyOf({ key }: KeyEntry): string | undefined {
  return key?.body;
}

function checkNumber({ keys = [], name }: Subject, { checkedStacks, places, report }: Inspection): void {
  const crowded = checkedStacks
    .map((stack) => ({ stack, beyond: keysIn(stack, keys)[maxKeysPerUser] }))
    .find(({ beyond }) => beyond !== undefined);
  if (crowded?.beyond !== undefined) {
    const { stack, beyond } = crowded;
    const message = `this is key ${maxKeysPerUser + 1} of the tenant in ${stack}; Transfer Family takes at most ${maxKeysPerUser}`;
    report.error(() => places.of(beyond.path), message, name);
  }
}

function checkLogin(subject: Subject, { checkedStacks, places, report, today }: Inspection): void {
  const { keys, path, name } = subject;
  const stacks = activeStacks(subject, checkedStacks);
  if (keys === undefined || stacks.length === 0) {
    return;
  }
  const offset = places.of([...path, "name"]);
  const who = described(subject);
  const without = stacks.filter((stack) => keysIn(stack, keys).length === 0);
  if (keys.length === 0) {
    const message = `${who} has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"`;
    report.error(offset, message, name);
  } else if (without.length > 0) {
    const where = listed(without);
    const message = `${who} has no SSH key in ${where}; give it one there, or take ${where} out of its environments`;
    report.error(offset, message, name);
  }
  const expired = stacks.filter(
    (stack) => !without.includes(stack) && keysIn(stack, keys).every((key) => isPast(key, today)),
  );
  if (expired.length > 0) {
    const where = listed(expired);
    report.warn(offset, `${who} cannot log in to ${where}: all of its keys there have expired; add a new one`, name);
  }
}

function warnOfExpiry(subject: Subject, soon: string, { checkedStacks, places, report, today }: Inspection): void {
  const stacks = activeStacks(subject, checkedStacks);
  for (const { path, expires, environments } of subject.keys ?? []) {
    if (expires === undefined || expires > soon || !stacks.some((stack) => environments.includes(stack))) {
      continue;
    }
    const message =
      expires < today
        ? `this key expired on ${expires} and is not deployed; remove it, or replace it by a new one`
        : `this key expires on ${expires}, within ${noticeDays} days; add its successor in time`;
    report.warn(() => places.of([...path, "expires"]), message, subject.name);
  }
}

function keysIn(stack: string, keys: readonly KeyEntry[]): KeyEntry[] {
  return keys.filter(({ environments }) => environments.includes(stack));
}

function isPast({ expires }: KeyEntry, today: string): boolean {
  return expires !== undefined && isExpired({ expires }, today);
}

function described({ name }: Subject): string {
  return name === undefined ? "the tenant" : `tenant ${quoted(name)}`;
}
