import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manyTenants } from "../test/fixtures/manyTenants";
import { measured, pairedRuns, type Outcome } from "./measurement";

const parseOnly = (file: string) => `
const { LineCounter, parseDocument } = require("yaml");
const lineCounter = new LineCounter();
parseDocument(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"), { lineCounter });`;

/** `check` of 10,000 tenants against a process that only parses the same file. */
export async function benchCheck(): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-check-"));
  try {
    const file = join(directory, "tenants.yaml");
    writeFileSync(file, manyTenants(10_000));
    const { subject, floor } = await pairedRuns(
      ["-r", "./cli/typescript.cjs", "cli/check.ts", "--tenants", file],
      ["-e", parseOnly(file)],
      5,
    );
    return [
      measured("check of 10,000 tenants, against parsing alone", "s", subject.seconds, floor.seconds, 2.5),
      measured("check of 10,000 tenants, peak memory", "MB", subject.peakMegabytes, 400, 1),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
