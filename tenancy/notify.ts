import { readEmail, readFunctionArn, readHttps, readQueueArn, faultOfReader, type ReadEndpoint } from "./endpoint";
import type { StackLists } from "./environments";
import { type Listener, listenerKeys } from "./listener";
import { listed, quoted } from "./quote";
import type { Report } from "./report";
import { listenerSchema, type TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { Subject } from "./subject";
import type { Path, Places } from "./tree";

/** An entry of `notify`, as far as it could be read. */
export interface ListenerEntry {
  readonly path: Path;
  /** Whose uploads it is about: the place of the tenant or the space in the file. */
  readonly holder: string;
  /** Name of the tenant, for problems. */
  readonly tenant: string | undefined;
  /** Undefined when it is wrong. */
  readonly listener: Listener | undefined;
  readonly environments: readonly string[];
}

type DraftEntry = Draft<NonNullable<TenantsFile["tenants"][number]["notify"]>[number]>;
type ListenerKey = (typeof listenerKeys)[number];

/** What is wrong by itself with the listeners of a file; `rules/notify.ts` has what spans them. */
export class ListenerReader {
  constructor(
    private readonly places: Places,
    private readonly report: Report,
    private readonly stackLists: StackLists,
    private readonly stacks: readonly string[],
  ) {}

  /** All listeners, in the order of the file's tenants and then its spaces. */
  read(file: Draft<TenantsFile>, subjects: readonly Subject[]): ListenerEntry[] {
    const entries: ListenerEntry[] = [];
    for (const { path, draft, name, environments } of subjects) {
      draft.notify?.forEach((entry, index) => {
        entries.push(this.entry(entry, path, index, name, environments));
      });
    }
    file.spaces?.forEach((space, place) => {
      space?.notify?.forEach((entry, index) => {
        entries.push(this.entry(entry, ["spaces", place], index, undefined, this.stacks));
      });
    });
    return entries;
  }

  private entry(
    draft: DraftEntry | undefined,
    holderPath: Path,
    index: number,
    tenant: string | undefined,
    allowed: readonly string[],
  ): ListenerEntry {
    const path: Path = [...holderPath, "notify", index];
    const environments =
      draft?.environments === undefined
        ? allowed
        : this.stackLists.read({
            list: draft.environments,
            path: [...path, "environments"],
            tenant,
            allowed,
            bearer: "the listener",
          });
    const listener = draft === undefined ? undefined : this.listener(draft, path, tenant, environments);
    return { path, holder: JSON.stringify(holderPath), tenant, listener, environments };
  }

  private listener(
    draft: DraftEntry,
    path: Path,
    tenant: string | undefined,
    environments: readonly string[],
  ): Listener | undefined {
    const keys = listenerKeys.filter((key) => key in draft);
    const [key] = keys;
    if (key === undefined || keys.length > 1) {
      // A misspelt key has its own message.
      if (keys.length > 0 || Object.keys(draft).every((known) => known in listenerSchema.shape)) {
        this.report.error(() => this.places.of(path), faultOfKeys(keys), tenant);
      }
      return undefined;
    }
    const readers = this.readers(draft, path, tenant);
    if (key === "queue" && draft.queue === true) {
      return readers === undefined ? undefined : { kind: "own-queue", readers, environments };
    }
    if ("readers" in draft && draft[key] !== undefined) {
      this.report.error(
        () => this.places.ofKey(path, "readers"),
        '"readers" goes with "queue: true" alone; who reads an existing queue is for its own policy to say',
        tenant,
      );
    }
    return this.existing(key, draft[key], path, tenant, environments);
  }

  /** Undefined when one of them, or the list, is wrong. */
  private readers(draft: DraftEntry, path: Path, tenant: string | undefined): string[] | undefined {
    const known = new Set<string>();
    let faulty = "readers" in draft && draft.readers === undefined;
    draft.readers?.forEach((reader, index) => {
      const fault =
        reader === undefined
          ? undefined
          : known.has(reader)
            ? `the reader ${quoted(reader)} is listed twice; remove one of the two`
            : faultOfReader(reader);
      if (fault !== undefined) {
        this.report.error(() => this.places.of([...path, "readers", index]), fault, tenant);
      }
      faulty ||= reader === undefined || fault !== undefined;
      known.add(reader ?? "");
    });
    return faulty ? undefined : [...known];
  }

  private existing(
    kind: ListenerKey,
    value: string | true | undefined,
    path: Path,
    tenant: string | undefined,
    environments: readonly string[],
  ): Listener | undefined {
    if (typeof value !== "string") {
      return undefined;
    }
    const { endpoint, fault } = endpointReaders[kind](value);
    if (fault !== undefined) {
      this.report.error(() => this.places.of([...path, kind]), fault, tenant);
      return undefined;
    }
    return { kind, endpoint, environments };
  }
}

const endpointReaders: Readonly<Record<ListenerKey, (text: string) => ReadEndpoint>> = {
  queue: readQueueArn,
  function: readFunctionArn,
  email: readEmail,
  https: readHttps,
};

function faultOfKeys(keys: readonly ListenerKey[]): string {
  return keys.length === 0
    ? `an entry of "notify" names nobody; give it one of ${listed(listenerKeys, "or")}`
    : `an entry of "notify" has ${listed(keys)}; one entry is one listener, so make them ${keys.length} entries`;
}
