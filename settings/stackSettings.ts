import { formatProblem, type Problem } from "../tenancy/problem";
import type { PlacedSignIn } from "../tenancy/signIn";
import { UserError } from "../userError";
import { readConfigurationFiles } from "./files";
import { placesOfSignIn, signInOf } from "./signIn";
import { placeOfValue } from "./stackFile";
import { faultsOfSurroundings } from "./surroundings";
import type { Settings } from "./table";
import { keyOf, readValues } from "./values";

/** What the files say of a stack. */
export interface StackSettings {
  /** The project's name, which the names of resources begin with. */
  readonly project: string;
  /** Undefined when there is any problem. */
  readonly settings: Settings | undefined;
  /** Those that nothing is wrong with. */
  readonly sound: Partial<Settings>;
  /** How tenants log in; undefined where a setting that says so is wrong. */
  readonly signIn: PlacedSignIn | undefined;
  /** Everything that is wrong with the stack's settings, in the order of the stack file. */
  readonly problems: readonly Problem[];
}

/**
 * A stack's settings from Pulumi.yaml and Pulumi.<stack>.yaml, as the program gets them from the engine: no network, nothing
 * is decrypted.
 * @param directory The project's folder.
 * @param overrides Values that take precedence over the files', by full key.
 */
export function stackSettings(
  directory: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackSettings {
  const files = readConfigurationFiles(directory, stack, overrides);
  const { project, stackFile, projectFile } = files;
  if (!stackFile.isRead || !projectFile.isRead) {
    return { project, settings: undefined, sound: {}, signIn: undefined, problems: files.problems };
  }
  const entryOf = (key: string) =>
    Object.hasOwn(overrides, key) ? undefined : (stackFile.entries.get(key) ?? projectFile.entries.get(key));
  const placed = (key: string) => {
    // What Pulumi.yaml declares of a key is no value.
    const entry = stackFile.entries.has(key) || files.declared.get(key)?.value !== undefined ? entryOf(key) : undefined;
    return entry && placeOfValue(entry);
  };
  const { settings, sound: soundAlone, faults = [] } = readValues(files, placed);
  const isGiven = (key: string) => stackFile.entries.has(key) && !Object.hasOwn(overrides, key);
  const among = faultsOfSurroundings({ directory, project, stack }, only(soundAlone, project, isGiven));
  const sound = only(soundAlone, project, (key) => among.every((fault) => fault.key !== key));
  const ofValues = [...faults, ...among].map(({ key, what, item, message }): Problem => {
    const entry = entryOf(key);
    const place =
      entry === undefined || what === "missing"
        ? { file: stackFile.file, ...stackFile.place }
        : { file: entry.file, ...(entry.items[item ?? -1] ?? entry[what]) };
    return { severity: "error", ...place, message };
  });
  const problems = [...files.problems, ...ofValues].sort((a, b) => a.line - b.line || a.column - b.column);
  const signIn = signInOf(sound);
  const places = placesOfSignIn((name) => stackFile.entries.get(keyOf(name, project)));
  return {
    project,
    settings: problems.length === 0 ? settings : undefined,
    sound,
    signIn: signIn && { ...signIn, places },
    problems,
  };
}

/** Those whose full keys are wanted. */
function only(settings: Partial<Settings>, project: string, wanted: (key: string) => boolean): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => wanted(keyOf(name as keyof Settings, project))),
  );
}

/**
 * The settings of a stack that is to be deployed, or pretended to be, and how its tenants log in.
 * @throws UserError with the place of everything that is wrong with them.
 */
export function requireSettings(
  ...stack: Parameters<typeof stackSettings>
): Settings & { readonly signIn: PlacedSignIn | undefined } {
  const { settings, signIn, problems } = stackSettings(...stack);
  if (settings === undefined) {
    throw new UserError(["nothing is deployed:", ...problems.map(formatProblem)].join("\n"));
  }
  return { ...settings, signIn };
}
