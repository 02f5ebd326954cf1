import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import type { policies } from "../../policy/rules";
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
const compiled = new Map<string, string>();

/** The policies of the pack that a fault can reach, with the fault: the files on the way to it are loaded anew. */
export function mutatedPack({ file, was, becomes }: Fault): typeof policies {
  const modules = new Map<string, object>();
  const load = (name: string): object => {
    const loaded = reaches(name, file) ? modules.get(name) : (fromFolder(`./${name}`) as object);
    if (loaded !== undefined) {
      return loaded;
    }
    const module = { exports: {} };
    modules.set(name, module.exports);
    const code = name === file ? compile(replacedOnce(source(name), was, becomes)) : (compiled.get(name) ?? keep(name));
    const requireThere = (id: string): unknown => (id.startsWith("./") ? load(id.slice(2)) : fromFolder(id));
    const run = compileFunction(code, ["require", "module", "exports"]) as (...given: unknown[]) => void;
    run(requireThere, module, module.exports);
    return module.exports;
  };
  const mutated = load("rules") as { policies: typeof policies };
  const reached = new Set(
    importsOf("rules")
      .filter((name) => reaches(name, file))
      .flatMap(namesIn),
  );
  return (stackSaysProtect) => mutated.policies(stackSaysProtect).filter(({ name }) => reached.has(name));
}

const imports = new Map<string, readonly string[]>();

function importsOf(name: string): readonly string[] {
  const found = imports.get(name) ?? [...source(name).matchAll(/ from "\.\/(\w+)";/g)].map(([, file = ""]) => file);
  imports.set(name, found);
  return found;
}

function reaches(name: string, file: string): boolean {
  return name === file || importsOf(name).some((next) => reaches(next, file));
}

/** The policies that a file declares. */
function namesIn(file: string): string[] {
  return [...source(file).matchAll(/^ +name: "([a-z-]+)",$/gm)].map(([, name = ""]) => name);
}

function keep(name: string): string {
  const code = compile(source(name));
  compiled.set(name, code);
  return code;
}

const sources = new Map<string, string>();

function source(name: string): string {
  const text = sources.get(name) ?? readFileSync(join(folder, `${name}.ts`), "utf8");
  sources.set(name, text);
  return text;
}

function compile(text: string): string {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(text, { compilerOptions: options }).outputText;
}

function replacedOnce(text: string, was: string, becomes: string): string {
  const parts = text.split(was);
  if (parts.length !== 2) {
    throw new Error(`stands ${parts.length - 1} times, not once: ${was}`);
  }
  return parts.join(becomes);
}
