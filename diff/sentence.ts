import { listed } from "../tenancy/quote";
import type { Change, Notice } from "./change";

/** A sentence for people: our words, and between them values from tenants.yaml or a deployment that must be shown as such. */
export interface Sentence {
  /** One more than there are values. */
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** A sentence as text; each format shows values its own way, and nothing else in a sentence needs escaping. */
export function rendered({ words, values }: Sentence, show: (value: string) => string): string {
  return words.map((word, index) => (index === 0 ? word : `${show(values[index - 1] ?? "")}${word}`)).join("");
}

type Sayings = {
  readonly [Kind in Change["kind"]]: (change: Extract<Change, { readonly kind: Kind }>) => Sentence;
};

/** What changes, as the person reads it who decides whether it may. */
export function sentenceOf(change: Change): Sentence {
  return (sentences[change.kind] as (change: Change) => Sentence)(change);
}

/** Their subject is the tenant or the environment below whose name they stand. */
const sentences: Sayings = {
  "tenant-added": ({ userName, description, contact }) =>
    joined([
      say`is new and logs in as ${userName}`,
      ...(description === undefined ? [] : [say`: ${description}`]),
      ...(contact === undefined ? [] : [say`, contact ${contact}`]),
    ]),
  "tenant-added-suspended": () => say`is new and suspended: it cannot log in`,
  "tenant-removed": ({ prefix }) => say`is removed and cannot log in any more; its files stay in ${prefix}`,
  "tenant-left": ({ prefix }) =>
    say`leaves this environment and cannot log in to it any more; its files stay in ${prefix}`,
  "tenant-suspended": () => say`is suspended and cannot log in; its files stay`,
  "tenant-resumed": ({ userName }) => say`is no longer suspended and logs in as ${userName}`,
  "name-not-retired": ({ prefix }) =>
    say`is not put into "retired": whoever gets the name next gets the files in ${prefix}`,
  "name-unretired": ({ prefix }) =>
    say`is taken out of "retired": whoever gets the name next gets the files in ${prefix}`,
  "tenant-renamed": ({ from, oldPrefix, newPrefix }) =>
    say`was ${from}: its files stay in ${oldPrefix}, and it sees ${newPrefix} instead`,
  "user-recreated": ({ to, from }) =>
    say`logs in as ${to} instead of ${from}: the user is recreated, every client needs the new name`,
  "landing-folder-moved": ({ to, from }) => say`lands in ${to} instead of ${from}`,
  "folder-renamed": ({ to, from, oldPrefix }) =>
    say`finds ${to} instead of ${from}: its files stay in ${oldPrefix}, out of its reach`,
  "path-moved": ({ prefix, to, from }) =>
    say`finds its files in ${prefix} at ${to} instead of ${from}: absolute paths fail`,
  "access-lost": ({ entry, prefix, verbs, remaining }) =>
    remaining.length === 0
      ? say`loses ${entry} (${prefix})`
      : say`can no longer ${plain(listed(verbs))} in ${entry} (${prefix})`,
  "access-gained": ({ entry, prefix, verbs, remaining }) =>
    verbs.length === remaining.length
      ? say`gets ${entry} (${prefix}): can ${plain(listed(verbs))}`
      : say`can also ${plain(listed(verbs))} in ${entry} (${prefix})`,
  "key-added": ({ fingerprint, expires }) => say`key ${fingerprint} is added, ${until(expires)}`,
  "key-removed": ({ fingerprint }) => say`key ${fingerprint} is removed`,
  "key-expiry-changed": ({ fingerprint, to, from }) =>
    say`key ${fingerprint} works ${until(to)} instead of ${until(from)}`,
  "retention-shortened": ({ to, from }) => say`its files are deleted after ${days(to)} instead of ${kept(from)}`,
  "retention-lengthened": ({ from, to }) =>
    to === undefined
      ? say`its files are kept instead of deleted after ${days(from)}`
      : say`its files are deleted after ${days(to)} instead of ${days(from)}`,
  "listener-added": ({ listener }) => say`its uploads are told to ${listener}`,
  "listener-removed": ({ listener }) => say`its uploads are no longer told to ${listener}`,
  "expectation-changed": ({ to, from }) => say`its silence alarms ${silence(to)} instead of ${silence(from)}`,
  "policy-rewritten": () => say`its policies are rewritten; what it can do in its folders stays the same`,
  "stack-added": () => say`this environment is new`,
  "stack-removed": () => say`its stack file is gone: what is deployed stays as it is, and nothing manages it any more`,
  "server-replaced": () =>
    say`the server is replaced: another host name and host key for every client, every user is recreated`,
  "endpoint-moved": () => say`clients connect to another host name`,
  "bucket-moved": ({ to, from }) =>
    say`files go to the bucket ${to} instead of ${from}; those that are there do not move along`,
};

/** A notice in the same manner. */
export function noticeOf(notice: Notice): Sentence {
  return notice.kind === "no-key"
    ? say`has no key that is in use and cannot log in`
    : say`key ${notice.fingerprint} stops working after ${notice.expires}; its successor should be here in time`;
}

function until(expires: string | undefined): Sentence {
  return expires === undefined ? say`without an end` : say`until ${expires}`;
}

function kept(number: number | undefined): Sentence {
  return number === undefined ? say`being kept` : days(number);
}

function days(number: number): Sentence {
  return plain(counted(number, "day"));
}

function silence(hours: number | undefined): Sentence {
  return plain(hours === undefined ? "never" : `after ${counted(hours, "hour")}`);
}

/** `1 day`, `2 days`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Text that is ours and needs no mark. */
function plain(text: string): Sentence {
  return { words: [text], values: [] };
}

/** Template whose placeholders are values, or sentences that it is made of. */
function say(words: TemplateStringsArray, ...parts: readonly (string | Sentence)[]): Sentence {
  return joined(
    words.flatMap((word, index) => {
      const part = parts[index];
      return part === undefined ? [plain(word)] : [plain(word), typeof part === "string" ? value(part) : part];
    }),
  );
}

function value(text: string): Sentence {
  return { words: ["", ""], values: [text] };
}

function joined(sentences: readonly Sentence[]): Sentence {
  const [first = plain(""), ...rest] = sentences;
  return rest.reduce(
    (before, { words, values }) => ({
      words: [...before.words.slice(0, -1), `${before.words.at(-1) ?? ""}${words[0] ?? ""}`, ...words.slice(1)],
      values: [...before.values, ...values],
    }),
    first,
  );
}
