import type { Edit } from "../../editing/edit";
import { saveEdits } from "../../editing/saved";
import { readTenantsText, type TenantsText } from "../../editing/tenantsText";
import { printable } from "../../invisible";
import { shellWord } from "../../shellWord";
import { formatProblem } from "../../tenancy/problem";
import { withFlags, type Command, type Flag, type Values } from "../arguments";
import { withProgress } from "../progress";
import { chosenTenantsFile } from "../tenantsFile";
import { fileFlags } from "./flags";

const whose = "which tenant is meant is missing: its name";

const editFlags = {
  ...fileFlags,
  "dry-run": { description: "Write nothing; print the difference." },
} as const;

/** What is to be done, and how it is told. */
interface Told {
  readonly edits: readonly Edit[];
  /** Whole sentences without their full stop. */
  readonly done: string;
  readonly commit: string;
  /** What else there is to do, after the commit. */
  readonly further?: string | undefined;
}

type EditValues = Values<typeof editFlags>;

/** A verb that changes the file. */
export function editing<Options extends Readonly<Record<string, Flag>>>(
  { usage, options }: { readonly usage: string; readonly options: Options },
  change: (file: TenantsText, name: string, values: Values<Options & typeof editFlags>, today: string) => Told,
) {
  const command: Command<Options & typeof editFlags> = {
    usage: `npm run tenant -- ${usage}\nExits with 0, 1 when nothing is written, 2 when called wrongly.`,
    operand: whose,
    options: { ...options, ...editFlags },
  };
  return withFlags(command, async (values, name) => {
    const { tenants, json, "dry-run": isDryRun } = values as EditValues;
    const { file, options: against } = chosenTenantsFile(tenants);
    const before = await withProgress(`reading ${printable(file)}`, () => readTenantsText(file));
    const { edits, done, commit, further } = change(before, name, values, against.today);
    const { difference, problems } = await withProgress(`checking ${printable(file)}`, () =>
      saveEdits(before, edits, against, isDryRun),
    );
    const about = problems.filter(({ tenant }) => tenant === name);
    const isChanged = difference !== "";
    const next = isChanged && !isDryRun ? nextSteps(file, commit, further) : [];
    if (json) {
      process.stdout.write(
        `${JSON.stringify({ file, tenant: name, changed: isChanged && !isDryRun, difference, warnings: about, next }, null, 2)}\n`,
      );
      return 0;
    }
    process.stderr.write(about.map((problem) => `${formatProblem(problem)}\n`).join(""));
    process.stdout.write(isDryRun ? difference : `${printable(file)}: ${done}\n${toldNext(next)}`);
    return 0;
  });
}

function nextSteps(file: string, commit: string, further: string | undefined): string[] {
  return [
    "npm run diff -- HEAD",
    `git commit -m ${JSON.stringify(commit)} ${shellWord(file)}`,
    ...(further === undefined ? [] : [further]),
  ];
}

function toldNext(steps: readonly string[]): string {
  return steps.length === 0 ? "" : `Next:\n${steps.map((step) => `  ${step}\n`).join("")}`;
}
