import { projectDirectory, runCommand } from "../cli/command";
import { readConfiguration } from "../synth/configuration";
import { quoted } from "../tenancy/quote";
import { UserError } from "../userError";

/** Prints one setting of a stack, as its stack file or else Pulumi.yaml has it: `dev sftp-gateway:tenantsFile`. */
function main([stack = "", key = ""]: readonly string[]): number {
  const value = readConfiguration(projectDirectory, stack).values[key];
  if (value === undefined) {
    throw new UserError(`Pulumi.${stack}.yaml: there is no setting ${quoted(key)}`);
  }
  process.stdout.write(`${value}\n`);
  return 0;
}

runCommand(main);
