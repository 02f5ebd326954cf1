import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { keepBundle, keptBundle } from "./keptBundle";

/** A function's code as Lambda takes it. */
export interface Bundle {
  /** Name in the archive -> text. Lambda's `handler` is `index.handler`. */
  readonly files: Readonly<Record<string, string>>;
  /** Of names and texts; equal exactly when the code is equal. The very hash that a synthesis shows for the archive. */
  readonly sha256: string;
}

/** Everything is resolved from here, so that the caller's working directory leaves no trace in the bundle. */
const projectFolder = resolve(__dirname, "..");

const bundles = new Map<string, Promise<Bundle>>();

/**
 * Bundles `functions/<name>/index.ts` with all that it imports into one ES module: the same bytes on every machine for the
 * same sources and the same package-lock.json. The AWS SDK is among it: the runtime has one too, but not the version that
 * was tested here, and as many small files, which load more slowly. Bundled beside whatever else the process does, and kept
 * until something that decides about it changes.
 * @throws Error with esbuild's message for code that does not bundle.
 */
export function bundleFunction(name: string): Promise<Bundle> {
  const bundle = bundles.get(name) ?? makeBundle(name);
  bundles.set(name, bundle);
  return bundle;
}

/**
 * What an ES module lacks: packages in CommonJS, such as one that a hook may import, ask for Node's modules with `require`,
 * and our own code finds what lies beside the bundle.
 */
const commonJsNames =
  'import { createRequire } from "node:module";' +
  "const require = createRequire(import.meta.url), __dirname = import.meta.dirname;";

async function makeBundle(name: string): Promise<Bundle> {
  const files = { "index.mjs": keptBundle(projectFolder, name) ?? (await bundled(name)) };
  return { files, sha256: archiveHash(files) };
}

/** As `synth/plainValue.ts` has it, so that whoever reads a synthesis finds the code by its hash. */
export function archiveHash(files: Bundle["files"]): string {
  const names = Object.keys(files).sort();
  const assets = names.map((file) => [file, { asset: sha256(files[file] ?? "") }]);
  return sha256(JSON.stringify(Object.fromEntries(assets)));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function bundled(name: string): Promise<string> {
  const { build } = await import("esbuild");
  const begun = Date.now();
  const { outputFiles, metafile } = await build({
    entryPoints: [join(projectFolder, "functions", name, "index.ts")],
    absWorkingDir: projectFolder,
    // A node_modules that is a link must not show in the bundle either.
    preserveSymlinks: true,
    bundle: true,
    platform: "node",
    format: "esm",
    // Lambda runs Node 24; the local gateway runs the same bytes on the oldest Node that package.json admits.
    target: "node20.19",
    // ES modules where a package has them: what is not used stays out.
    mainFields: ["module", "main"],
    // What is meant for the editor and the type check does not shape the bundle.
    tsconfigRaw: {},
    banner: { js: commonJsNames },
    // Names stay, for stack traces that can be read; comments, which hold paths, go. Lines stay short enough to tell apart.
    minifyWhitespace: true,
    lineLimit: 200,
    legalComments: "none",
    charset: "utf8",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const text = outputFiles.map((file) => file.text).join("");
  keepBundle(projectFolder, name, { text, inputs: Object.keys(metafile.inputs), begun });
  return text;
}
