import { loadTenancy } from "../../tenancy/load";
import { formatProblem } from "../../tenancy/problem";
import { defaults } from "./loading";

/** What loading a hostile file cost. */
export interface LoadReport {
  readonly problems: readonly string[];
  /** The most that the process has ever taken, with this file or one before it. */
  readonly megabytes: number;
  readonly cpuSeconds: number;
}

// Run as a process of its own, it answers each path that it is sent with the report on the file.
process.on("message", (file: string) => {
  global.gc?.();
  const start = process.cpuUsage();
  const { problems } = loadTenancy(file, defaults);
  const { user, system } = process.cpuUsage(start);
  const report: LoadReport = {
    problems: problems.map(formatProblem),
    megabytes: process.resourceUsage().maxRSS / 1024,
    cpuSeconds: (user + system) / 1e6,
  };
  process.send?.(report);
});
