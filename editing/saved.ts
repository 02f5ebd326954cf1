import { loadTenancyText, type LoadOptions } from "../tenancy/load";
import { formatProblem, type Problem } from "../tenancy/problem";
import { UserError } from "../userError";
import type { Edit } from "./edit";
import { edited } from "./edited";
import { replaceFile } from "./replaceFile";
import type { TenantsText } from "./tenantsText";
import { unifiedDiff } from "./unifiedDiff";

/** What an edit has made of a file, or would make. */
export interface Saved {
  /** As `diff -u` shows it; empty when there was nothing to change. */
  readonly difference: string;
  /** What a person should know about the file as it is now: warnings. */
  readonly problems: readonly Problem[];
}

/**
 * Edits a tenants file, unless that would make it wrong.
 * @param isDryRun Whether nothing is written.
 * @throws UserError with every error that the file would have; then it is as it was.
 */
export function saveEdits(
  { file, text }: TenantsText,
  edits: readonly Edit[],
  options: LoadOptions,
  isDryRun: boolean,
): Saved {
  const after = edited(file, text, edits);
  const { tenancy, problems } = loadTenancyText(file, after, options);
  if (tenancy === undefined) {
    const errors = problems.filter(({ severity }) => severity === "error");
    throw new UserError(
      [
        `nothing is written, since ${file} would have errors (lines as they would be):`,
        ...errors.map(formatProblem),
      ].join("\n"),
    );
  }
  if (!isDryRun && after !== text) {
    replaceFile(file, text, after);
  }
  return { difference: unifiedDiff(file, text, after), problems };
}
