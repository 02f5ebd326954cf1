import { faultOfReader, readEmail, readFunctionArn, readHttps, readQueueArn, type ReadEndpoint } from "./endpoint";
import { type Project, readStacks } from "./environments";
import type { Listener } from "./listener";
import { listed, quoted } from "./quote";
import type { Report } from "./report";
import { listenerKeys, listenerSchema, type TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { ListenerDrafts } from "./subject";
import type { Path } from "./tree";

type ListenerKey = (typeof listenerKeys)[number];
type ListenerEntry = Draft<NonNullable<TenantsFile["spaces"][number]["notify"]>[number]>;

/**
 * Reads the entries of `notify`, reporting what is wrong with each by itself; `rules/notify.ts` has what spans them.
 * @param path The place of the tenant or space whose uploads they hear of.
 * @param allowed Its stacks.
 */
export function readListeners(
  entries: readonly (ListenerEntry | undefined)[] = [],
  path: Path,
  project: Project,
  allowed?: readonly string[],
): ListenerDrafts {
  return entries.map((entry, index) => {
    const place = [...path, "notify", index];
    const environments = readStacks(entry?.environments, place, project, allowed, "the listener");
    return entry && readListener(entry, place, project.report, environments);
  });
}

function readListener(
  entry: ListenerEntry,
  path: Path,
  report: Report,
  environments: readonly string[],
): Listener | undefined {
  const keys = listenerKeys.filter((key) => Object.hasOwn(entry, key));
  const [kind] = keys;
  if (kind === undefined || keys.length > 1) {
    // A misspelt key has its own message.
    if (kind !== undefined || Object.keys(entry).every((key) => Object.hasOwn(listenerSchema.shape, key))) {
      report.error(path, faultOfKeys(keys));
    }
    return undefined;
  }
  const readers = readReaders(entry, path, report);
  const written = entry[kind];
  if (written === true) {
    return readers && { kind: "own-queue", readers, environments };
  }
  if ("readers" in entry && written !== undefined) {
    const message = '"readers" goes with "queue: true" alone; who reads an existing queue is for its own policy to say';
    report.error(path, message, "readers");
  }
  const { endpoint, fault } = written === undefined ? {} : endpointReaders[kind](written);
  if (fault !== undefined) {
    report.error([...path, kind], fault);
  }
  return endpoint === undefined ? undefined : { kind, endpoint, environments };
}

const endpointReaders: Readonly<Record<ListenerKey, (text: string) => ReadEndpoint>> = {
  queue: readQueueArn,
  function: readFunctionArn,
  email: readEmail,
  https: readHttps,
};

/** Undefined when one of them, or the list, is wrong. */
function readReaders(entry: ListenerEntry, path: Path, report: Report): string[] | undefined {
  const { readers = "readers" in entry ? [undefined] : [] } = entry;
  const known = new Set<string>();
  const faults = readers.map((reader = "", index) => {
    const repeated = `the reader ${quoted(reader)} is listed twice; remove one of the two`;
    const fault = known.has(reader) ? repeated : faultOfReader(reader);
    if (fault !== undefined && readers[index] !== undefined) {
      report.error([...path, "readers", index], fault);
    }
    known.add(reader);
    return fault;
  });
  return faults.every((fault) => fault === undefined) ? [...known] : undefined;
}

function faultOfKeys(keys: readonly string[]): string {
  return keys.length === 0
    ? `an entry of "notify" names nobody; give it one of ${listed(listenerKeys, "or")}`
    : `an entry of "notify" has ${listed(keys)}; one entry is one listener, so make them ${keys.length} entries`;
}
