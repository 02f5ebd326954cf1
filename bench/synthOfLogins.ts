import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../synth/deployment";
import { manyTenants } from "../test/fixtures/manyTenants";
import { ProjectCopy } from "../test/fixtures/projectCopy";
import { flagsOf, inTurn, measured, runNode, type Outcome } from "./measurement";

const [many, few] = [10_000, 10];

/** `synth` of a stack whose logins a function decides: tenants are data there, which cost little time and no resources. */
export async function benchSynthOfLogins(): Promise<Outcome[]> {
  const project = new ProjectCopy();
  try {
    const stackFile = join(project.directory, "Pulumi.dev.yaml");
    writeFileSync(stackFile, `${readFileSync(stackFile, "utf8")}  sftp-gateway:identityProvider: lambda\n`);
    const [ofMany, ofFew] = [many, few].map((count) => synthOf(count, project.directory)) as [Synth, Synth];
    const { subject, floor } = await inTurn(ofMany.run, ofFew.run, 9);
    const name = "of 10,000 tenants whose logins a function decides, against 10";
    return [
      measured(`synth ${name}`, "s", subject.seconds, floor.seconds, 3),
      measured(`resources ${name}`, "resources", ofMany.resources(), ofFew.resources(), 1),
    ];
  } finally {
    project.remove();
  }
}

type Synth = ReturnType<typeof synthOf>;

function synthOf(count: number, directory: string) {
  const tenants = join(directory, `${count}-tenants.yaml`);
  writeFileSync(tenants, manyTenants(count));
  const command = [...flagsOf("synth"), "cli/synth.ts", "--tenants", tenants];
  return {
    run: () => runNode(command, { directory }),
    /** How many resources there are. */
    resources: () => {
      const printed = execFileSync(process.execPath, command, { cwd: directory, maxBuffer: 2 ** 30 }).toString();
      return (JSON.parse(printed) as Deployment).resources.length;
    },
  };
}
