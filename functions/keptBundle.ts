import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A bundle with all that decided about it, relative to the project: files, and folders, whose paths end with a slash. */
interface KeptBundle {
  readonly paths: readonly string[];
  /** Of what stands at these paths. */
  readonly sha256: string;
  readonly text: string;
}

/** `npm ci` empties it. */
const keptFolder = join("node_modules", ".cache", "functions");

/** How a function is bundled, by what, and which file a package's name leads to. */
const alwaysDecisive = ["functions/bundle.ts", "package.json", "node_modules/.package-lock.json"];

/** What esbuild finds without being told the extension, and where it finds packages. */
const foundByItself = /\.(?:[jt]sx?|css|json)$|^node_modules$/;

/** What was bundled of a function before, when bundling it anew would give the same. */
export function keptBundle(project: string, name: string): string | undefined {
  try {
    const kept = JSON.parse(readFileSync(join(project, keptFolder, name), "utf8")) as KeptBundle;
    return kept.sha256 === contentHash(project, kept.paths) ? kept.text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a bundle for whichever process needs it next. Where nothing can be written, or npm has not written down what it
 * installed, the function is bundled each time.
 * @param inputs The files that it holds, relative to the project.
 * @param begun When bundling began, in milliseconds: what has changed since may not be what was bundled.
 */
export function keepBundle(
  project: string,
  name: string,
  { text, inputs, begun }: { readonly text: string; readonly inputs: readonly string[]; readonly begun: number },
): void {
  const paths = [...new Set([...alwaysDecisive, ...inputs, ...inputs.flatMap(foldersAround)])];
  const folder = join(project, keptFolder);
  const unfinished = join(folder, `${name}.${process.pid}`);
  try {
    if (paths.some((path) => statSync(join(project, path)).mtimeMs >= begun)) {
      return;
    }
    const kept: KeptBundle = { paths, sha256: contentHash(project, paths), text };
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, JSON.stringify(kept));
    renameSync(unfinished, join(folder, name));
  } catch {
    // It costs time, not correctness.
  }
}

/** Where a file that is added would be taken in place of this one: `hook.ts` instead of `hook/index.ts`. */
function foldersAround(file: string): string[] {
  const folder = dirname(file);
  return [`${folder}/`, `${dirname(folder)}/`];
}

/** @throws Error when something is not there. */
function contentHash(project: string, paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    const place = join(project, path);
    const content = path.endsWith("/") ? namesIn(place) : readFileSync(place);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function namesIn(folder: string): string {
  const names = readdirSync(folder).filter((name) => foundByItself.test(name));
  return names.sort().join("\n");
}
