import type { Tenancy } from "./model";
import { plainContent, readYaml } from "./document";
import type { Problem } from "./problem";
import { privateKeysIn } from "./publicKey";
import { Report } from "./report";
import { checkFolders } from "./rules/folders";
import { checkKeys } from "./rules/keys";
import { checkNames } from "./rules/names";
import { checkNotify } from "./rules/notify";
import { checkNumbers } from "./rules/numbers";
import { checkSignIn } from "./rules/signIn";
import type { PlacedSignIn } from "./signIn";
import { readShape } from "./shape";
import { resolveStacks } from "./resolve";
import { readText } from "./text";

/** What tenants.yaml is checked against. */
export interface LoadOptions {
  /** Every stack of the project: what `environments` may name, and the default of tenants. */
  readonly stacks: readonly string[];
  /** The day (UTC, YYYY-MM-DD) against which `expires` is checked. */
  readonly today: string;
  /** Check the rules between tenants, and keys that expire, in this stack or these alone. Default: in every stack. */
  readonly stack?: string | readonly string[];
  /**
   * How tenants log in to each stack, by its name. What only some ways of logging in admit is not refused in a stack that is
   * missing here.
   */
  readonly signIn?: Readonly<Record<string, PlacedSignIn>>;
}

/** What came of a file. */
export interface Loaded {
  /** Undefined when there is any error. */
  readonly tenancy: Tenancy | undefined;
  /** All of them, warnings too, in the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads tenants.yaml and finds everything that is wrong with it in one run. Never throws for what a file holds, and takes
 * a bounded time and memory for it. The file is read each time; as long as it says the same, so does what is returned.
 * @param file Path of the file; problems name it as given here.
 */
export function loadTenancy(file: string, options: LoadOptions): Loaded {
  const report = readText(file);
  if (report.hasErrors) {
    return { tenancy: undefined, problems: report.problems };
  }
  const { stacks, today, stack, signIn } = options;
  const { text } = report;
  const asked = JSON.stringify([file, stacks, today, stack, signIn]);
  if (last?.text !== text || last.asked !== asked) {
    const tenancy = inspect(report, options);
    last = { text, asked, loaded: { tenancy, problems: report.problems } };
  }
  return last.loaded;
}

/**
 * The same of a text that is not in the file yet.
 * @param file The file that it is for; problems name it.
 */
export function loadTenancyText(file: string, text: string, options: LoadOptions): Loaded {
  const report = new Report(file, text);
  return { tenancy: inspect(report, options), problems: report.problems };
}

/** What was asked for last, and what came of it: whoever proves a synthesis asks what its program has asked before. */
let last: { readonly text: string; readonly asked: string; readonly loaded: Loaded } | undefined;

function inspect(report: Report, { stacks, today, stack, signIn = {} }: LoadOptions): Tenancy | undefined {
  for (const { offset, fault } of privateKeysIn(report.text)) {
    report.error(offset, fault);
  }
  const root = readYaml(report);
  if (root === undefined) {
    return undefined;
  }
  if (root === null) {
    report.error(0, 'the file is empty; it needs at least one tenant under the key "tenants"');
    return undefined;
  }
  report.root = root;
  const resolved = resolveStacks(readShape(plainContent(root, report), report), { report, stacks });
  const inspection = {
    ...resolved,
    report,
    checkedStacks: stack === undefined ? stacks : [stack].flat(),
    today,
    signIn: (name: string) => (Object.hasOwn(signIn, name) ? signIn[name] : undefined),
  };
  checkNames(inspection);
  checkFolders(inspection);
  checkKeys(inspection);
  checkSignIn(inspection);
  checkNotify(inspection);
  checkNumbers(inspection);
  // Without an error nothing is missing.
  const { subjects, ...rest } = resolved;
  return report.hasErrors ? undefined : ({ tenants: subjects.map(({ tenant }) => tenant), ...rest } as Tenancy);
}
