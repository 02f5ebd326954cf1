import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { quotedPath } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import type { Settings } from "./table";
import { keyOf, type SettingFault } from "./values";

/** A stack among the others of its project. */
interface StackOfProject {
  /** The project's folder. */
  readonly directory: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * What is wrong with settings beside the rest of the project's folder, each sound by itself.
 * @param given Those that a file gives the stack a value for, and that nothing is wrong with.
 */
export function faultsOfSurroundings(
  { directory, project, stack }: StackOfProject,
  { tenantsFile, permissionsBoundary = "" }: Partial<Settings>,
): SettingFault[] {
  const faults: SettingFault[] = [];
  const fault = (name: keyof Settings, message: (key: string) => string) => {
    const key = keyOf(name, project);
    faults.push({ key, what: "value", message: message(key) });
  };
  if (tenantsFile !== undefined && !existsSync(resolve(directory, tenantsFile))) {
    fault("tenantsFile", (key) => `"${key}" is ${quotedPath(tenantsFile)}; there is no such file in the project`);
  }
  const [, policy = ""] = /([^/]+)$/.exec(permissionsBoundary) ?? [];
  const other = stackNames(directory).find((name) => name !== stack && policy === boundaryOf(project, name));
  if (other !== undefined) {
    fault(
      "permissionsBoundary",
      (key) =>
        `"${key}" is the boundary of the stack "${other}", beyond which no role of this one could do anything; ` +
        `its own is called "${boundaryOf(project, stack)}", the output BoundaryArn of its roles (docs/GITOPS.md)`,
    );
  }
  return faults;
}

/** As `deploy/aws/roles.yaml` calls it. */
function boundaryOf(project: string, stack: string): string {
  return `${project}-${stack}-boundary`;
}
