import { addDays } from "../date";
import { isExpired, noticeDays } from "../deployed";
import { identityOf } from "../publicKey";
import { listed, quoted } from "../quote";
import { needsKey, serviceManaged, stackWithSetting, takesEither } from "../signIn";
import { activeStacks, type Inspection, type KeyDraft, owners, type Subject } from "../subject";
import type { Path } from "../tree";

/** Sources disagree (10 in an older quota table, 50 in the newer): the newer, Transfer Family quotas, "SSH keys per user". */
const maxKeysPerUser = 50;

/** A key, whose it is, and its position in the list of its owner's keys. */
interface OwnedKey {
  readonly key: KeyDraft;
  readonly subject: Subject;
  readonly index: number;
}

/** A key belongs to one tenant of a stack; every active tenant can log in where it is deployed. */
export function checkKeys(inspection: Inspection): void {
  checkOwners(inspection);
  const soon = addDays(inspection.today, noticeDays);
  for (const subject of inspection.subjects) {
    checkNumber(subject, inspection);
    checkLogin(subject, inspection);
    warnOfExpiry(subject, soon, inspection);
  }
}

function checkOwners({ subjects, checkedStacks, report }: Inspection): void {
  const repetitions = owners(
    subjects.flatMap((subject) => subject.tenant.sshKeys?.map((key, index) => ({ key, subject, index })) ?? []),
    ({ key }) => identityOfDraft(key),
    ({ key }) => key.environments,
    checkedStacks,
  );
  for (const { of: entry, owner, stacks } of repetitions) {
    report.error(pathOf(entry), () => {
      const { line } = report.position(pathOf(owner));
      const whose = owner.subject === entry.subject ? "this tenant" : described(owner.subject);
      const same = owner.key.body === entry.key.body ? "the same key" : "an RSA key with the same modulus";
      return (
        `${whose} has ${same} in line ${line}, in ${listed(stacks)} as well; ` +
        "a key logs in one tenant, and is listed once"
      );
    });
  }
}

function identityOfDraft({ type, body }: KeyDraft): string | undefined {
  return type === undefined || body === undefined ? undefined : identityOf({ type, body });
}

function pathOf({ subject, index }: OwnedKey): Path {
  return [...subject.path, "sshKeys", index];
}

function checkNumber({ path, tenant }: Subject, { checkedStacks, report }: Inspection): void {
  const { sshKeys = [] } = tenant;
  for (const stack of sshKeys.length > maxKeysPerUser ? checkedStacks : []) {
    const beyond = sshKeys.filter(({ environments }) => environments.includes(stack))[maxKeysPerUser];
    if (beyond !== undefined) {
      const message = `this is key ${maxKeysPerUser + 1} of the tenant in ${stack}; Transfer Family takes at most ${maxKeysPerUser}`;
      report.error([...path, "sshKeys", sshKeys.indexOf(beyond)], message);
      return;
    }
  }
}

function checkLogin(subject: Subject, inspection: Inspection): void {
  const { report, today } = inspection;
  const { sshKeys: keys } = subject.tenant;
  const stacks = stacksThatNeedKey(subject, inspection);
  if (keys === undefined || stacks.length === 0) {
    return;
  }
  const place = [...subject.path, "name"];
  const without = stacks.filter((stack) => !hasKeyIn(stack, keys));
  if (keys.length === 0) {
    const { where, remedy } = aboutKeyless(stacks, inspection);
    const message = `${described(subject)} has no SSH key and could not log in${where}; add one under sshKeys, ${remedy}or say "state: suspended"`;
    report.error(place, message);
  } else if (without.length > 0) {
    const where = listed(without);
    const message = `${described(subject)} has no SSH key in ${where}; give it one there, or take ${where} out of its environments`;
    report.error(place, message);
  }
  const current = keys.filter((key) => !isExpired(key, today));
  const expired = stacks.filter((stack) => !without.includes(stack) && !hasKeyIn(stack, current));
  if (expired.length > 0) {
    const where = listed(expired);
    const message = `${described(subject)} cannot log in to ${where}: all of its keys there have expired; add a new one`;
    report.warn(place, message);
  }
}

/** Where the tenant cannot log in without a key. That it has no password where one is needed is said for itself. */
function stacksThatNeedKey({ tenant }: Subject, { checkedStacks, signIn }: Inspection): string[] {
  return activeStacks(tenant, checkedStacks).filter((stack) => {
    const known = signIn(stack);
    return known === undefined || takesEither(known) ? tenant.password === false : needsKey(known);
  });
}

/** What more is to be said where a function decides: which setting asks for a key, or that a password would do. */
function aboutKeyless(stacks: readonly string[], { signIn }: Pick<Inspection, "signIn">) {
  const known = stacks.map((stack) => ({ stack, signIn: signIn(stack) ?? serviceManaged }));
  const asking = known.filter((each) => each.signIn.identityProvider === "lambda" && needsKey(each.signIn));
  const where = asking.map((each) => stackWithSetting(each.stack, each.signIn));
  return {
    where: where.length === 0 ? "" : ` to ${listed(where)}`,
    remedy: known.every((each) => takesEither(each.signIn)) ? 'say "password: true", ' : "",
  };
}

function warnOfExpiry({ path, tenant }: Subject, soon: string, { checkedStacks, report, today }: Inspection): void {
  tenant.sshKeys?.forEach(({ expires, environments }, index) => {
    if (
      expires === undefined ||
      expires > soon ||
      activeStacks(tenant, checkedStacks).every((stack) => !environments.includes(stack))
    ) {
      return;
    }
    const message =
      expires < today
        ? `this key expired on ${expires} and is not deployed; remove it, or replace it by a new one`
        : `this key expires on ${expires}, within ${noticeDays} days; add its successor in time`;
    report.warn([...path, "sshKeys", index, "expires"], message);
  });
}

function hasKeyIn(stack: string, keys: readonly KeyDraft[]): boolean {
  return keys.some(({ environments }) => environments.includes(stack));
}

function described({ tenant: { name } }: Subject): string {
  return name === undefined ? "the tenant" : `tenant ${quoted(name)}`;
}
