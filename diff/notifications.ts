import type { Listener } from "../tenancy/listener";
import type { Tenant } from "../tenancy/model";
import { without, type Change } from "./change";

type Notified = Pick<Tenant, "notify" | "expectEveryHours"> | undefined;

/** Who hears of a tenant's uploads from now on or no longer in a stack, and how long its silence may last. */
export function notificationChanges(before: Notified, after: Notified, stack: string): Change[] {
  const [then, now] = [listenersIn(before, stack), listenersIn(after, stack)];
  const [from, to] = [before?.expectEveryHours, after?.expectEveryHours];
  return [
    ...without(now, then).map((listener) => ({ kind: "listener-added", listener }) as const),
    ...without(then, now).map((listener) => ({ kind: "listener-removed", listener }) as const),
    ...(from === to ? [] : [{ kind: "expectation-changed", from, to } as const]),
  ];
}

function listenersIn(tenant: Notified, stack: string): string[] {
  const listeners = (tenant?.notify ?? []).filter(({ environments }) => environments.includes(stack));
  return listeners.map(named).sort();
}

function named(listener: Listener): string {
  return listener.kind === "own-queue" ? "a queue of its own" : `${listener.kind} ${listener.endpoint}`;
}
