import type { Verb } from "../tenancy/access";
import { listed } from "../tenancy/quote";
import { counted, plain, say, type Sentence } from "./sentence";

type Moved = { readonly from: string; readonly to: string };
type AtPrefix = { readonly prefix: string };
type MovedPrefix = { readonly from: string; readonly oldPrefix: string; readonly newPrefix: string };
type NewUser = {
  readonly userName: string;
  readonly description?: string | undefined;
  readonly contact?: string | undefined;
};
type Key = { readonly fingerprint: string };
type Told = { readonly listener: string };

/** What may be done in a folder changes. */
export interface AccessChange extends AtPrefix {
  readonly entry: string;
  /** What is lost or gained. */
  readonly verbs: readonly Verb[];
  /** What it may do there from now on. */
  readonly remaining: readonly Verb[];
}

// Each kind of change is declared by its sentence, as the person reads it who decides whether it may, and by what the
// sentence must be told. The subject is the tenant, or for a whole stack the environment, below whose name it stands.

/** What somebody loses, or may lose, by it. */
const breaking = {
  /** Removed, and another may be given the name, and with it the files. */
  "name-not-retired": ({ prefix }: AtPrefix) =>
    say`is not put into "retired": whoever gets the name next gets the files in ${prefix}`,
  /** It was among the names that nobody may bear again, and is no longer. */
  "name-unretired": ({ prefix }: AtPrefix) =>
    say`is taken out of "retired": whoever gets the name next gets the files in ${prefix}`,
  /** The tenant has another name now: its files stay where they were. */
  "tenant-renamed": ({ from, oldPrefix, newPrefix }: MovedPrefix) =>
    say`was ${from}: its files stay in ${oldPrefix}, and it sees ${newPrefix} instead`,
  /** Another login name: AWS replaces the user. */
  "user-recreated": ({ to, from }: Moved) =>
    say`logs in as ${to} instead of ${from}: the user is recreated, every client needs the new name`,
  "landing-folder-moved": ({ to, from }: Moved) => say`lands in ${to} instead of ${from}`,
  /** The path may be the same: then what it leads to is another place. */
  "folder-renamed": ({ to, from, oldPrefix, newPrefix }: Moved & MovedPrefix) =>
    from === to
      ? say`finds ${newPrefix} at ${to}: its files stay in ${oldPrefix}, out of its reach`
      : say`finds ${to} instead of ${from}: its files stay in ${oldPrefix}, out of its reach`,
  /** The same files under another path. */
  "path-moved": ({ prefix, to, from }: Moved & AtPrefix) =>
    say`finds its files in ${prefix} at ${to} instead of ${from}: absolute paths fail`,
  "access-lost": ({ entry, prefix, verbs, remaining }: AccessChange) =>
    remaining.length === 0
      ? say`loses ${entry} (${prefix})`
      : say`can no longer ${plain(listed(verbs))} in ${entry} (${prefix})`,
  "retention-shortened": ({ to, from }: { readonly from: number | undefined; readonly to: number }) =>
    say`its files are deleted after ${days(to)} instead of ${from === undefined ? plain("being kept") : days(from)}`,
  "stack-removed": () => say`its stack file is gone: what is deployed stays as it is, and nothing manages it any more`,
  "server-replaced": () =>
    say`the server is replaced: another host name and host key for every client, every user is recreated`,
  "endpoint-moved": (_: Moved) => say`clients connect to another host name`,
  "bucket-moved": ({ to, from }: Moved) =>
    say`files go to the bucket ${to} instead of ${from}; those that are there do not move along`,
};

const harmless = {
  "stack-added": () => say`this environment is new`,
  "tenant-added": ({ userName, description, contact }: NewUser) => {
    const about = description === undefined ? plain("") : say`: ${description}`;
    return say`is new and logs in as ${userName}${about}${contact === undefined ? plain("") : say`, contact ${contact}`}`;
  },
  /** In tenants.yaml from now on, but without a user. */
  "tenant-added-suspended": () => say`is new and suspended: it cannot log in`,
  /** Gone from tenants.yaml; its files stay at the prefix. */
  "tenant-removed": ({ prefix }: AtPrefix) => say`is removed and cannot log in any more; its files stay in ${prefix}`,
  /** Still in tenants.yaml, and of this stack no longer. */
  "tenant-left": ({ prefix }: AtPrefix) =>
    say`leaves this environment and cannot log in to it any more; its files stay in ${prefix}`,
  "tenant-suspended": () => say`is suspended and cannot log in; its files stay`,
  "tenant-resumed": ({ userName }: NewUser) => say`is no longer suspended and logs in as ${userName}`,
  "access-gained": ({ entry, prefix, verbs, remaining }: AccessChange) =>
    verbs.length === remaining.length
      ? say`gets ${entry} (${prefix}): can ${plain(listed(verbs))}`
      : say`can also ${plain(listed(verbs))} in ${entry} (${prefix})`,
  "key-added": ({ fingerprint, expires }: Key & { readonly expires: string | undefined }) =>
    say`key ${fingerprint} is added, ${until(expires)}`,
  "key-removed": ({ fingerprint }: Key) => say`key ${fingerprint} is removed`,
  "key-expiry-changed": ({ fingerprint, to, from }: Key & Record<"from" | "to", string | undefined>) =>
    say`key ${fingerprint} works ${until(to)} instead of ${until(from)}`,
  "retention-lengthened": ({ from, to }: { readonly from: number; readonly to: number | undefined }) =>
    to === undefined
      ? say`its files are kept instead of deleted after ${days(from)}`
      : say`its files are deleted after ${days(to)} instead of ${days(from)}`,
  "listener-added": ({ listener }: Told) => say`its uploads are told to ${listener}`,
  "listener-removed": ({ listener }: Told) => say`its uploads are no longer told to ${listener}`,
  /** Hours of silence after which an alarm begins; undefined: never. */
  "expectation-changed": ({ to, from }: Record<"from" | "to", number | undefined>) =>
    say`its silence alarms ${silence(to)} instead of ${silence(from)}`,
  /** Other documents with the same effect in the tenant's folders. */
  "policy-rewritten": () => say`its policies are rewritten; what it can do in its folders stays the same`,
};

/** What reviewers should know although the change has nothing to do with it. */
const notices = {
  "key-expires-soon": ({ fingerprint, expires }: Key & { readonly expires: string }) =>
    say`key ${fingerprint} stops working after ${expires}; its successor should be here in time`,
  "no-key": () => say`has no key that is in use and cannot log in`,
};

type OneOf<Sentences> = {
  [Kind in keyof Sentences]: Sentences[Kind] extends (facts: infer Facts) => Sentence
    ? { readonly kind: Kind } & Facts
    : never;
}[keyof Sentences];

/** Something that changes for one tenant in one stack, or for every tenant of a stack. */
export type Change = OneOf<typeof breaking & typeof harmless>;

export type Notice = OneOf<typeof notices>;

export function isBreaking({ kind }: Change): boolean {
  return kind in breaking;
}

/** A change or a notice in one line, with a mark where it breaks something or changes nothing. */
export function lineOf(told: Change | Notice, show: (value: string) => string, breakingMark: string): string {
  const mark = told.kind in breaking ? breakingMark : told.kind in notices ? "note: " : "";
  const sentence = { ...breaking, ...harmless, ...notices }[told.kind] as (facts: typeof told) => Sentence;
  return `${mark}${sentence(told)(show)}`;
}

/** That something moves, unless it stays where it was. */
export function moved(
  kind: "user-recreated" | "landing-folder-moved" | "endpoint-moved" | "bucket-moved",
  from: string,
  to: string,
): Change[] {
  return from === to ? [] : [{ kind, from, to }];
}

/** What only the first list has. */
export function without<T>(list: readonly T[], others: readonly T[]): T[] {
  return list.filter((one) => !others.includes(one));
}

function until(expires: string | undefined): Sentence {
  return expires === undefined ? plain("without an end") : say`until ${expires}`;
}

function days(number: number): Sentence {
  return plain(counted(number, "day"));
}

function silence(hours: number | undefined): Sentence {
  return plain(hours === undefined ? "never" : `after ${counted(hours, "hour")}`);
}
