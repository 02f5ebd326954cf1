import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as z from "zod";
import { readYaml, plainContent } from "../tenancy/document";
import { explain, explainUnknownKey } from "../tenancy/explain";
import type { Problem } from "../tenancy/problem";
import { listed, quoted } from "../tenancy/quote";
import type { Report } from "../tenancy/report";
import { readText } from "../tenancy/text";
import type { Path } from "../tenancy/tree";

/** The one list of what the workflows deploy. */
export const environmentsFile = "deploy/environments.json";

const schema = z.array(
  z.strictObject({
    stack: z.string(),
    /** Whether it comes after those that need no approval. Who approves is a rule of its environment on GitHub. */
    approval: z.boolean().default(false),
  }),
);

/** An entry of the list. */
export type ListedEnvironment = z.output<typeof schema>[number];

const example = '[{ "stack": "dev" }, { "stack": "prod", "approval": true }]';

/** The list, as far as nothing is wrong with it. */
interface Environments {
  /** Empty when there is any problem, or no list. */
  readonly environments: readonly ListedEnvironment[];
  /** All of them, in the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the list of what the workflows deploy. A project without one has no workflows, and nothing is wrong with that.
 * @param directory The project's folder.
 * @param stacks Every stack of the project.
 */
export function readEnvironments(directory: string, stacks: readonly string[]): Environments {
  const file = relative(".", resolve(directory, environmentsFile));
  if (!existsSync(file)) {
    return { environments: [], problems: [] };
  }
  const report = readText(file);
  const content = report.hasErrors ? undefined : contentOf(report);
  const environments = report.hasErrors ? [] : shapeOf(content, report);
  checkStacks(environments, stacks, report);
  return { environments: report.hasErrors ? [] : environments, problems: report.problems };
}

/** GitHub's names of variables take capital letters, digits and underscores: `STAGING_EU` for `staging-eu`. */
export function variablesOf(stack: string): string {
  return stack.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}

/** JSON is YAML, whose reader knows the places. What is YAML alone is refused afterwards. */
function contentOf(report: Report): unknown {
  const root = readYaml(report);
  if (root === undefined) {
    return undefined;
  }
  report.root = root;
  const content = plainContent(root, report);
  try {
    JSON.parse(report.text);
  } catch {
    report.error(
      0,
      `this is no JSON: keys and text stand in double quotes, nothing behind the last comma; as ${example}`,
    );
  }
  return content;
}

function shapeOf(content: unknown, report: Report): readonly ListedEnvironment[] {
  const { data, error } = schema.safeParse(content, { reportInput: true });
  for (const issue of error?.issues ?? []) {
    const path = issue.path as Path;
    if (path.length === 0) {
      report.error(path, `the file must be a list, as ${example}`);
    } else if (issue.code === "unrecognized_keys") {
      issue.keys.forEach((key) => report.error(path, explainUnknownKey(key, ["stack", "approval"]), key));
    } else {
      report.error(path, explain(issue, path, issue.input));
    }
  }
  return data ?? [];
}

function checkStacks(environments: readonly ListedEnvironment[], stacks: readonly string[], report: Report): void {
  for (const [index, { stack }] of environments.entries()) {
    const place = [index, "stack"];
    if (!stacks.includes(stack)) {
      report.error(place, `${quoted(stack)} is not a stack of this project; there are ${listed(stacks)}`);
    } else if (environments.findIndex((other) => variablesOf(other.stack) === variablesOf(stack)) !== index) {
      report.error(
        place,
        `${quoted(stack)} has the same variables on GitHub as another stack, ${variablesOf(stack)}_...`,
      );
    }
  }
}
