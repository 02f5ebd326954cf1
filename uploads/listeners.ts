import { createHash } from "node:crypto";
import type { AwsScope } from "../iam/arn";
import { filterPolicyOf, spaceOwner, tenantOwner, type Owner } from "./owner";
import { planQueue, type MessagingPlan } from "./messaging";
import type { ExistingListener, Listener, OwnQueue } from "../tenancy/listener";
import { gatewayArns, ownQueueNames, type GatewayNames } from "../names";

/** A tenant or a space, as far as its listeners are concerned: those of one stack. */
export interface Notifying {
  readonly name: string;
  readonly notify: readonly Listener[];
}

/** One subscription to the topic `uploads`, decided before a resource is registered. */
export type ListenerPlan = OwnQueuePlan | EndpointPlan;

interface Subscribed {
  /** Identity: follows from who listens and never from a place in a list. */
  readonly id: string;
  /** Whose uploads it hears of, sorted. */
  readonly owners: readonly Owner[];
  /** The subscription's filter policy, on message attributes. */
  readonly filterPolicy: string;
}

export interface OwnQueuePlan extends Subscribed {
  readonly kind: OwnQueue["kind"];
  /** ARNs of roles and users that receive from both queues, sorted. */
  readonly readers: readonly string[];
  readonly queue: MessagingPlan;
  readonly deadLetters: MessagingPlan;
}

export interface EndpointPlan extends Subscribed {
  readonly kind: ExistingListener["kind"];
  /** SNS's name of the kind. */
  readonly protocol: "sqs" | "lambda" | "email" | "https";
  readonly endpoint: string;
  /** The function to invoke; undefined where the endpoint is none. */
  readonly invoked: InvokedFunction | undefined;
}

/** A function, and the version or alias of it that is meant. */
export interface InvokedFunction {
  /** Tells this gateway's permission from others on the same function. */
  readonly statementId: string;
  readonly functionArn: string;
  readonly region: string;
  readonly qualifier: string | undefined;
}

const protocols = { queue: "sqs", function: "lambda", email: "email", https: "https" } as const;

/**
 * The subscriptions of a stack, sorted by id. SNS holds one subscription for an endpoint, so an endpoint that several
 * tenants and spaces name is one listener with a filter policy that names them all.
 */
export function listenerPlans(
  scope: AwsScope,
  names: GatewayNames,
  { tenants, spaces }: { readonly tenants: readonly Notifying[]; readonly spaces: readonly Notifying[] },
): ListenerPlan[] {
  const entries: readonly Entry[] = [
    ...tenants.flatMap(({ name, notify }) =>
      notify.map((listener) => ({ kind: "tenant" as const, name, owner: tenantOwner(name), listener })),
    ),
    ...spaces.flatMap(({ name, notify }) =>
      notify.map((listener) => ({ kind: "space" as const, name, owner: spaceOwner(name), listener })),
    ),
  ];
  const own = entries.flatMap(({ listener, ...owner }) =>
    listener.kind === "own-queue" ? [ownQueuePlan(scope, names, owner, listener)] : [],
  );
  return [...own, ...endpointPlans(names, entries)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Entry {
  readonly kind: "tenant" | "space";
  readonly name: string;
  readonly owner: Owner;
  readonly listener: Listener;
}

function ownQueuePlan(
  scope: AwsScope,
  names: GatewayNames,
  { kind, name, owner }: Omit<Entry, "listener">,
  { readers }: OwnQueue,
): OwnQueuePlan {
  const { queue, deadLetters } = ownQueueNames(names, kind, name);
  const senders = [{ service: "sns.amazonaws.com", sourceArn: gatewayArns(scope, names).uploadsTopic }];
  const sortedReaders = [...readers].sort();
  return {
    kind: "own-queue",
    id: `${kind}-${name}`,
    ...subscribed([owner]),
    readers: sortedReaders,
    queue: planQueue(scope, queue, senders, sortedReaders),
    deadLetters: planQueue(scope, deadLetters, senders, sortedReaders),
  };
}

function endpointPlans(names: GatewayNames, entries: readonly Entry[]): EndpointPlan[] {
  const listened = new Map<string, { readonly listener: ExistingListener; readonly owners: Set<Owner> }>();
  for (const { listener, owner } of entries) {
    if (listener.kind !== "own-queue") {
      const id = `${listener.kind}-${endpointHash(listener.endpoint)}`;
      const known = listened.get(id) ?? { listener, owners: new Set<Owner>() };
      known.owners.add(owner);
      listened.set(id, known);
    }
  }
  return [...listened].map(([id, { listener, owners }]) => {
    const { kind, endpoint } = listener;
    const invoked = kind === "function" ? invokedFunction(endpoint, `${names.prefix}-${id}`) : undefined;
    return { kind, id, protocol: protocols[kind], endpoint, invoked, ...subscribed([...owners]) };
  });
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`, taken apart. */
function invokedFunction(endpoint: string, statementId: string): InvokedFunction {
  const parts = endpoint.split(":");
  return { statementId, functionArn: parts.slice(0, 7).join(":"), region: parts[3] ?? "", qualifier: parts[7] };
}

/** Enough of a hash to tell the listeners of one stack apart, short enough for a name. */
function endpointHash(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 16);
}

/** What these owners hear of. */
function subscribed(owners: readonly Owner[]): Pick<Subscribed, "owners" | "filterPolicy"> {
  const sorted = [...owners].sort();
  const filterPolicy = JSON.stringify({ owner: sorted.flatMap((owner) => filterPolicyOf(owner)["owner"] ?? []) });
  return { owners: sorted, filterPolicy };
}
