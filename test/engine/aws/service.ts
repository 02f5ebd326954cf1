import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Values of a resource by the provider's names. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource as AWS keeps it. */
export interface StoredResource {
  readonly type: string;
  readonly id: string;
  readonly inputs: Properties;
  /** What AWS added: ARN, endpoint ... */
  readonly computed: Properties;
}

/** What the service refuses, with AWS's name for it. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** One line of the service's file. */
type Change =
  | { readonly put: StoredResource }
  | { readonly removed: readonly string[] }
  | { readonly created: string }
  | { readonly bucket: string; readonly objects: readonly string[] };

/**
 * AWS's side: what exists, in a file, because it outlives the provider's processes. Each change is a line on disk before
 * it is answered, as a process may be killed at any moment.
 */
export class Service {
  private readonly resources = new Map<string, StoredResource>();
  /** Object keys by bucket. */
  private readonly objects = new Map<string, readonly string[]>();
  /** How many resources of a logical name were ever created: what AWS draws at random must differ among them. */
  private readonly created = new Map<string, number>();

  private constructor(private readonly file: string) {
    const lines = readFileSync(file, "utf8").split("\n");
    lines.filter((line) => line !== "").forEach((line) => this.apply(JSON.parse(line) as Change));
  }

  /** A service in which nothing exists yet. */
  static create(directory: string): Service {
    writeFileSync(fileIn(directory), "");
    return Service.open(directory);
  }

  /** The service as it stands now. */
  static open(directory: string): Service {
    return new Service(fileIn(directory));
  }

  all(type: string): StoredResource[] {
    return [...this.resources.values()].filter((resource) => resource.type === type);
  }

  find(type: string, id: string): StoredResource | undefined {
    return this.resources.get(keyOf({ type, id }));
  }

  /** Creates or overwrites. */
  put(resource: StoredResource): void {
    this.record({ put: resource });
  }

  remove(condition: (resource: StoredResource) => boolean): void {
    this.record({ removed: [...this.resources.values()].filter(condition).map(keyOf) });
  }

  /** Counts creations of a name; the first is 0. */
  countCreation(type: string, name: string): number {
    const key = `${type} ${name}`;
    const earlier = this.created.get(key) ?? 0;
    this.record({ created: key });
    return earlier;
  }

  objectsOf(bucket: string): readonly string[] {
    return this.objects.get(bucket) ?? [];
  }

  /** Sets a bucket's objects; an empty list deletes them. */
  setObjects(bucket: string, keys: readonly string[]): void {
    this.record({ bucket, objects: keys });
  }

  /** Everything that exists, by type and id: what a person would see in the console. */
  inventory(): StoredResource[] {
    return [...this.resources.values()].sort((a, b) => (a.type + a.id < b.type + b.id ? -1 : 1));
  }

  private record(change: Change): void {
    appendFileSync(this.file, `${JSON.stringify(change)}\n`);
    this.apply(change);
  }

  private apply(change: Change): void {
    if ("put" in change) {
      this.resources.set(keyOf(change.put), change.put);
    } else if ("removed" in change) {
      change.removed.forEach((key) => this.resources.delete(key));
    } else if ("created" in change) {
      this.created.set(change.created, (this.created.get(change.created) ?? 0) + 1);
    } else {
      this.objects.set(change.bucket, change.objects);
    }
  }
}

function keyOf({ type, id }: Pick<StoredResource, "type" | "id">): string {
  return `${type} ${id}`;
}

function fileIn(directory: string): string {
  return join(directory, "service.jsonl");
}

/** Where a provider's process leaves its number: one that outlives a killed CLI must have ended before the next begins. */
export function processFile(directory: string): string {
  return join(directory, "provider.pid");
}
