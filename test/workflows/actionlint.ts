import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectDirectory } from "../components/gatewayStack";

/** The npm package of that name wraps a version that does not know today's runners and contexts. */
const version = "1.7.7";

const built = join(projectDirectory, ".cache", `actionlint-${version}`);

/** The linter of workflows: from the PATH, built earlier, or built now with Go; undefined where none of that is possible. */
export function actionlint(): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, "actionlint"));
  const executable = join(built, "actionlint");
  const found = [...onPath, executable].find((file) => existsSync(file));
  if (found !== undefined) {
    return found;
  }
  spawnSync("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${version}`], {
    env: { ...process.env, GOBIN: built },
    timeout: 300_000,
  });
  return existsSync(executable) ? executable : undefined;
}
