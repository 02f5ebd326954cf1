import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { transform } from "esbuild";
import type { Rule, violationsIn } from "../../policy/rule";
import type { packRules } from "../../policy/rules";
import type { Stack } from "../../policy/stack";
import { projectDirectory } from "../components/gatewayStack";

/** A fault in the pack's source: a text that stands once in a file of `policy/`, and what stands there instead. */
export interface Fault {
  /** Without folder and ending. */
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
}

const folder = join(projectDirectory, "policy");
const fromFolder = createRequire(join(folder, "rules.ts"));
/** Each file without a fault, from when it is first needed. */
const compiled = new Map<string, Promise<string>>();

/** The pack with a fault. */
export interface MutatedPack {
  /** Those that the fault can reach. */
  readonly rules: readonly Rule[];
  readonly violationsIn: typeof violationsIn;
  readonly Stack: typeof Stack;
}

/** The files on the way to the fault are loaded anew, all others are those of the pack. */
export async function mutatedPack({ file, was, becomes }: Fault): Promise<MutatedPack> {
  const onTheWay = [...new Set(importedBy("rules"))].filter((name) => reaches(name, file));
  const codes = new Map(
    await Promise.all(
      onTheWay.map(async (name) => {
        const code = name === file ? compile(replacedOnce(source(name), was, becomes)) : kept(name);
        return [name, await code] as const;
      }),
    ),
  );
  const load = loaderOf(codes);
  const reached = new Set(
    importsOf("rules")
      .filter((name) => codes.has(name))
      .flatMap(namesIn),
  );
  const { packRules: all } = load("rules") as { packRules: typeof packRules };
  return {
    rules: all(() => true).filter(({ name }) => reached.has(name)),
    ...(load("rule") as Pick<MutatedPack, "violationsIn">),
    ...(load("stack") as Pick<MutatedPack, "Stack">),
  };
}

/** Loads files of the folder: as the codes say where they say something, and as they are otherwise. */
function loaderOf(codes: ReadonlyMap<string, string>): (name: string) => object {
  const modules = new Map<string, { readonly exports: object }>();
  const load = (name: string): object => {
    const code = codes.get(name);
    const before = modules.get(name);
    if (code === undefined || before !== undefined) {
      return before?.exports ?? (fromFolder(`./${name}`) as object);
    }
    const module = { exports: {} };
    modules.set(name, module);
    const requireThere = (id: string): unknown => (id.startsWith("./") ? load(id.slice(2)) : fromFolder(id));
    const run = compileFunction(code, ["require", "module", "exports"]) as (...given: unknown[]) => void;
    run(requireThere, module, module.exports);
    return module.exports;
  };
  return load;
}

const imports = new Map<string, readonly string[]>();

function importsOf(name: string): readonly string[] {
  const found = imports.get(name) ?? [...source(name).matchAll(/ from "\.\/(\w+)";/g)].map(([, file = ""]) => file);
  imports.set(name, found);
  return found;
}

/** The file and every file that it takes in. */
function importedBy(name: string): readonly string[] {
  return [name, ...importsOf(name).flatMap(importedBy)];
}

function reaches(name: string, file: string): boolean {
  return name === file || importsOf(name).some((next) => reaches(next, file));
}

/** The policies that a file declares. */
function namesIn(file: string): string[] {
  return [...source(file).matchAll(/^ +name: "([a-z-]+)",$/gm)].map(([, name = ""]) => name);
}

function kept(name: string): Promise<string> {
  const code = compiled.get(name) ?? compile(source(name));
  compiled.set(name, code);
  return code;
}

const sources = new Map<string, string>();

function source(name: string): string {
  const text = sources.get(name) ?? readFileSync(join(folder, `${name}.ts`), "utf8");
  sources.set(name, text);
  return text;
}

async function compile(text: string): Promise<string> {
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  return code;
}

function replacedOnce(text: string, was: string, becomes: string): string {
  const parts = text.split(was);
  if (parts.length !== 2) {
    throw new Error(`stands ${parts.length - 1} times, not once: ${was}`);
  }
  return parts.join(becomes);
}
