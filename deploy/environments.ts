import { projectDirectory, runCommand } from "../cli/command";
import { readEnvironments, variablesOf, type ListedEnvironment } from "../settings/environments";
import { readConfiguration } from "../synth/configuration";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";

/** What a job of one environment has to know, as an entry of a matrix. */
interface Environment {
  readonly stack: string;
  /** What the names of its variables on GitHub begin with: `DEV` for `DEV_READ_ROLE`. */
  readonly variables: string;
  readonly region: string;
}

/**
 * Prints the environments as outputs of a step: `all`, those that are deployed `unattended`, and those that wait for
 * somebody who has `approved` their plan; each line is the JSON of a matrix' entries.
 */
function main(): number {
  const listedStacks = readList();
  const select = (wanted: (approval: boolean) => boolean) =>
    listedStacks.filter(({ approval }) => wanted(approval)).map(({ stack }) => environment(stack));
  const outputs = {
    all: select(() => true),
    unattended: select((approval) => !approval),
    approved: select((approval) => approval),
  };
  for (const [name, entries] of Object.entries(outputs)) {
    process.stdout.write(`${name}=${JSON.stringify(entries)}\n`);
  }
  return 0;
}

/** @throws UserError with the place of everything that is wrong with the list. */
function readList(): readonly ListedEnvironment[] {
  const { environments, problems } = readEnvironments(projectDirectory, stackNames(projectDirectory));
  if (problems.length > 0) {
    throw new UserError(["nothing is deployed:", ...problems.map(formatProblem)].join("\n"));
  }
  return environments;
}

function environment(stack: string): Environment {
  const region = readConfiguration(projectDirectory, stack).values["aws:region"];
  if (region === undefined) {
    throw new UserError(`Pulumi.${stack}.yaml: "aws:region" is missing`);
  }
  return { stack, variables: variablesOf(stack), region };
}

runCommand(main);
