import type { Folder, Space, SshKey, Tenancy, Tenant } from "./model";
import { readYaml } from "./document";
import { StackLists } from "./environments";
import type { Listener } from "./listener";
import { type ListenerEntry, ListenerReader } from "./notify";
import { readOrdinary } from "./ordinary";
import type { Problem } from "./problem";
import { privateKeyFault, privateKeysIn } from "./publicKey";
import { Report } from "./report";
import { checkFolders } from "./rules/folders";
import { checkKeys } from "./rules/keys";
import { checkNames } from "./rules/names";
import { checkNotify } from "./rules/notify";
import type { TenantsFile } from "./schema";
import { checkShape } from "./shape";
import { Resolver } from "./resolve";
import { silenceHours } from "./silence";
import type { Inspection, KeyEntry, Subject } from "./subject";
import { readText } from "./text";
import { type Path, plainContent, Places } from "./tree";

export { stackNames } from "./stacks";

/** What tenants.yaml is checkedStacks against. */
export interface LoadOptions {
  /** Every stack of the project: what `environments` may name, and the default of tenants. */
  readonly stacks: readonly string[];
  /** The day (UTC, YYYY-MM-DD) against which `expires` is checked. */
  readonly today: string;
  /** Check the rules between tenants, and keys that expire, in this stack alone. Default: in every stack. */
  readonly stack?: string;
}

/** What came of a file. */
export interface Loaded {
  /** Undefined when there is any error. */
  readonly tenancy: Tenancy | undefined;
  /** All of them, warnings too, in the order of the file. */
  readonly problems: Problem[];
}

/**
 * Reads tenants.yaml and finds everything that is wrong with it in one run. Never throws for what a file holds, and takes
 * a bounded time and memory for it.
 * @param file Path of the file; problems name it as given here.
 */
export function loadTenancy(file: string, options: LoadOptions): Loaded {
  const { text, problems } = readText(file);
  if (text === undefined) {
    return { tenancy: undefined, problems };
  }
  const report = new Report(file, text);
  const tenancy = inspect(text, report, options);
  return { tenancy: report.hasErrors ? undefined : tenancy, problems: report.problems };
}

function inspect(text: string, report: Report, { stacks, today, stack }: LoadOptions): Tenancy | undefined {
  for (const offset of privateKeysIn(text)) {
    report.error(offset, privateKeyFault);
  }
  const root = readOrdinary(text) ?? readYaml(text, report);
  if (root === undefined) {
    return undefined;
  }
  if (root === null) {
    report.error(0, 'the file is empty; it needs at least one tenant under the key "tenants"');
    return undefined;
  }
  const places = new Places(root);
  const file = checkShape(plainContent(root, report), places, report);
  const stackLists = new StackLists(places, report, stacks);
  const subjects = new Resolver(places, report, stackLists, stacks).subjects(file);
  const listeners = new ListenerReader(places, report, stackLists, stacks).read(file, subjects);
  const inspection: Inspection = {
    file,
    subjects,
    places,
    report,
    checkedStacks: stack === undefined ? stacks : [stack],
    today,
  };
  checkNames(inspection);
  checkFolders(inspection);
  checkKeys(inspection);
  checkNotify(listeners, inspection);
  return report.hasErrors ? undefined : complete(inspection, listeners);
}

/** Fills in the defaults. There was no error, so nothing has been cut out of the file. */
function complete({ file, subjects, places, report }: Inspection, entries: readonly ListenerEntry[]): Tenancy {
  const { spaces = [], retired = [] } = file as TenantsFile;
  const listeners = listenersByHolder(entries);
  return {
    tenants: subjects.map((subject) => tenant(subject, places, report, listeners)),
    spaces: spaces.map((declared, index) => space(declared, listeners(["spaces", index]))),
    retired,
  };
}

type ListenersOf = (holder: Path) => readonly Listener[];

function listenersByHolder(entries: readonly ListenerEntry[]): ListenersOf {
  const byHolder = new Map<string, Listener[]>();
  for (const { holder, listener } of entries) {
    if (listener !== undefined) {
      byHolder.set(holder, [...(byHolder.get(holder) ?? []), listener]);
    }
  }
  return (holder) => (byHolder.size === 0 ? nobody : (byHolder.get(JSON.stringify(holder)) ?? nobody));
}

const nobody: readonly Listener[] = [];

function tenant(subject: Subject, places: Places, report: Report, listeners: ListenersOf): Tenant {
  const { path, name = "", userName = name, environments, keys = [] } = subject;
  const draft = subject.draft as TenantsFile["tenants"][number];
  const { description, contact, retentionDays, expectEvery, folders = [] } = draft;
  // Ten thousand times: assignments cost a fraction of spreads.
  const complete: Writable<Tenant> = {
    name,
    userName,
    environments,
    state: draft.state ?? "active",
    folders: folders.map(folder),
    spaces: draft.spaces?.map(folder) ?? [],
    sshKeys: sshKeys(keys),
    notify: listeners(path),
    tags: draft.tags ?? {},
    position: report.position(places.of([...path, "name"])),
  };
  if (description !== undefined) {
    complete.description = description;
  }
  if (contact !== undefined) {
    complete.contact = contact;
  }
  if (folders.length === 0) {
    complete.access = draft.access ?? "read-write";
  }
  if (retentionDays !== undefined) {
    complete.retentionDays = retentionDays;
  }
  const hours = expectEvery === undefined ? undefined : silenceHours(expectEvery);
  if (hours !== undefined) {
    complete.expectEveryHours = hours;
  }
  return complete;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function sshKeys(entries: readonly KeyEntry[]): SshKey[] {
  const keys: SshKey[] = [];
  for (const { key, expires, environments } of entries) {
    if (key !== undefined) {
      keys.push(expires === undefined ? { ...key, environments } : { ...key, expires, environments });
    }
  }
  return keys;
}

function folder({ name, access }: Folder): Folder {
  return { name, access };
}

function space({ name, description }: NonNullable<TenantsFile["spaces"]>[number], notify: readonly Listener[]): Space {
  return description === undefined ? { name, notify } : { name, description, notify };
}
