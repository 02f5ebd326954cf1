import { readFileSync, renameSync, writeFileSync } from "node:fs";
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

interface Stored {
  resources: StoredResource[];
  /** Object keys by bucket. */
  objects: Record<string, string[]>;
  /** How many resources of a logical name were ever created: what AWS draws at random must differ among them. */
  created: Record<string, number>;
}

/**
 * AWS's side: what exists, in a file, because it outlives the provider's processes. Each change is on disk before it is
 * answered, as a process may be killed at any moment.
 */
export class Service {
  private stored: Stored;

  private constructor(private readonly file: string) {
    this.stored = JSON.parse(readFileSync(file, "utf8")) as Stored;
  }

  /** A service in which nothing exists yet. */
  static create(directory: string): Service {
    const empty: Stored = { resources: [], objects: {}, created: {} };
    writeFileSync(fileIn(directory), JSON.stringify(empty));
    return Service.open(directory);
  }

  /** The service as it stands now. */
  static open(directory: string): Service {
    return new Service(fileIn(directory));
  }

  all(type: string): StoredResource[] {
    return this.stored.resources.filter((resource) => resource.type === type);
  }

  find(type: string, id: string): StoredResource | undefined {
    return this.all(type).find((resource) => resource.id === id);
  }

  /** Creates or overwrites. */
  put(resource: StoredResource): void {
    const others = this.stored.resources.filter(({ type, id }) => type !== resource.type || id !== resource.id);
    this.stored.resources = [...others, resource];
    this.save();
  }

  remove(condition: (resource: StoredResource) => boolean): void {
    this.stored.resources = this.stored.resources.filter((resource) => !condition(resource));
    this.save();
  }

  /** Counts creations of a name; the first is 0. */
  countCreation(type: string, name: string): number {
    const key = `${type} ${name}`;
    const earlier = this.stored.created[key] ?? 0;
    this.stored.created[key] = earlier + 1;
    this.save();
    return earlier;
  }

  objectsOf(bucket: string): readonly string[] {
    return this.stored.objects[bucket] ?? [];
  }

  /** Sets a bucket's objects; an empty list deletes them. */
  setObjects(bucket: string, keys: readonly string[]): void {
    this.stored.objects[bucket] = [...keys];
    this.save();
  }

  /** Everything that exists, by type and id: what a person would see in the console. */
  inventory(): StoredResource[] {
    return [...this.stored.resources].sort((a, b) => (a.type + a.id < b.type + b.id ? -1 : 1));
  }

  private save(): void {
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.stored));
    renameSync(draft, this.file);
  }
}

function fileIn(directory: string): string {
  return join(directory, "service.json");
}

/** Where a provider's process leaves its number: one that outlives a killed CLI must have ended before the next begins. */
export function processFile(directory: string): string {
  return join(directory, "provider.pid");
}
