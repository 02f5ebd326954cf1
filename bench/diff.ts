import { spawn } from "node:child_process";
import { Repository } from "../test/cli/repository";
import { manyTenants } from "../test/tenancy/manyTenants";
import { inTurn, measured, type Outcome } from "./measurement";

const tenants = 1_000;
const rounds = 5;

/** As package.json starts it; the floor gets the same. */
const flags = ["--stack-trace-limit=0", "-r", "./cli/typescript.cjs"];

/** Something changes for a tenant. */
const changed = 3;

/** `diff` of one tenant among 1,000, which takes two syntheses, against one synthesis. */
export async function benchDiff(): Promise<Outcome[]> {
  const repository = new Repository();
  try {
    repository.write("tenants.yaml", manyTenants(tenants));
    repository.commit();
    repository.write("tenants.yaml", manyTenants(tenants + 1));
    const { directory } = repository;
    const { subject, floor } = await inTurn(
      () => run(directory, ["cli/diff.ts", "HEAD", "--stack", "dev"], changed),
      () => run(directory, ["cli/synth.ts", "--stack", "dev"], 0),
      rounds,
    );
    return [measured("diff of 1,000 tenants, against one synthesis", "s", subject, floor, 2.5)];
  } finally {
    repository.remove();
  }
}

/** @throws Error when it ends with another code than expected. */
async function run(directory: string, command: readonly string[], expected: number): Promise<void> {
  const child = spawn(process.execPath, [...flags, ...command], { cwd: directory, stdio: "ignore" });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== expected) {
    throw new Error(`${command.join(" ")} ended with ${String(code)}`);
  }
}
