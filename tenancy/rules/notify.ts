import { type Listener, maxListeners, maxOwnersOfListener } from "../listener";
import type { ListenerEntry } from "../notify";
import { listed, quoted } from "../quote";
import { type Inspection, owners } from "../subject";

/** Every listener of a tenant or space is there once, and a stack has no more of them than SNS takes. */
export function checkNotify(entries: readonly ListenerEntry[], inspection: Inspection): void {
  if (entries.length === 0) {
    return;
  }
  checkRepetitions(entries, inspection);
  for (const stack of inspection.checkedStacks) {
    checkNumbers(
      entries.filter(({ environments }) => environments.includes(stack)),
      stack,
      inspection,
    );
  }
}

function checkRepetitions(entries: readonly ListenerEntry[], { checkedStacks, places, report }: Inspection): void {
  const identity = ({ holder, listener }: ListenerEntry) =>
    listener === undefined ? undefined : JSON.stringify([holder, listener.kind, endpointOf(listener)]);
  for (const { of: entry, stacks } of owners(entries, identity, checkedStacks)) {
    report.error(
      () => places.of(entry.path),
      `${called(entry.listener)} is listed twice in ${listed(stacks)}; remove one of the two`,
      entry.tenant,
    );
  }
}

/** SNS holds one subscription for an endpoint, whoever's uploads it hears of. */
function checkNumbers(entries: readonly ListenerEntry[], stack: string, { places, report }: Inspection): void {
  const holdersOf = new Map<string, Set<string>>();
  for (const { listener, holder, path, tenant } of entries) {
    if (listener === undefined) {
      continue;
    }
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
function called(listener: Listener | undefined): string {
  const endpoint = listener && endpointOf(listener);
  return endpoint === undefined ? '"queue: true"' : quoted(endpoint.replace(/\?.+$/s, "?..."));
}
