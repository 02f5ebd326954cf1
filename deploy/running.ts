import { runCommand } from "../cli/command";
import { GitHub, gitHubAccess } from "./github";

interface GitHubDeployment {
  readonly id: number;
  readonly sha: string;
}

/**
 * Prints for each environment that the arguments name a line `ENVIRONMENT=COMMIT`: the commit that the last successful
 * deployment brought there, as GitHub recorded it; empty where there was none.
 */
async function main(environments: readonly string[]): Promise<number> {
  const gitHub = new GitHub(gitHubAccess(process.env));
  for (const environment of environments) {
    process.stdout.write(`${environment}=${await runningCommit(gitHub, environment)}\n`);
  }
  return 0;
}

/** GitHub lists the newest first. */
async function runningCommit(gitHub: GitHub, environment: string): Promise<string> {
  const query = `deployments?environment=${encodeURIComponent(environment)}&per_page=100`;
  for (const { id, sha } of (await gitHub.request("GET", query)) as GitHubDeployment[]) {
    const statuses = (await gitHub.request("GET", `deployments/${id}/statuses?per_page=100`)) as { state: string }[];
    if (statuses.some(({ state }) => state === "success") && /^[0-9a-f]{40}$/.test(sha)) {
      return sha;
    }
  }
  return "";
}

runCommand(main);
