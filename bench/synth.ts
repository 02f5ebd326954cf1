import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manyTenants } from "../test/fixtures/manyTenants";
import { projectDirectory } from "../cli/command";
import { commandFlags, measured, pairedRuns, type Outcome } from "./measurement";

/** `synth` of 1,000 tenants against a bare program that registers the same leaf resources under the same monitor. */
export async function benchSynth(): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-synth-"));
  try {
    const tenants = join(directory, "tenants.yaml");
    const deployment = join(directory, "deployment.json");
    writeFileSync(tenants, manyTenants(1_000));
    const synth = [...commandFlags, "cli/synth.ts", "--tenants", tenants];
    const options = { cwd: projectDirectory, maxBuffer: 2 ** 30 };
    writeFileSync(deployment, execFileSync(process.execPath, synth, options));
    const { subject, floor } = await pairedRuns(synth, [...commandFlags, "bench/bareProgram.ts", deployment], 5);
    return [measured("synth of 1,000 tenants, against a bare program", "s", subject.seconds, floor.seconds, 1.2)];
  } finally {
    rmSync(directory, { recursive: true });
  }
}
