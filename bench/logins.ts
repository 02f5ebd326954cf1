import { execFile } from "node:child_process";
import { scrypt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sessionPolicy } from "../access/documents";
import { tenantPrefix, type Grant } from "../access/grant";
import type { LoginRecord } from "../access/loginRecord";
import { bundleFunction } from "../functions/bundle";
import { hashPassword, scryptCost, withPassword } from "../functions/identity-provider/credentials";
import { decide } from "../functions/identity-provider/decision";
import { gatherEvidence } from "../functions/identity-provider/evidence";
import type { Ports } from "../functions/identity-provider/ports";
import { recordFiles } from "../functions/identity-provider/recordFiles";
import { readRequest } from "../functions/identity-provider/request";
import { policyText } from "../iam/policy";
import { inTemporaryFolder, inTurn, measured, secondsSince, type Outcome } from "./measurement";

/** The identity provider: decisions at two sizes, the check of a password, and how long its code takes to load. */
export async function benchLogins(): Promise<Outcome[]> {
  return [...(await benchDecision()), await benchPassword(), await benchColdImport()];
}

/** The file's text and the item are at hand: reading them is the disk's time and the table's. */
async function benchDecision(): Promise<Outcome[]> {
  const [many, few] = [portsOf(20_000), portsOf(100)];
  const { subject, floor } = await inTurn(
    () => decisions(many, nameOf(20_000 - 1)),
    () => decisions(few, nameOf(100 - 1)),
    9,
  );
  const name = "a decision by key, of 20,000 tenants";
  return [
    measured(name, "ms", subject.milliseconds, 1, 1),
    measured(`${name}, against 100`, "ms", subject.milliseconds, floor.milliseconds, 1.2),
  ];
}

/** @param login The last one: the end of its file is farthest from the beginning. */
async function decisions(ports: Ports, login: string): Promise<{ readonly milliseconds: number }> {
  const count = 1_000;
  const start = performance.now();
  for (let time = 0; time < count; time += 1) {
    await decision(ports, login);
  }
  return { milliseconds: (secondsSince(start) * 1000) / count };
}

async function benchPassword(): Promise<Outcome> {
  const password = "k7mn-4qrs";
  const login = nameOf(0);
  const item = await withPassword(undefined, { tenant: login, password, by: "bench", at: "2026-11-01T00:00:00Z" });
  const ports = { ...portsOf(100), item: () => Promise.resolve(item) };
  const { subject, floor } = await inTurn(
    () => timed(() => decision(ports, login, password)),
    () => timed(() => bareScrypt(password)),
    9,
  );
  return measured("a decision by password, against scrypt alone", "s", subject.seconds, floor.seconds, 1.1);
}

async function timed(work: () => Promise<unknown>): Promise<{ readonly seconds: number }> {
  const start = performance.now();
  await work();
  return { seconds: secondsSince(start) };
}

function bareScrypt(password: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.alloc(16), 32, { ...scryptCost, maxmem: 2 ** 26 }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

/** Processes that import a bundle and nothing else; records are read later, however many there are. */
function benchColdImport(): Promise<Outcome> {
  return inTemporaryFolder(async (folder) => {
    const importOf = async (name: string) => {
      const file = join(folder, `${name}.mjs`);
      writeFileSync(file, (await bundleFunction(name)).files["index.mjs"] ?? "");
      return () => importSeconds(file);
    };
    const { subject, floor } = await inTurn(await importOf("identity-provider"), await importOf("on-upload"), 15);
    return measured("identity-provider, cold import against on-upload's", "s", subject.seconds, floor.seconds, 1.2);
  });
}

/** Time of the processor: what Node itself takes to start is not in it. */
async function importSeconds(file: string): Promise<{ readonly seconds: number }> {
  const script = `const start = process.cpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(start);
    process.stdout.write(String((user + system) / 1e6));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  return { seconds: Number(stdout) };
}

/** @throws Error when the login is not admitted: another case would be measured than is meant. */
async function decision(ports: Ports, login: string, password?: string): Promise<void> {
  const request = readRequest({
    username: login,
    password,
    protocol: "SFTP",
    serverId: "s-0123456789abcdef0",
    sourceIp: "203.0.113.7",
  });
  const decided = decide(request, await gatherEvidence(request, ports), ports.authentication, ports.now());
  if (!decided.admitted) {
    throw new Error(`the login was denied: ${decided.cause}`);
  }
}

/** As many tenants, each with a folder of its own, one key and a password. */
function portsOf(count: number): Ports {
  const files = new Map(Object.entries(recordFiles(Array.from({ length: count }, (_, index) => recordOf(index)))));
  return {
    authentication: "PUBLIC_KEY_OR_PASSWORD",
    metricsNamespace: "bench",
    recordFile: (name) => Promise.resolve(files.get(name)),
    item: () => Promise.resolve(undefined),
    hash: hashPassword,
    now: () => new Date("2026-11-25T12:00:00Z"),
  };
}

function recordOf(index: number): LoginRecord {
  const name = nameOf(index);
  const prefix = tenantPrefix(name);
  const grants: Grant[] = [{ entry: "/", prefix, access: "read-write", shared: false }];
  return {
    userName: name,
    tenant: name,
    role: "arn:aws:iam::123456789012:role/project-bench-read-write",
    policy: policyText(sessionPolicy({ partition: "aws", bucket: "landing" }, grants)),
    mappings: JSON.stringify([{ Entry: "/", Target: `/landing/${prefix.slice(0, -1)}` }]),
    homeDirectory: "/",
    keys: [{ key: `ssh-ed25519 ${"A".repeat(68)}` }],
    password: true,
  };
}

function nameOf(index: number): string {
  return `tenant-${String(index).padStart(5, "0")}`;
}
