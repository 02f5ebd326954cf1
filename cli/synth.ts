import { resolve } from "node:path";
import program from "../index";
import { synthesise } from "../synth/synthesise";
import { readArguments } from "./arguments";
import { runCommand } from "./command";

const command = {
  usage: `npm run synth [-- FLAGS]

Prints what \`pulumi up\` would deploy for a stack, as JSON: resources, inputs, outputs. Needs no cloud.
Exits with 0, 1 when nothing could be deployed, 2 when called wrongly.`,
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
  process.stdout.write(`${JSON.stringify(deployment, null, pretty ? 2 : undefined)}\n`);
  return 0;
}

runCommand(main);
