import { relative, resolve } from "node:path";
import { accessHtml } from "../access/report/html";
import { accessMarkdown } from "../access/report/markdown";
import { accessReport, type AccessReport } from "../access/report/model";
import { accessTable } from "../access/report/table";
import { deployedAccess } from "../inventory/access";
import { inventoryOf } from "../inventory/inventory";
import { requireSettings } from "../settings/stackSettings";
import { boundaryNotes } from "../inventory/role";
import { synthesisIn } from "../synth/process";
import { isoToday } from "../tenancy/date";
import { tenantsIn } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { withProgress } from "./progress";
import { formatFlag, otherTenantsFlag, requireStack, stackFlag, todayFlag } from "./flags";

const formats = {
  table: accessTable,
  markdown: accessMarkdown,
  json: (report: AccessReport) => `${JSON.stringify(report, null, 2)}\n`,
  html: accessHtml,
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
    format: formatFlag(Object.keys(formats), "table, markdown, json, or html (one page that needs nothing else)."),
  },
};

async function main(values: Values<typeof command.options>): Promise<number> {
  const { stack, tenants: tenantsFile, today = isoToday(new Date()), format } = values;
  const stacks = stackNames(projectDirectory);
  requireStack(stack, stacks);
  const overrides = tenantsFile === undefined ? {} : { "sftp-gateway:tenantsFile": tenantsFile };
  const settings = requireSettings(projectDirectory, stack, overrides);
  const file = tenantsFile ?? relative(".", resolve(projectDirectory, settings.tenantsFile));
  const { tenancy, problems } = loadTenancy(file, { stacks, stack, today });
  process.stderr.write(problems.map((problem) => `${formatProblem(problem)}\n`).join(""));
  if (tenancy === undefined) {
    return 1;
  }
  const deployment = await withProgress(
    `synthesising stack ${stack}`,
    synthesisIn({ directory: projectDirectory, stack, tenantsFile, today }),
  );
  process.stderr.write(
    boundaryNotes(deployment)
      .map((note) => `note: ${note}\n`)
      .join(""),
  );
  const deployed = deployedAccess(inventoryOf(deployment));
  const report = accessReport(stack, today, tenantsIn(tenancy, stack), deployed);
  process.stdout.write(formats[format as keyof typeof formats](report));
  return 0;
}

runCommand(withFlags(command, main));
