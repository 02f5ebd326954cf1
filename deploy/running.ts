import { spawnSync } from "node:child_process";
import { projectDirectory, runCommand } from "../cli/command";
import { request } from "./github";
import { UserError } from "../userError";

interface GitHubDeployment {
  readonly id: number;
  readonly sha: string;
}

/** What has been reviewed. A workflow gets it by checking out with `fetch-depth: 0`. */
const reviewed = "refs/remotes/origin/main";

/**
 * Prints `commit=COMMIT`, the commit that the last successful deployment brought to an environment; empty where there was
 * none. GitHub's records only propose it, since whoever can push can write one: what is no commit of the branch main is
 * passed over, with a warning.
 */
async function main([environment = ""]: readonly string[]): Promise<number> {
  if (git("rev-parse", "--verify", "--quiet", `${reviewed}^{commit}`) !== 0) {
    throw new UserError(
      `there is no ${reviewed} here to tell what has been reviewed; check out with its whole history`,
    );
  }
  process.stdout.write(`commit=${await runningCommit(environment)}\n`);
  return 0;
}

/** GitHub lists the newest first. */
async function runningCommit(environment: string): Promise<string> {
  const query = `deployments?environment=${encodeURIComponent(environment)}&per_page=100`;
  for (const { id, sha } of await request<GitHubDeployment[]>("GET", query)) {
    const statuses = await request<{ state: string }[]>("GET", `deployments/${id}/statuses?per_page=100`);
    if (!statuses.some(({ state }) => state === "success")) {
      continue;
    }
    if (isReviewed(sha)) {
      return sha;
    }
    process.stderr.write(
      `::warning title=Passed over::deployment ${id} of ${environment} names ${JSON.stringify(sha)}, ` +
        "which is no commit of the branch main; find out who wrote that record\n",
    );
  }
  return "";
}

function isReviewed(sha: string): boolean {
  return /^[0-9a-f]{40}$/.test(sha) && git("merge-base", "--is-ancestor", sha, reviewed) === 0;
}

/** @returns Git's exit code. */
function git(...args: string[]): number | null {
  return spawnSync("git", args, { cwd: projectDirectory, stdio: "ignore" }).status;
}

runCommand(main);
