import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { jsonSchema } from "../tenancy/schema";
import { readArguments } from "./arguments";
import { runCommand } from "./command";

const command = {
  usage: `npm run schema [-- FLAGS]

Writes tenants.schema.json, which editors check tenants.yaml with, from tenancy/schema.ts.`,
  options: {
    check: { type: "boolean", description: "Write nothing; exit with 1 when the file is stale." },
  },
} as const;

const file = join(__dirname, "..", "tenants.schema.json");

function main(argv: readonly string[]): number {
  const { values, exitCode } = readArguments(command, argv);
  if (values === undefined) {
    return exitCode;
  }
  const wanted = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  if (!values.check) {
    writeFileSync(file, wanted);
    return 0;
  }
  if (readFileSync(file, "utf8") === wanted) {
    return 0;
  }
  process.stderr.write("tenants.schema.json is stale; run npm run schema and commit it\n");
  return 1;
}

runCommand(main);
