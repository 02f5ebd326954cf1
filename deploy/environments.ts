import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { projectDirectory, runCommand } from "../cli/command";
import { readConfiguration } from "../synth/configuration";
import { listed, quoted } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";

/** The one list of what the workflows deploy. */
const list = "deploy/environments.json";

const schema = z.array(
  z.strictObject({
    stack: z.string(),
    /** Whether it comes after those that need no approval. Who approves is a rule of its environment on GitHub. */
    approval: z.boolean().default(false),
  }),
);

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

function readList(): z.output<typeof schema> {
  const known = stackNames(projectDirectory);
  let entries;
  try {
    entries = schema.parse(JSON.parse(readFileSync(join(projectDirectory, list), "utf8")));
  } catch (error) {
    throw new UserError(
      `${list}: wanted is [{ "stack": "dev" }, { "stack": "prod", "approval": true }]: ${String(error)}`,
    );
  }
  for (const [index, { stack }] of entries.entries()) {
    if (!known.includes(stack)) {
      throw new UserError(`${list}: ${quoted(stack)} is not a stack of this project; there are ${listed(known)}`);
    }
    if (entries.findIndex((other) => variablesOf(other.stack) === variablesOf(stack)) !== index) {
      throw new UserError(`${list}: ${quoted(stack)} has the same variables on GitHub as another stack`);
    }
  }
  return entries;
}

function environment(stack: string): Environment {
  const region = readConfiguration(projectDirectory, stack).values["aws:region"];
  if (region === undefined) {
    throw new UserError(`Pulumi.${stack}.yaml: "aws:region" is missing`);
  }
  return { stack, variables: variablesOf(stack), region };
}

/** GitHub's names of variables take capital letters, digits and underscores. */
function variablesOf(stack: string): string {
  return stack.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}

runCommand(main);
