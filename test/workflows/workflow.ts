import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectDirectory } from "../components/gatewayStack";

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly env?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> };
  /** The workflow it calls, of one that has no steps of its own. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress"?: boolean | string;
}

export interface Workflow {
  /** Its name without the ending. */
  readonly file: string;
  /** The whole text, comments included. */
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowDirectory = join(projectDirectory, ".github", "workflows");

/** All workflows of the repository. */
export const workflows: readonly Workflow[] = readdirSync(workflowDirectory).map((name) => {
  const text = readFileSync(join(workflowDirectory, name), "utf8");
  const workflow = parse(text) as Omit<Workflow, "file" | "text">;
  const jobsWithSteps = Object.entries(workflow.jobs).map(([job, content]) => [
    job,
    { ...content, steps: content.steps ?? [] },
  ]);
  return {
    ...workflow,
    jobs: Object.fromEntries(jobsWithSteps) as Workflow["jobs"],
    file: name.replace(/\.yaml$/, ""),
    text,
  };
});

/** Every job, named `file/job`. */
export const jobs: readonly (readonly [name: string, job: Job])[] = workflows.flatMap(({ file, jobs: ofFile }) =>
  Object.entries(ofFile).map(([name, job]) => [`${file}/${name}`, job] as const),
);

/** Those with rights: AWS's credentials for the asking, or a token that writes to the repository. */
export const jobsWithRights = jobs.filter(([, { permissions }]) => Object.values(permissions ?? {}).includes("write"));
