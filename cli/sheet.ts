import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AccessReport } from "../access/report/model";
import { printable } from "../invisible";
import { contentOf } from "../sheet/content";
import { readLocalHost, readOutputs } from "../sheet/host";
import { sheetHtml } from "../sheet/html";
import { sheetMarkdown } from "../sheet/markdown";
import { sheetOf } from "../sheet/sheet";
import { sheetText } from "../sheet/text";
import { isoToday } from "../tenancy/date";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { fileText } from "./fileText";
import { formatFlag, namedStackFlag, otherTenantsFlag, requireNamedStack, todayFlag } from "./flags";
import { reportOfStack } from "./report";

const formats = { markdown: sheetMarkdown, text: sheetText, html: sheetHtml };

const command = {
  usage: `npm run sheet -- TENANT [FLAGS]

Writes what a partner needs to connect: host, host key, login, folders, commands and settings for its programs. No secret
is in it. Without --outputs it is about the gateway on this machine.
Exits with 0, 1 when it cannot be told, 2 when called wrongly.`,
  operand: "whom the sheet is for is missing: the name of a tenant",
  options: {
    stack: namedStackFlag,
    outputs: { value: "FILE", description: "What `pulumi stack output --json -s STACK` has printed." },
    data: { value: "DIR", default: "data", description: "Without --outputs: the data folder of npm start." },
    tenants: otherTenantsFlag,
    today: todayFlag("today, UTC"),
    format: formatFlag(Object.keys(formats), "markdown, text (for a mail), or html (to print)."),
  },
};

async function main(values: Values<typeof command.options>, tenant: string): Promise<number> {
  const { stack, outputs, data, tenants, today = isoToday(new Date()), format } = values;
  requireNamedStack(stack, stackNames(projectDirectory));
  const deployed = outputs === undefined ? { host: localHost(data) } : readOutputs(fileText(outputs), outputs);
  const made = await reportOfStack(stack, today, tenants);
  if (made === undefined) {
    return 1;
  }
  const { report, settings } = made;
  if (outputs === undefined) {
    requireServed(data, report);
  }
  const { supportContact } = settings;
  const sheet = sheetOf({
    tenant,
    report,
    host: deployed.host,
    ...("tenants" in deployed ? { deployed: deployed.tenants, bucketName: deployed.bucketName } : {}),
    supportContact,
  });
  process.stdout.write(formats[format as keyof typeof formats](contentOf(sheet)));
  return 0;
}

/** By what the local gateway keeps for OpenSSH's clients; docs/LOCAL.md says where. */
function localHost(data: string) {
  const file = join(data, ".gateway", "known_hosts");
  return readLocalHost(fileText(file, "; npm start writes it, or give the stack's outputs by --outputs"), file);
}

/** @throws UserError where the data folder has been another stack's alone: its host is not where this one is found. */
function requireServed(data: string, { stack, buckets }: AccessReport): void {
  if (!buckets.some((bucket) => existsSync(join(data, bucket)))) {
    throw new UserError(
      `${printable(data)} has no bucket of stack ${stack}: npm start -- --stack ${stack} makes it, or give the stack's outputs by --outputs`,
    );
  }
}

runCommand(withFlags(command, main));
