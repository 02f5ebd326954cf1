import { costMarkdown, costReport, costText, costWarnings, type CostReport } from "../cost/report";
import { requireSettings } from "../settings/stackSettings";
import { synthesisIn } from "../synth/process";
import { isoToday } from "../tenancy/date";
import { stackNames } from "../tenancy/stacks";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { formatFlag, otherTenantsFlag, requireStack, stackFlag, todayFlag } from "./flags";
import { withProgress } from "./progress";

const formats = {
  text: costText,
  markdown: costMarkdown,
  json: (report: CostReport) => `${JSON.stringify(report, null, 2)}\n`,
};

const command = {
  usage: `npm run cost [-- FLAGS]

Says what a stack costs a month while nobody uses it, part by part, and what a GB, an upload and a line of the log add.
By the prices of us-east-1 in cost/prices.ts, without what AWS gives for nothing. Needs no cloud.
Exits with 0, 1 when nothing could be deployed, 2 when called wrongly.`,
  options: {
    stack: stackFlag,
    tenants: otherTenantsFlag,
    today: todayFlag("today, UTC"),
    format: formatFlag(Object.keys(formats), "text, markdown, or json."),
  },
};

async function main(values: Values<typeof command.options>): Promise<number> {
  const { stack, tenants: tenantsFile, today = isoToday(new Date()), format } = values;
  requireStack(stack, stackNames(projectDirectory));
  const overrides = tenantsFile === undefined ? {} : { "sftp-gateway:tenantsFile": tenantsFile };
  const { region } = requireSettings(projectDirectory, stack, overrides);
  const deployment = await withProgress(`synthesising stack ${stack}`, () =>
    synthesisIn({ directory: projectDirectory, stack, tenantsFile, today }),
  );
  const report = costReport(deployment, region);
  process.stderr.write(
    costWarnings(report, today)
      .map((warning) => `warning: ${warning}\n`)
      .join(""),
  );
  process.stdout.write(formats[format as keyof typeof formats](report));
  return 0;
}

runCommand(withFlags(command, main));
