import { join, resolve } from "node:path";

/** Where bundles are written, each in a folder of its hash. Not committed; old ones may be deleted. */
export const codeFolder = resolve(__dirname, "..", ".cache", "functions");

/**
 * The folder of one bundle's files.
 * @param archive The hash that a synthesis shows in place of the archive.
 */
export function bundleFolder(folder: string, archive: string): string {
  return join(folder, archive);
}
