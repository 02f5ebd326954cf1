import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Loaded, loadTenancy, type LoadOptions } from "../../tenancy/load";
import { formatProblem } from "../../tenancy/problem";

/** What the tests check a file against, unless they say otherwise. */
export const defaults: LoadOptions = { stacks: ["dev", "prod"], today: "2026-11-23" };

/** Runs something in an empty directory that is gone afterwards. */
export function inDirectory<T>(run: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "tenancy-"));
  try {
    return run(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Loads a tenants.yaml of the given content. */
export function loadContent(content: string | Uint8Array, options: Partial<LoadOptions> = {}): Loaded {
  return inDirectory((directory) => {
    const file = join(directory, "tenants.yaml");
    writeFileSync(file, content);
    const { tenancy, problems } = loadTenancy(file, { ...defaults, ...options });
    return { tenancy, problems: problems.map((problem) => ({ ...problem, file: "tenants.yaml" })) };
  });
}

/** Its problems as `check` prints them. */
export function problemsOf(content: string | Uint8Array, options: Partial<LoadOptions> = {}): string[] {
  return loadContent(content, options).problems.map(formatProblem);
}
