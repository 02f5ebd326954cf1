import { loadTenancyText, type LoadOptions } from "../tenancy/load";
import { formatProblem, type Problem } from "../tenancy/problem";
import { UserError } from "../userError";
import type { Edit } from "./edit";
import { edited } from "./edited";
import { replaceFile, writeNewFile } from "./replaceFile";
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
  return saveText(file, text, edited(file, text, edits), options, isDryRun);
}

/**
 * The same for a text as a whole.
 * @param before What the file holds; undefined: there is none yet.
 */
export function saveText(
  file: string,
  before: string | undefined,
  after: string,
  options: LoadOptions,
  isDryRun: boolean,
): Saved {
  const { tenancy, problems } = loadTenancyText(file, after, options);
  if (tenancy === undefined) {
    const errors = problems.filter(({ severity }) => severity === "error").map(formatProblem);
    throw new UserError(
      [`nothing is written, since ${file} would have errors (lines as they would be):`, ...errors].join("\n"),
    );
  }
  if (!isDryRun && before === undefined) {
    writeNewFile(file, after);
  } else if (!isDryRun && before !== undefined && after !== before) {
    replaceFile(file, before, after);
  }
  return { difference: unifiedDiff(file, before ?? "", after), problems };
}
