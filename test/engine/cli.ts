import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The Pulumi CLI that the tests run. */
export interface Cli {
  readonly executable: string;
  /** Whether the official language host for Node.js is installed beside it; else ours stands in. */
  readonly languageHost: boolean;
}

const cliModule = "github.com/pulumi/pulumi/pkg/v3";

/** The version that go.mod pins: the newest one the tests were run with, and the oldest that may stand in for it. */
export const pinnedVersion = readPin(readFileSync(join(__dirname, "go.mod"), "utf8"));

/** Kept between runs: building takes minutes. */
const built = resolve(__dirname, "../../.cache", `pulumi-${pinnedVersion}`, "pulumi");

/** A CLI that is there: on the PATH and not older than the pinned one, or built earlier. */
export function installedCli(): Cli | undefined {
  const languageHost = onPath("pulumi-language-nodejs") !== undefined;
  const installed = onPath("pulumi");
  if (installed !== undefined && !isOlder(versionOf(installed), pinnedVersion)) {
    return { executable: installed, languageHost };
  }
  return existsSync(built) ? { executable: built, languageHost } : undefined;
}

/** Whether there is a Go to build the CLI with. */
export function canBuild(): boolean {
  return onPath("go") !== undefined;
}

/** Builds the CLI from its pinned modules with the Go that is on the PATH. @throws Error when the build fails. */
export function buildCli(): void {
  const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
  mkdirSync(resolve(built, ".."), { recursive: true });
  const { status, error } = spawnSync(
    "go",
    ["build", "-ldflags", `-s -w -X ${versionVariable}=v${pinnedVersion}`, "-o", built, `${cliModule}/cmd/pulumi`],
    // go.mod pins, go.sum verifies; a look-up in the checksum database besides is refused on some networks.
    {
      cwd: __dirname,
      stdio: "inherit",
      env: { GONOSUMDB: "github.com/pulumi/*", GOFLAGS: "-mod=readonly", ...process.env },
    },
  );
  if (status !== 0) {
    throw new Error(`building the Pulumi CLI failed: ${error?.message ?? `go ended with ${status}`}`);
  }
}

function readPin(goMod: string): string {
  const version = new RegExp(`${cliModule} v(\\S+)`).exec(goMod)?.[1];
  if (version === undefined) {
    throw new Error(`go.mod does not require ${cliModule}`);
  }
  return version;
}

function onPath(command: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((directory) => join(directory, command))
    .find((file) => existsSync(file));
}

function versionOf(executable: string): string {
  const { stdout } = spawnSync(executable, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return stdout.trim().replace(/^v/, "");
}

/** Whether a version `1.2.3` comes before another; what does not read as a version does. */
function isOlder(version: string, than: string): boolean {
  const numbers = version.split(/[.-]/).slice(0, 3).map(Number);
  for (const [index, wanted] of than.split(".").map(Number).entries()) {
    const found = numbers[index] ?? Number.NaN;
    if (found !== wanted) {
      return !(found > wanted);
    }
  }
  return false;
}
