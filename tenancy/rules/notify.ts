import { type Listener, maxListeners, maxOwnersOfListener } from "../listener";
import { listed, quoted } from "../quote";
import { type Inspection, type ListenerDrafts, owners } from "../subject";
import type { Path } from "../tree";

/** A listener with its place in the file. */
interface HeldListener {
  readonly path: Path;
  /** Whose uploads it is about: the place of the tenant or the space. */
  readonly holder: Path;
  readonly listener: Listener;
}

/** Every listener of a tenant or space is there once, and a stack has no more of them than SNS takes. */
export function checkNotify(inspection: Inspection): void {
  const entries = listenersOf(inspection);
  checkRepetitions(entries, inspection);
  for (const stack of inspection.checkedStacks) {
    checkNumbers(
      entries.filter(({ listener }) => listener.environments.includes(stack)),
      stack,
      inspection,
    );
  }
}

function listenersOf({ subjects, spaces }: Inspection): HeldListener[] {
  return [
    ...subjects.flatMap(({ path, tenant }) => heldBy(path, tenant.notify)),
    ...spaces.flatMap((space, index) => heldBy(["spaces", index], space?.notify ?? [])),
  ];
}

function heldBy(holder: Path, notify: ListenerDrafts): HeldListener[] {
  return notify.flatMap((listener, index) =>
    listener === undefined ? [] : [{ path: [...holder, "notify", index], holder, listener }],
  );
}

function checkRepetitions(entries: readonly HeldListener[], { checkedStacks, report }: Inspection): void {
  const repetitions = owners(
    entries,
    ({ holder, listener }) => JSON.stringify([holder, listener.kind, endpointOf(listener)]),
    ({ listener }) => listener.environments,
    checkedStacks,
  );
  for (const { of: entry, stacks } of repetitions) {
    const message = `${called(entry.listener)} is listed twice in ${listed(stacks)}; remove one of the two`;
    report.error(entry.path, message);
  }
}

/** SNS holds one subscription for an endpoint, whoever's uploads it hears of. */
function checkNumbers(entries: readonly HeldListener[], stack: string, { report }: Inspection): void {
  const holdersOf = new Map<string, Set<Path>>();
  for (const { listener, holder, path } of entries) {
    const subscription = JSON.stringify([listener.kind, endpointOf(listener) ?? holder]);
    const holders = holdersOf.get(subscription) ?? new Set();
    const before = holders.size;
    holders.add(holder);
    holdersOf.set(subscription, holders);
    if (before === 0 && holdersOf.size === maxListeners + 1) {
      const message = `this is listener ${maxListeners + 1} in ${stack}, and SNS takes ${maxListeners} filter policies a topic`;
      report.error(path, `${message}; ${waysOut}`);
    }
    if (before === maxOwnersOfListener && holders.size > before) {
      const message = `${called(listener)} would hear of ${maxOwnersOfListener + 1} tenants and spaces in ${stack}`;
      report.error(path, `${message}, and SNS takes ${maxOwnersOfListener} in one filter policy; ${waysOut}`);
    }
  }
}

/** The ways out that both limits have. */
const waysOut =
  'let one listener of yours subscribe to the whole topic "uploads" and hand on, or do it in functions/on-upload/hook';

function endpointOf(listener: Listener): string | undefined {
  return listener.kind === "own-queue" ? undefined : listener.endpoint;
}

/** A URL's query may hold a token. */
function called(listener: Listener): string {
  const endpoint = endpointOf(listener);
  return endpoint === undefined ? '"queue: true"' : quoted(endpoint.replace(/\?.+$/s, "?..."));
}
