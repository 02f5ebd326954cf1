import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manyTenants } from "../test/fixtures/manyTenants";
import { flagsOf, inTemporaryFolder, inTurn, measured, runNode, type Outcome } from "./measurement";
import { projectDirectory } from "../cli/command";

const parseOnly = (file: string) => `JSON.parse(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"))`;

/** `why` of a deployment of 10,000 tenants in a file, against a second, and against a process that only parses the file. */
export function benchWhy(): Promise<Outcome[]> {
  return inTemporaryFolder(async (folder) => {
    const [tenants, deployment] = [join(folder, "tenants.yaml"), join(folder, "deployment.json")];
    writeFileSync(tenants, manyTenants(10_000));
    const synth = [...flagsOf("synth"), "cli/synth.ts", "--tenants", tenants];
    const options = { cwd: projectDirectory, maxBuffer: 2 ** 30 };
    writeFileSync(deployment, execFileSync(process.execPath, synth, options));
    const question = ["tenant-04711", "put", "/a.csv", "--deployment", deployment, "--tenants", tenants];
    const { subject, floor } = await inTurn(
      () => runNode([...flagsOf("why"), "cli/why.ts", ...question]),
      () => runNode(["-e", parseOnly(deployment)]),
      5,
    );
    return [
      measured("why of 10,000 tenants, against a second", "s", subject.seconds, 1, 1),
      measured("why of 10,000 tenants, against parsing the deployment", "s", subject.seconds, floor.seconds, 3),
    ];
  });
}
