import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { jsonSchema } from "../tenancy/schema";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";

const command = {
  usage: `npm run schema [-- FLAGS]

Writes tenants.schema.json, which editors check tenants.yaml with, from tenancy/schema.ts.`,
  options: {
    check: { description: "Write nothing; exit with 1 when the file is stale." },
  },
};

const file = join(projectDirectory, "tenants.schema.json");

function main({ check }: Values<typeof command.options>): number {
  const wanted = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  if (!check) {
    writeFileSync(file, wanted);
    return 0;
  }
  if (readFileSync(file, "utf8") === wanted) {
    return 0;
  }
  process.stderr.write("tenants.schema.json is stale; run npm run schema and commit it\n");
  return 1;
}

runCommand(withFlags(command, main));
