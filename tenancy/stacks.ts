import { readdirSync } from "node:fs";

/** A stack's settings file; Pulumi allows letters, digits, hyphens, underscores and dots in a stack's name. */
const stackFile = /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/;

/**
 * The stacks of a project, sorted: those with a settings file `Pulumi.<stack>.yaml` in its directory.
 * @throws Error when the directory cannot be read.
 */
export function stackNames(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((name) => stackFile.exec(name)?.[1] ?? [])
    .sort();
}
