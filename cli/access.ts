import { accessCsv } from "../access/report/csv";
import { accessHtml } from "../access/report/html";
import { accessMarkdown } from "../access/report/markdown";
import type { AccessReport } from "../access/report/model";
import { accessTable } from "../access/report/table";
import { isoToday } from "../tenancy/date";
import { stackNames } from "../tenancy/stacks";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { formatFlag, otherTenantsFlag, requireStack, stackFlag, todayFlag } from "./flags";
import { reportOfStack } from "./report";

const formats = {
  table: accessTable,
  markdown: accessMarkdown,
  json: (report: AccessReport) => `${JSON.stringify(report, null, 2)}\n`,
  html: accessHtml,
  csv: accessCsv,
};

const command = {
  usage: `npm run access [-- FLAGS]

Shows who may do what, where, and with what it logs in: keys and their ends, a password, the addresses that it must come
from. All of it is what would be deployed in one stack.
Needs no cloud. Exits with 0, 1 when the tenants file has errors or nothing could be deployed, 2 when called wrongly.`,
  options: {
    stack: stackFlag,
    tenants: otherTenantsFlag,
    today: todayFlag("today, UTC"),
    format: formatFlag(
      Object.keys(formats),
      "table, markdown, json, html (one page that needs nothing else), or csv (for a spreadsheet).",
    ),
  },
};

async function main(values: Values<typeof command.options>): Promise<number> {
  const { stack, tenants, today = isoToday(new Date()), format } = values;
  requireStack(stack, stackNames(projectDirectory));
  const made = await reportOfStack(stack, today, tenants);
  if (made === undefined) {
    return 1;
  }
  process.stdout.write(formats[format as keyof typeof formats](made.report));
  return 0;
}

runCommand(withFlags(command, main));
