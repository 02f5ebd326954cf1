import { fork, type ChildProcess } from "node:child_process";
import { on } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { projectDirectory } from "../components/gatewayStack";
import type { LoadReport } from "./loadReport";

const largestFile = 40 * 1024 * 1024;

/** As much of a text as fits in the largest file that is read. */
function fill(text: string, begin = ""): string {
  return begin + text.repeat(Math.floor((largestFile - begin.length) / text.length));
}

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: a\n`).join("");
}

function inTheWay(count: number): string {
  const folders = Array.from(
    { length: count },
    (_, i) => `{name: f${i}, path: ${i % 2 ? "/a/b/c/d/e/f/g" : "/a"}, access: read-only}`,
  );
  return `tenants: [{ name: acme, state: suspended, folders: [${folders.join()}] }]`;
}

const aliasBomb = ["a: &a [x, x]", ...Array.from({ length: 60 }, (_, i) => `b${i}: &b${i} [*a, *a, *a, *a]`)].join(
  "\n",
);

const parts = /the file has more parts than 1000000 and is read no further/;
const deep = /lists and mappings are nested more than 32 deep here/;
const piece = /here stand \d+ characters in one piece; at most 16384 are read/;
const unexpected = /this text does not belong here/;

/** Each with what its first message says. */
const hostile: readonly (readonly [title: string, content: () => string, message: RegExp])[] = [
  ["an alias bomb", () => aliasBomb, /anchors \(&name\) are not supported/],
  ["50 MB", () => "# comment\n".repeat(5 * 1024 * 1024), /the file has 50\.0 MB; at most 40 MB are read/],
  ["100,000 opening brackets", () => "[".repeat(100_000), deep],
  ["lists in lists on one line", () => fill("- "), deep],
  [
    "mappings in mappings by indentation",
    () => Array.from({ length: 4000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    deep,
  ],
  ["40 MB of scalars of one character", () => fill("- a\n"), parts],
  ["a mapping of a million keys", () => keys(1_000_000).slice(0, largestFile), parts],
  ["a mapping of as many keys as are read", () => keys(140_000), /"tenants" is missing/],
  ["as many empty lists as are read", () => `[${"[],".repeat(330_000)}`, /the closing \] is missing/],
  [
    "as many paths as are read, each in the way of the next",
    () => inTheWay(35_000),
    /of the folder "f1" lies within "\/a", that of the folder "f0"/,
  ],
  ["40 MB of line breaks", () => fill("\n"), parts],
  ["40 MB of closing braces", () => fill("}"), unexpected],
  ["40 MB in one value", () => fill("x ", "a: "), piece],
  ["40 MB of wrong escape sequences", () => `${fill("\\q", 'a: "')}`, piece],
  ["a million quotes that do not close", () => fill("'\n"), unexpected],
  ["40 MB of control characters", () => fill("\u0007"), /the invisible character U\+0007 stands here/],
  ["a million directives", () => fill("%a\n"), /directives \(%NAME\) are not supported/],
];

describe("a hostile tenants.yaml ends in a message within 10 s and 1.5 GB", () => {
  let loader: ChildProcess;
  let reports: AsyncIterator<[LoadReport], undefined>;
  let directory: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "tenancy-"));
    loader = fork(join(__dirname, "loadReport.ts"), {
      // As `check` runs; what one file leaves behind is swept up before the next.
      execArgv: [...flagsOfCheck(), "--expose-gc", "-r", "./cli/typescript.cjs"],
      cwd: projectDirectory,
    });
    reports = on(loader, "message", { close: ["exit"] }) as typeof reports;
  });

  after(() => {
    loader.kill();
    rmSync(directory, { recursive: true });
  });

  for (const [title, content, message] of hostile) {
    it(title, async () => {
      const { problems, megabytes, cpuSeconds } = await load(content());
      expect(problems[0]).to.match(message);
      expect(problems).to.have.length.below(1002);
      expect(megabytes).to.be.below(1536);
      expect(cpuSeconds).to.be.below(10);
    });
  }

  async function load(content: string): Promise<LoadReport> {
    const file = join(directory, "tenants.yaml");
    writeFileSync(file, content);
    const { value } = loader.connected && loader.send(file) ? await reports.next() : {};
    if (value === undefined) {
      throw new Error("the process that loads the file has ended without a word");
    }
    return value[0];
  }
});

function flagsOfCheck(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8")) as {
    scripts: { check: string };
  };
  return scripts.check.split(" ").filter((word) => word.startsWith("--"));
}
