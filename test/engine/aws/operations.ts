import { createHash } from "node:crypto";
import { computed } from "../../../synth/computed";
import type { AwsScope } from "../../../iam/arn";
import { requestProblems, unknownValue, type RequestProblem } from "./apiModel";
import { resourceType } from "./resourceTypes";
import { ServiceError, type Properties, type Service, type StoredResource } from "./service";

/** A resource of the program, as the engine speaks of it. */
export interface Subject {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
}

/** How a resource's wanted inputs differ from what it has. */
export interface Difference {
  readonly changed: readonly string[];
  /** Those among them that replace it. */
  readonly replaces: readonly string[];
}

/**
 * The inputs with the provider's own name where the program gives none: the one it has, or the logical name and seven
 * digits drawn at random.
 */
export function withAutoName(
  { type, name }: Subject,
  inputs: Properties,
  old: Properties,
  seed: Uint8Array,
): Properties {
  if (resourceType(type).autoNamed === undefined || inputs["name"] !== undefined) {
    return inputs;
  }
  const digits = createHash("sha256").update(seed).digest("hex").slice(0, 7);
  return { ...inputs, name: old["name"] ?? `${name}-${digits}` };
}

/** What AWS's API model forbids in a resource's inputs. */
export function inputProblems({ type }: Subject, inputs: Properties): RequestProblem[] {
  return resourceType(type).requests(inputs).flatMap(requestProblems);
}

/** Compares inputs as the provider does. */
export function difference({ type }: Subject, old: Properties, wanted: Properties): Difference {
  const { replaceOn, comparable } = resourceType(type);
  const text = (key: string, value: unknown) => stableText(asDocument(comparable?.(key, value) ?? value));
  const changed = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].filter(
    (key) => wanted[key] === unknownValue || text(key, old[key]) !== text(key, wanted[key]),
  );
  return { changed, replaces: changed.filter((key) => replaceOn.includes(key)) };
}

/**
 * Creates a resource as AWS would.
 * @throws ServiceError where AWS refuses.
 */
export function create(service: Service, subject: Subject, inputs: Properties, scope: AwsScope): StoredResource {
  const behaviour = resourceType(subject.type);
  behaviour.accept?.(service, inputs);
  const { whenExists } = behaviour;
  const drawn = whenExists === "duplicate" ? distinctName(service, subject) : subject.name;
  const { id, outputs } = computed(subject.type, drawn, inputs, scope);
  const existing = service.find(subject.type, id);
  if (existing !== undefined && typeof whenExists === "object") {
    if (!whenExists.unlessEqual || difference(subject, existing.inputs, inputs).changed.length > 0) {
      throw new ServiceError(whenExists.refuse, `${id} exists already`);
    }
  }
  const resource = { type: subject.type, id, inputs, computed: outputs };
  service.put(resource);
  return resource;
}

/** What a preview can tell of a resource that is yet to be created: its inputs, and that AWS will add something. */
export function plannedOutputs({ type, name }: Subject, inputs: Properties, scope: AwsScope): Properties {
  const { outputs } = computed(type, name, inputs, scope);
  return { ...inputs, ...Object.fromEntries(Object.keys(outputs).map((key) => [key, unknownValue] as const)) };
}

/** What AWS draws at random derives from the logical name; created once more it must be drawn anew. */
function distinctName(service: Service, { type, name }: Subject): string {
  const earlier = service.countCreation(type, name);
  return earlier === 0 ? name : `${name}#${earlier}`;
}

/** Changes a resource. @throws ServiceError where AWS refuses, or where it is gone. */
export function update(service: Service, { type }: Subject, id: string, inputs: Properties): StoredResource {
  const current = service.find(type, id);
  if (current === undefined) {
    throw new ServiceError("ResourceNotFoundException", `${id} does not exist`);
  }
  resourceType(type).accept?.(service, inputs);
  const changed = { ...current, inputs };
  service.put(changed);
  return changed;
}

/** Deletes a resource; one that is gone is deleted, as the provider sees it. @throws ServiceError where AWS refuses. */
export function remove(service: Service, { type }: Subject, id: string): void {
  const current = service.find(type, id);
  if (current === undefined) {
    return;
  }
  resourceType(type).release?.(service, current);
  service.remove((other) => other.type === type && other.id === id);
}

/** The provider compares policies, patterns and the like as what they say, not as text. */
function asDocument(value: unknown): unknown {
  try {
    return typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

/** JSON with sorted keys, so that what says the same reads the same. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === "object" && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
