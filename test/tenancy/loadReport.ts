import { loadTenancy } from "../../tenancy/load";
import { formatProblem } from "../../tenancy/problem";

/** What loading a hostile file cost a process of its own; printed as JSON when this file is run with the file's path. */
export interface LoadReport {
  readonly problems: readonly string[];
  readonly megabytes: number;
  readonly cpuSeconds: number;
}

if (require.main === module) {
  const { problems } = loadTenancy(process.argv[2] ?? "", { stacks: ["dev", "prod"], today: "2026-11-23" });
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const report: LoadReport = {
    problems: problems.map(formatProblem),
    megabytes: maxRSS / 1024,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  };
  process.stdout.write(JSON.stringify(report));
}
