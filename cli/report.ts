import { spawnSync } from "node:child_process";
import { relative, resolve } from "node:path";
import { accessReport, type AccessReport } from "../access/report/model";
import { deployedAccess } from "../inventory/access";
import { inventoryOf } from "../inventory/inventory";
import { boundaryNotes } from "../inventory/role";
import { requireSettings } from "../settings/stackSettings";
import type { Settings } from "../settings/table";
import { synthesisIn } from "../synth/process";
import { deployedTenants } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { projectDirectory } from "./command";
import { withProgress } from "./progress";

/**
 * The access report of a stack of the working tree, with the settings that it was made under. Problems of the tenants file and
 * notes go to stderr; undefined: the file has errors.
 * @param tenantsFile Instead of the stack's; a path as the caller sees it.
 * @throws UserError for settings that are wrong, or when nothing could be deployed.
 */
export async function reportOfStack(
  stack: string,
  today: string,
  tenantsFile: string | undefined,
): Promise<{ readonly report: AccessReport; readonly settings: Settings } | undefined> {
  const overrides = tenantsFile === undefined ? {} : { "sftp-gateway:tenantsFile": tenantsFile };
  const settings = requireSettings(projectDirectory, stack, overrides);
  const file = tenantsFile ?? relative(".", resolve(projectDirectory, settings.tenantsFile));
  const { tenancy, problems } = loadTenancy(file, { stacks: stackNames(projectDirectory), stack, today });
  process.stderr.write(problems.map((problem) => `${formatProblem(problem)}\n`).join(""));
  if (tenancy === undefined) {
    return undefined;
  }
  const deployment = await withProgress(`synthesising stack ${stack}`, () =>
    synthesisIn({ directory: projectDirectory, stack, tenantsFile, today }),
  );
  process.stderr.write(
    boundaryNotes(deployment)
      .map((note) => `note: ${note}\n`)
      .join(""),
  );
  const deployed = deployedAccess(inventoryOf(deployment));
  const report = accessReport({ stack, today, ...commitHere() }, deployedTenants(tenancy, stack, today), deployed);
  return { report, settings };
}

/** What the project's files are: a commit, with `-dirty` where they have been changed since. Nothing without a repository. */
function commitHere(): { readonly commit?: string } {
  const names = ["describe", "--always", "--exclude", "*", "--abbrev=12", "--dirty"];
  const { status, stdout } = spawnSync("git", names, { cwd: projectDirectory, encoding: "utf8" });
  return status === 0 ? { commit: stdout.trim() } : {};
}
