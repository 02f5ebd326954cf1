import { type Listener, maxListeners, maxOwnersOfListener } from "../listener";
import { listed, quoted } from "../quote";
import { type Inspection, type ListenerDrafts, owners } from "../subject";
import type { Path } from "../tree";

/** A listener with its place in the file. */
interface HeldListener {
  readonly path: Path;
  /** Whose uploads it is about: the place of the tenant or the space. */
  readonly holder: Path;
  /** Name of the tenant, for problems. */
  readonly tenant?: string | undefined;
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
    ...subjects.flatMap(({ path, tenant }) => heldBy(path, tenant.notify, tenant.name)),
    ...spaces.flatMap((space, index) => heldBy(["spaces", index], space?.notify ?? [])),
  ];
}

function heldBy(holder: Path, listeners: ListenerDrafts, tenant?: string): HeldListener[] {
  return listeners.flatMap((listener, index) =>
    listener === undefined ? [] : [{ path: [...holder, "notify", index], holder, tenant, listener }],
  );
}

function checkRepetitions(entries: readonly HeldListener[], { checkedStacks, places, report }: Inspection): void {
  const repetitions = owners(
    entries,
    ({ holder, listener }) => JSON.stringify([holder, listener.kind, endpointOf(listener)]),
    ({ listener }) => listener.environments,
    checkedStacks,
  );
  for (const { of: entry, stacks } of repetitions) {
    report.error(
      () => places.of(entry.path),
      `${called(entry.listener)} is listed twice in ${listed(stacks)}; remove one of the two`,
      entry.tenant,
    );
  }
}

/** SNS holds one subscription for an endpoint, whoever's uploads it hears of. */
function checkNumbers(entries: readonly HeldListener[], stack: string, { places, report }: Inspection): void {
  const holdersOf = new Map<string, Set<Path>>();
  for (const { listener, holder, path, tenant } of entries) {
    const subscription = JSON.stringify([listener.kind, endpointOf(listener) ?? holder]);
    const holders = holdersOf.get(subscription) ?? new Set();
    const before = holders.size;
    holders.add(holder);
    holdersOf.set(subscription, holders);
    if (before === 0 && holdersOf.size === maxListeners + 1) {
      report.error(() => places.of(path), tooManyListeners(stack), tenant);
    }
    if (before === maxOwnersOfListener && holders.size > before) {
      report.error(() => places.of(path), tooManyOwners(listener, stack), tenant);
    }
  }
}

/** The ways out that both limits have. */
const waysOut =
  'let one listener of yours subscribe to the whole topic "uploads" and hand on, or do it in functions/on-upload/hook';

function tooManyListeners(stack: string): string {
  return `this is listener ${maxListeners + 1} in ${stack}, and SNS takes ${maxListeners} filter policies a topic; ${waysOut}`;
}

function tooManyOwners(listener: Listener, stack: string): string {
  return (
    `${called(listener)} would hear of ${maxOwnersOfListener + 1} tenants and spaces in ${stack}, ` +
    `and SNS takes ${maxOwnersOfListener} in one filter policy; ${waysOut}`
  );
}

function endpointOf(listener: Listener): string | undefined {
  return listener.kind === "own-queue" ? undefined : listener.endpoint;
}

/** A URL's query may hold a token. */
function called(listener: Listener): string {
  const endpoint = endpointOf(listener);
  return endpoint === undefined ? '"queue: true"' : quoted(endpoint.replace(/\?.+$/s, "?..."));
}
