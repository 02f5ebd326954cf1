import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectDirectory } from "../components/gatewayStack";

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: { readonly include?: readonly Readonly<Record<string, string>>[] } };
  readonly steps: readonly Step[];
}

export interface Workflow {
  /** Its name without the ending. */
  readonly file: string;
  /** The whole text, comments included. */
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowDirectory = join(projectDirectory, ".github", "workflows");

/** All workflows of the repository. */
export const workflows: readonly Workflow[] = readdirSync(workflowDirectory).map((name) => {
  const text = readFileSync(join(workflowDirectory, name), "utf8");
  return { ...(parse(text) as Omit<Workflow, "file" | "text">), file: name.replace(/\.yaml$/, ""), text };
});

/** Every job, named `file/job`. */
export const jobs: readonly (readonly [name: string, job: Job])[] = workflows.flatMap(({ file, jobs: ofFile }) =>
  Object.entries(ofFile).map(([name, job]) => [`${file}/${name}`, job] as const),
);
