import { spacePrefix, tenantPrefix } from "../access/grant";
import type { DeployedResource, Deployment } from "../synth/deployment";
import type { Owner } from "../uploads/owner";
import { expectedHoursIn } from "../uploads/silence";
import { without, type Change } from "./change";
import { isSilenceName, ownersByName, subscribedOwners } from "./owners";
import type { Told } from "./sentences/uploads";
import { asDocument, fieldOf, listAt } from "./structure";

/** What one side deploys around the uploads of its tenants and spaces. */
export interface Uploads {
  /** Who hears of them. */
  readonly listeners: ReadonlyMap<Owner, readonly Told[]>;
  /** Who may read an own queue: ARNs. */
  readonly readers: ReadonlyMap<Owner, readonly string[]>;
  /** Hours of silence that are expected at most, as tenants.yaml has them. */
  readonly silence: ReadonlyMap<Owner, number>;
  /** Days after which the files below a prefix are deleted; those of other prefixes are kept. */
  readonly retention: ReadonlyMap<string, number>;
}

const kinds: Readonly<Record<string, Exclude<Told["kind"], "own-queue">>> = {
  sqs: "queue",
  lambda: "function",
  email: "email",
  https: "https",
};

/** Reads what is deployed around uploads. */
export function uploadsIn({ resources }: Deployment): Uploads {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const queues = of("aws:sqs/queue:Queue").map(({ inputs }) => inputs["name"]);
  const listening = of("aws:sns/topicSubscription:TopicSubscription").flatMap((resource) =>
    subscribedOwners(resource.inputs["filterPolicy"]).map((owner) => [owner, listenerOf(resource, queues)] as const),
  );
  const reading = of("aws:sqs/queuePolicy:QueuePolicy").flatMap(({ name, inputs }) =>
    ownersByName(name).flatMap((owner) => readersIn(inputs["policy"]).map((reader) => [owner, reader] as const)),
  );
  const silent = of("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ name }) => isSilenceName(name))
    .flatMap(({ name, inputs }) => {
      const hours = expectedHoursIn(String(inputs["alarmDescription"])) ?? Number(inputs["evaluationPeriods"]);
      return ownersByName(name).map((owner) => [owner, hours] as const);
    });
  return {
    listeners: grouped(listening),
    readers: grouped(reading),
    silence: new Map(silent),
    retention: retentionByPrefix(of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")),
  };
}

/** Whether a tenant or space is there on both sides, or on one. */
export type Presence = "staying" | "coming" | "going";

/**
 * Who hears of the uploads of a tenant or space from now on or no longer, how long its silence may last, and how long its
 * files are kept.
 * @param presence Without files yet, no retention can surprise; of one that goes, nobody expects files any more.
 */
export function uploadChanges(owner: Owner, old: Uploads, now: Uploads, presence: Presence): Change[] {
  const [heard, hears] = [old, now].map(({ listeners }) => listeners.get(owner) ?? []) as [Told[], Told[]];
  const [had, have] = [old, now].map(({ readers }) => readers.get(owner) ?? []) as [string[], string[]];
  const [from, to] = [old, now].map(({ silence }) => silence.get(owner));
  return [
    ...missing(hears, heard).map((listener) => {
      const isFirst = missing([listener], [...old.listeners.values()].flat()).length > 0;
      return { kind: "listener-added", listener, isFirst } as const;
    }),
    ...without(have, had).map((reader) => ({ kind: "reader-added", reader }) as const),
    ...missing(heard, hears).map((listener) => ({ kind: "listener-removed", listener }) as const),
    ...without(had, have).map((reader) => ({ kind: "reader-removed", reader }) as const),
    ...(from === to || presence === "going" ? [] : [{ kind: "expectation-changed", from, to } as const]),
    ...retentionChange(prefixOf(owner), old.retention, now.retention, presence === "coming"),
  ];
}

function retentionChange(
  prefix: string,
  old: Uploads["retention"],
  now: Uploads["retention"],
  isNew: boolean,
): Change[] {
  const [from, to] = [old.get(prefix), now.get(prefix)];
  if (to !== undefined && isNew) {
    return [{ kind: "retention-set", to }];
  }
  if (to !== undefined && (from === undefined || to < from)) {
    return [{ kind: "retention-shortened", from, to }];
  }
  return from === undefined || from === to ? [] : [{ kind: "retention-lengthened", from, to }];
}

function prefixOf(owner: Owner): string {
  const name = owner.slice(owner.indexOf(":") + 1);
  return owner.startsWith("tenant:") ? tenantPrefix(name) : spacePrefix(name);
}

/** @param queues Names of the stack's own. */
function listenerOf({ name, inputs }: DeployedResource, queues: readonly unknown[]): Told {
  const [endpoint, protocol] = [String(inputs["endpoint"]), String(inputs["protocol"])];
  const queue = endpoint.slice(endpoint.lastIndexOf(":") + 1);
  return protocol === "sqs" && ownersByName(name).length > 0 && queues.includes(queue)
    ? { kind: "own-queue", queue }
    : { kind: kinds[protocol] ?? "other", endpoint };
}

/** Whom a queue's policy lets in, beside the services that send to it. Nobody, where the policy is none. */
function readersIn(policy: unknown): string[] {
  return listAt(asDocument(policy), "Statement")
    .filter((statement) => fieldOf(statement, "Effect") === "Allow")
    .flatMap((statement) => principalsOf(fieldOf(statement, "Principal") ?? "everybody but some"));
}

function principalsOf(principal: unknown): string[] {
  const kinds = typeof principal === "object" && principal !== null ? Object.entries(principal) : [["AWS", principal]];
  return kinds.filter(([kind]) => kind !== "Service").flatMap(([, named]) => [named as unknown].flat().map(String));
}

interface LifecycleRule {
  readonly status?: string;
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days?: number };
}

function retentionByPrefix(configurations: readonly DeployedResource[]): ReadonlyMap<string, number> {
  const rules = configurations.flatMap(({ inputs }) => (inputs["rules"] ?? []) as readonly LifecycleRule[]);
  return new Map(
    rules
      .filter(({ status }) => status === "Enabled")
      .flatMap(({ filter, expiration }) =>
        filter?.prefix === undefined || expiration?.days === undefined
          ? []
          : [[filter.prefix, expiration.days] as const],
      ),
  );
}

function grouped<T>(entries: readonly (readonly [Owner, T])[]): ReadonlyMap<Owner, readonly T[]> {
  const groups = new Map<Owner, T[]>();
  for (const [owner, value] of entries) {
    const group = groups.get(owner) ?? [];
    groups.set(owner, group.includes(value) ? group : [...group, value]);
  }
  return groups;
}

function missing(list: readonly Told[], others: readonly Told[]): Told[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return list.filter((listener) => !known.has(JSON.stringify(listener)));
}
