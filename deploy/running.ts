import { runCommand } from "../cli/command";
import { request } from "./github";

interface GitHubDeployment {
  readonly id: number;
  readonly sha: string;
}

/**
 * Prints for each environment that the arguments name a line `ENVIRONMENT=COMMIT`: the commit that the last successful
 * deployment brought there, as GitHub recorded it; empty where there was none.
 */
async function main(environments: readonly string[]): Promise<number> {
  for (const environment of environments) {
    process.stdout.write(`${environment}=${await runningCommit(environment)}\n`);
  }
  return 0;
}

/** GitHub lists the newest first. */
async function runningCommit(environment: string): Promise<string> {
  const query = `deployments?environment=${encodeURIComponent(environment)}&per_page=100`;
  for (const { id, sha } of await request<GitHubDeployment[]>("GET", query)) {
    const statuses = await request<{ state: string }[]>("GET", `deployments/${id}/statuses?per_page=100`);
    if (statuses.some(({ state }) => state === "success") && /^[0-9a-f]{40}$/.test(sha)) {
      return sha;
    }
  }
  return "";
}

runCommand(main);
