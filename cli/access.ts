import { resolve } from "node:path";
import { accessHtml } from "../access/report/html";
import { accessMarkdown } from "../access/report/markdown";
import { accessReport, type AccessReport } from "../access/report/model";
import { accessTable } from "../access/report/table";
import { deployedAccess } from "../inventory/access";
import { inventoryOf } from "../inventory/inventory";
import { synthesisIn } from "../synth/process";
import { isIsoDate, isoToday } from "../tenancy/date";
import { tenantsIn } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { listed, quoted } from "../tenancy/quote";
import { readArguments, usageError } from "./arguments";
import { runCommand } from "./command";

const formats = {
  table: accessTable,
  markdown: accessMarkdown,
  json: (report: AccessReport) => `${JSON.stringify(report, null, 2)}\n`,
  html: accessHtml,
};

const command = {
  usage: `npm run access [-- FLAGS]

Shows who may do what, where, with which keys until when, in one stack: what the documents that would be deployed allow.
Needs no cloud. Exits with 0, 1 when the tenants file has errors or nothing could be deployed, 2 when called wrongly.`,
  options: {
    stack: { type: "string", value: "STACK", default: "dev", description: "The stack: a file Pulumi.<stack>.yaml." },
    tenants: { type: "string", value: "FILE", default: "tenants.yaml", description: "The tenants file." },
    today: {
      type: "string",
      value: "YYYY-MM-DD",
      description: "Check key expiry against that day. Default: today, UTC.",
    },
    format: {
      type: "string",
      value: "FORMAT",
      default: "table",
      choices: Object.keys(formats),
      description: "table, markdown, json, or html (one page that needs nothing else).",
    },
  },
} as const;

const projectDirectory = resolve(__dirname, "..");

async function main(argv: readonly string[]): Promise<number> {
  const { values, exitCode } = readArguments(command, argv);
  if (values === undefined) {
    return exitCode;
  }
  const { stack, tenants: file, today = isoToday(new Date()), format } = values;
  const stacks = stackNames(projectDirectory);
  if (!stacks.includes(stack)) {
    return usageError(command, `--stack ${quoted(stack)} is not a stack of this project; there are ${listed(stacks)}`)
      .exitCode;
  }
  if (!isIsoDate(today)) {
    return usageError(command, `--today ${quoted(today)} is not a day of the calendar as YYYY-MM-DD`).exitCode;
  }
  const { tenancy, problems } = loadTenancy(file, { stacks, stack, today });
  process.stderr.write(problems.map((problem) => `${formatProblem(problem)}\n`).join(""));
  if (tenancy === undefined) {
    return 1;
  }
  const deployment = await synthesisIn({ directory: projectDirectory, stack, tenantsFile: file, today });
  const deployed = deployedAccess(inventoryOf(deployment));
  const report = accessReport(stack, today, tenantsIn(tenancy, stack), deployed);
  process.stdout.write(formats[format as keyof typeof formats](report));
  return 0;
}

runCommand(main);
