import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildCli, canBuild, installedCli, pinnedVersion } from "../fixtures/cli";
import { listingVariable } from "./sentences";

const usage = `Usage: npm run test:engine [-- MOCHA'S FLAGS]

Runs the tests against the real Pulumi engine, for example those of one name: npm run test:engine -- --grep killed
`;

/**
 * `npm run test:engine`: makes sure that there is a Pulumi CLI, then runs the tests. Arguments go to mocha. Where there is
 * neither a CLI nor a Go to build it with, it says so, counts the tests as skipped, and ends well.
 */
async function main(): Promise<number> {
  if (process.argv.some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(usage);
    return 0;
  }
  if (installedCli() === undefined && canBuild()) {
    console.log(
      `No pulumi ${pinnedVersion} or newer on the PATH: building it from its Go modules, once. Minutes pass.`,
    );
    buildCli();
  }
  const cli = installedCli();
  if (cli === undefined) {
    console.log(`Neither a pulumi ${pinnedVersion} or newer nor a Go to build it with: the engine tests are skipped.`);
    return mocha(["--dry-run", "--no-parallel"], { [listingVariable]: "true" });
  }
  console.log(`Engine: ${cli.executable}; language host: ${cli.languageHost ? "the official one" : "our stand-in"}`);
  const temporary = mkdtempSync(join(tmpdir(), "sftp-gateway-engine-tests-"));
  try {
    return await mocha(process.argv.slice(2), { TMPDIR: temporary });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function mocha(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(
    process.execPath,
    [require.resolve("mocha/bin/mocha.js"), "--config", join(__dirname, ".mocharc.json"), ...args],
    { cwd: resolve(__dirname, "../.."), stdio: "inherit", env: { ...process.env, ...environment } },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((settle) => child.on("close", (code) => settle(code ?? 1)));
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
