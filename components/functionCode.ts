import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { archiveHash, bundleFunction } from "../functions/bundle";
import { codeFolder } from "../functions/codeFolder";

/**
 * A function's bundle as the archive that Lambda takes. It is handed over as a file: as text it would stand in the stack's
 * state, three quarters of a megabyte of it, which is stored anew at each step of an update. The engine compares content
 * alone, so the path, relative to the program's folder, means nothing to it. The folder bears the archive's hash: whoever has
 * a synthesis finds the code that it speaks of, also once the sources have changed.
 * It is frozen, since the registration reads it later than the guard compares it.
 * @param beside Further files of the archive, by name: data that the function reads.
 */
export async function functionCode(
  name: string,
  beside: Readonly<Record<string, string>> = {},
): Promise<pulumi.asset.AssetArchive> {
  const bundle = await bundleFunction(name);
  const files = { ...bundle.files, ...beside };
  const folder = join(codeFolder, archiveHash(files));
  const assets = Object.entries(files).map(([file, text]) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeOnce(path, text);
    return [file, Object.freeze(new pulumi.asset.FileAsset(relative(process.cwd(), path)))] as const;
  });
  return Object.freeze(new pulumi.asset.AssetArchive(Object.freeze(Object.fromEntries(assets))));
}

/** Renamed into place: another process of this project may be reading the file at this moment. */
function writeOnce(path: string, text: string): void {
  if (contentOf(path) === text) {
    return;
  }
  const written = `${path}.${process.pid}`;
  writeFileSync(written, text);
  renameSync(written, path);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
