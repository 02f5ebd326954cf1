import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manyTenants } from "../test/fixtures/manyTenants";
import { flagsOf, inTemporaryFolder, inTurn, measured, runNode, type Outcome } from "./measurement";
import { projectDirectory } from "../cli/command";

/** `synth` of 1,000 tenants against a bare program that registers the same leaf resources under the same monitor. */
export function benchSynth(): Promise<Outcome[]> {
  return inTemporaryFolder(async (folder) => {
    const [tenants, deployment] = [join(folder, "tenants.yaml"), join(folder, "deployment.json")];
    writeFileSync(tenants, manyTenants(1_000));
    const synth = [...flagsOf("synth"), "cli/synth.ts", "--tenants", tenants];
    const options = { cwd: projectDirectory, maxBuffer: 2 ** 30 };
    writeFileSync(deployment, execFileSync(process.execPath, synth, options));
    const bare = [...flagsOf("synth"), "bench/bareProgram.ts", deployment];
    const { subject, floor } = await inTurn(
      () => runNode(synth),
      () => runNode(bare),
      5,
    );
    return [measured("synth of 1,000 tenants, against a bare program", "s", subject.seconds, floor.seconds, 1.2)];
  });
}
