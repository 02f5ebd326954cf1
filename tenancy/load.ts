import type { Tenancy } from "./model";
import { readYaml } from "./document";
import type { Problem } from "./problem";
import { privateKeyFault, privateKeysIn } from "./publicKey";
import { Report } from "./report";
import { checkFolders } from "./rules/folders";
import { checkKeys } from "./rules/keys";
import { checkNames } from "./rules/names";
import { checkNotify } from "./rules/notify";
import { readShape } from "./shape";
import { Resolver } from "./resolve";
import type { Inspection } from "./subject";
import { readText } from "./text";
import { plainContent, Places } from "./tree";

export { stackNames } from "./stacks";

/** What tenants.yaml is checked against. */
export interface LoadOptions {
  /** Every stack of the project: what `environments` may name, and the default of tenants. */
  readonly stacks: readonly string[];
  /** The day (UTC, YYYY-MM-DD) against which `expires` is checked. */
  readonly today: string;
  /** Check the rules between tenants, and keys that expire, in this stack alone. Default: in every stack. */
  readonly stack?: string;
}

/** What came of a file. */
export interface Loaded {
  /** Undefined when there is any error. */
  readonly tenancy: Tenancy | undefined;
  /** All of them, warnings too, in the order of the file. */
  readonly problems: Problem[];
}

/**
 * Reads tenants.yaml and finds everything that is wrong with it in one run. Never throws for what a file holds, and takes
 * a bounded time and memory for it.
 * @param file Path of the file; problems name it as given here.
 */
export function loadTenancy(file: string, options: LoadOptions): Loaded {
  const { text, problems } = readText(file);
  if (text === undefined) {
    return { tenancy: undefined, problems };
  }
  const report = new Report(file, text);
  const tenancy = inspect(text, report, options);
  return { tenancy: report.hasErrors ? undefined : tenancy, problems: report.problems };
}

function inspect(text: string, report: Report, { stacks, today, stack }: LoadOptions): Tenancy | undefined {
  for (const offset of privateKeysIn(text)) {
    report.error(offset, privateKeyFault);
  }
  const root = readYaml(text, report);
  if (root === undefined) {
    return undefined;
  }
  if (root === null) {
    report.error(0, 'the file is empty; it needs at least one tenant under the key "tenants"');
    return undefined;
  }
  const places = new Places(root);
  const file = readShape(plainContent(root, report), places, report);
  const { subjects, spaces, retired } = new Resolver(places, report, stacks).resolve(file);
  const checkedStacks = stack === undefined ? stacks : [stack];
  const inspection: Inspection = { subjects, spaces, retired, places, report, checkedStacks, today };
  checkNames(inspection);
  checkFolders(inspection);
  checkKeys(inspection);
  checkNotify(inspection);
  // Without an error nothing is missing.
  return report.hasErrors ? undefined : ({ tenants: subjects.map(({ tenant }) => tenant), spaces, retired } as Tenancy);
}
