import { relative, resolve } from "node:path";
import { stackSettings } from "../settings/stackSettings";
import { isoToday } from "../tenancy/date";
import type { LoadOptions } from "../tenancy/load";
import { listed } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { UsageError } from "./arguments";
import { projectDirectory } from "./command";

/** A tenants file, and what it is checked against. */
export interface ChosenFile {
  /** Relative to the folder of the call. */
  readonly file: string;
  readonly options: LoadOptions;
}

/**
 * The tenants file of the project's stacks.
 * @param given Path of one, instead.
 * @throws UsageError where the stacks have several and none is named.
 */
export function chosenTenantsFile(given: string | undefined): ChosenFile {
  const stacks = stackNames(projectDirectory).map((stack) => {
    const { sound, signIn } = stackSettings(projectDirectory, stack);
    return { stack, signIn, path: resolve(projectDirectory, sound.tenantsFile ?? "tenants.yaml") };
  });
  const files = [...new Set(stacks.map(({ path }) => path))];
  const [only, other] = files;
  if (given === undefined && other !== undefined) {
    const named = files.map((path) => relative(".", path));
    throw new UsageError(`the stacks have the tenants files ${listed(named)}; say which one is meant: --tenants FILE`);
  }
  const path = given === undefined ? (only ?? resolve(projectDirectory, "tenants.yaml")) : resolve(given);
  const own = stacks.filter((each) => each.path === path);
  return {
    file: given ?? relative(".", path),
    options: {
      stacks: stacks.map(({ stack }) => stack),
      // A file that no stack names is checked as if every one did.
      ...(own.length === 0 ? {} : { stack: own.map(({ stack }) => stack) }),
      today: isoToday(new Date()),
      signIn: Object.fromEntries(own.flatMap(({ stack, signIn }) => (signIn === undefined ? [] : [[stack, signIn]]))),
    },
  };
}
