import { faultOfReader, readEmail, readFunctionArn, readHttps, readQueueArn, type ReadEndpoint } from "./endpoint";
import type { StackLists } from "./environments";
import type { Listener } from "./listener";
import { listed, quoted } from "./quote";
import type { Report } from "./report";
import { listenerKeys, listenerSchema, type TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { ListenerDrafts } from "./subject";
import type { Path, Places } from "./tree";

type ListenerKey = (typeof listenerKeys)[number];
type ListenerEntries = Draft<NonNullable<TenantsFile["spaces"][number]["notify"]>>;
type ListenerEntry = NonNullable<ListenerEntries[number]>;

/** A tenant or space whose uploads a listener hears of. */
interface Holder {
  readonly path: Path;
  /** Its stacks. */
  readonly environments: readonly string[];
  /** Name of the tenant, for problems. */
  readonly tenant?: string | undefined;
}

/** Reads entries of `notify`, reporting what is wrong with each by itself; `rules/notify.ts` has what spans them. */
export class ListenerResolver {
  constructor(
    private readonly places: Places,
    private readonly report: Report,
    private readonly stackLists: StackLists,
  ) {}

  resolve(entries: ListenerEntries = [], holder: Holder): ListenerDrafts {
    return entries.map((entry, index) => entry && this.listener(entry, [...holder.path, "notify", index], holder));
  }

  private listener(entry: ListenerEntry, path: Path, { tenant, environments: allowed }: Holder): Listener | undefined {
    const { environments: list } = entry;
    const environments =
      list === undefined
        ? allowed
        : this.stackLists.read({ list, path: [...path, "environments"], tenant, allowed, bearer: "the listener" });
    const [kind, ...others] = listenerKeys.filter((key) => key in entry);
    if (kind === undefined || others.length > 0) {
      this.reportKeys(entry, path, tenant);
      return undefined;
    }
    const readers = this.readers(entry, path, tenant);
    const written = entry[kind];
    if (written === true) {
      return readers && { kind: "own-queue", readers, environments };
    }
    if ("readers" in entry && written !== undefined) {
      this.report.error(
        () => this.places.ofKey(path, "readers"),
        '"readers" goes with "queue: true" alone; who reads an existing queue is for its own policy to say',
        tenant,
      );
    }
    const { endpoint, fault } = written === undefined ? {} : endpointReaders[kind](written);
    if (fault !== undefined) {
      this.report.error(() => this.places.of([...path, kind]), fault, tenant);
    }
    return endpoint === undefined ? undefined : { kind, endpoint, environments };
  }

  private reportKeys(entry: ListenerEntry, path: Path, tenant: string | undefined): void {
    const keys = listenerKeys.filter((key) => key in entry);
    // A misspelt key has its own message.
    if (keys.length > 0 || Object.keys(entry).every((key) => key in listenerSchema.shape)) {
      this.report.error(() => this.places.of(path), faultOfKeys(keys), tenant);
    }
  }

  /** Undefined when one of them, or the list, is wrong. */
  private readers(entry: ListenerEntry, path: Path, tenant: string | undefined): string[] | undefined {
    const { readers = "readers" in entry ? [undefined] : [] } = entry;
    const known = new Set<string>();
    const faults = readers.map((reader, index) => {
      const fault = reader === undefined ? undefined : (repeated(reader, known) ?? faultOfReader(reader));
      if (fault !== undefined) {
        this.report.error(() => this.places.of([...path, "readers", index]), fault, tenant);
      }
      known.add(reader ?? "");
      return fault;
    });
    return readers.includes(undefined) || faults.some((fault) => fault !== undefined) ? undefined : [...known];
  }
}

const endpointReaders: Readonly<Record<ListenerKey, (text: string) => ReadEndpoint>> = {
  queue: readQueueArn,
  function: readFunctionArn,
  email: readEmail,
  https: readHttps,
};

function repeated(reader: string, known: ReadonlySet<string>): string | undefined {
  return known.has(reader) ? `the reader ${quoted(reader)} is listed twice; remove one of the two` : undefined;
}

function faultOfKeys(keys: readonly string[]): string {
  return keys.length === 0
    ? `an entry of "notify" names nobody; give it one of ${listed(listenerKeys, "or")}`
    : `an entry of "notify" has ${listed(keys)}; one entry is one listener, so make them ${keys.length} entries`;
}
