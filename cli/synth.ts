import { resolve } from "node:path";
import { grantsOf } from "../access/grant";
import program from "../index";
import type { GrantedUser } from "../inventory/claim";
import { requireProven } from "../inventory/proven";
import { readConfiguration } from "../synth/configuration";
import { synthesise } from "../synth/synthesise";
import { isoToday } from "../tenancy/date";
import { tenantsIn } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { stackNames } from "../tenancy/stacks";
import { readArguments } from "./arguments";
import { runCommand } from "./command";

const command = {
  usage: `npm run synth [-- FLAGS]

Prints what \`pulumi up\` would deploy for a stack, as JSON: resources, inputs, outputs. Needs no cloud.
Exits with 0, 1 when nothing could be deployed or the deployment would not keep its tenants apart, 2 when called wrongly.`,
  options: {
    stack: { type: "string", value: "STACK", default: "dev", description: "The stack: a file Pulumi.<stack>.yaml." },
    tenants: { type: "string", value: "FILE", description: "Instead of the stack's tenants file." },
    today: {
      type: "string",
      value: "YYYY-MM-DD",
      description: "Check key expiry against that day. Default: the stack's.",
    },
    pretty: { type: "boolean", description: "Indent the JSON." },
  },
} as const;

const projectDirectory = resolve(__dirname, "..");

async function main(argv: readonly string[]): Promise<number> {
  const { values, exitCode } = readArguments(command, argv);
  if (values === undefined) {
    return exitCode;
  }
  const { stack, tenants, today, pretty } = values;
  const overrides = {
    ...(tenants === undefined ? {} : { "sftp-gateway:tenantsFile": tenants }),
    ...(today === undefined ? {} : { "sftp-gateway:today": today }),
  };
  const deployment = await synthesise({ directory: projectDirectory, stack, overrides, program });
  requireProven(deployment, grantedUsers(stack, overrides));
  process.stdout.write(`${JSON.stringify(deployment, null, pretty ? 2 : undefined)}\n`);
  return 0;
}

/** Whom the tenants file that the program has read grants something in the stack. */
function grantedUsers(stack: string, overrides: Readonly<Record<string, string>>): GrantedUser[] {
  const { values } = readConfiguration(projectDirectory, stack, overrides);
  const file = values["sftp-gateway:tenantsFile"] ?? "tenants.yaml";
  const today = isoToday(new Date());
  const { tenancy } = loadTenancy(file, { stacks: stackNames(projectDirectory), stack, today });
  const active = tenancy === undefined ? [] : tenantsIn(tenancy, stack).filter(({ state }) => state === "active");
  return active.map((tenant) => ({ tenant: tenant.name, userName: tenant.userName, grants: grantsOf(tenant) }));
}

runCommand(main);
