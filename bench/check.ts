import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manyTenants } from "../test/fixtures/manyTenants";
import { checkCommand, inTemporaryFolder, inTurn, measured, runNode, type Outcome } from "./measurement";

const parseOnly = (file: string) => `
const { LineCounter, parseDocument } = require("yaml");
const lineCounter = new LineCounter();
parseDocument(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"), { lineCounter });`;

/** `check` of 10,000 tenants against a process that only parses the same file. */
export function benchCheck(): Promise<Outcome[]> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, "tenants.yaml");
    writeFileSync(file, manyTenants(10_000));
    const { subject, floor } = await inTurn(
      () => runNode([...checkCommand, "--tenants", file]),
      () => runNode(["-e", parseOnly(file)]),
      5,
    );
    return [
      measured("check of 10,000 tenants, against parsing alone", "s", subject.seconds, floor.seconds, 2.5),
      measured("check of 10,000 tenants, peak memory", "MB", subject.peakMegabytes, 400, 1),
    ];
  });
}
