import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const project = resolve(__dirname, "../..");

const head = `import type { Output } from "@pulumi/pulumi";
declare const output: Output<string>;
declare const kind: "file" | "folder";
declare const parsed: ReturnType<typeof JSON.parse>;
declare const upload: () => Promise<void>;
`;

/** Lines that Node would run, each with the rules that refuse it. */
const faults: readonly (readonly [line: string, ...rules: string[]])[] = [
  ["export const host = `a.${output}`;", "typescript(no-base-to-string)", "typescript(restrict-template-expressions)"],
  ['export const name = "a." + output;', "typescript(no-base-to-string)", "typescript(restrict-plus-operands)"],
  ["upload();", "typescript(no-floating-promises)"],
  ["[1].forEach(async () => await upload());", "typescript(no-misused-promises)"],
  ["await 5;", "typescript(await-thenable)"],
  ["export const later = async () => 1;", "typescript(require-await)"],
  ["export const port: number = parsed;", "typescript(no-unsafe-assignment)"],
  ["export const read = (): string => parsed;", "typescript(no-unsafe-return)"],
  ["export const member: unknown = parsed.port;", "typescript(no-unsafe-member-access)"],
  ["encodeURI(parsed);", "typescript(no-unsafe-argument)"],
  ["parsed();", "typescript(no-unsafe-call)"],
  ["export type Loose = (value: any) => void;", "typescript(no-explicit-any)"],
  ['switch (kind) { case "file": encodeURI(kind); }', "typescript(switch-exhaustiveness-check)"],
  ["export const sure = output as typeof output;", "typescript(no-unnecessary-type-assertion)"],
  ["export const sorted = [10, 9].sort();", "typescript(require-array-sort-compare)"],
  ['export const fail = () => { throw "no"; };', "typescript(only-throw-error)"],
  ['export const bare = "text".trim;', "typescript(unbound-method)"],
  ['import { Stats } from "node:fs"; export type S = Stats;', "typescript(consistent-type-imports)"],
  ["// @ts-ignore", "typescript(ban-ts-comment)"],
  ['export const same = kind == "file";', "eslint(eqeqeq)"],
  ["try { encodeURI(kind); } catch (error) { encodeURI(kind); }", "eslint(no-unused-vars)"],
  ["let never = 2; encodeURI(String(never));", "eslint(prefer-const)"],
  ["kind.length;", "eslint(no-unused-expressions)"],
];

/** What oxlint says as JSON. */
interface Outcome {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

describe("lint", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "lint-"));
    for (const file of [".oxlintrc.json", ".gitignore", "tsconfig.json"]) {
      copyFileSync(join(project, file), join(folder, file));
    }
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  });

  after(() => rmSync(folder, { recursive: true }));

  const write = (file: string, ...lines: string[]) => writeFileSync(join(folder, file), lines.join("\n"));

  it("refuses each fault by its rule, and a file of more than 250 lines", () => {
    write("faults.ts", ...faults.map(([line]) => line), head);
    write("long.ts", ...Array.from({ length: 251 }, () => 'encodeURI("a");'), "export {};");
    write("commented.ts", ...Array.from({ length: 125 }, () => 'encodeURI("a");\n\n// Not counted.'), "export {};");
    const linter = join("node_modules", ".bin", "oxlint");
    const { status, stdout } = spawnSync(linter, ["--format", "json"], { cwd: folder, encoding: "utf8" });
    const found = (JSON.parse(stdout) as Outcome).diagnostics.map(
      ({ filename, code, labels }) => `${filename}:${labels[0]?.span.line} ${code}`,
    );
    expect(found).to.have.members([
      ...faults.flatMap(([, ...rules], index) => rules.map((rule) => `faults.ts:${index + 1} ${rule}`)),
      "long.ts:252 eslint(max-lines)",
    ]);
    expect(status).to.equal(1);
  });
});
