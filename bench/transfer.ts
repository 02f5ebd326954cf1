import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { GatewayProcess } from "./gatewayProcess";
import { measured, median, type Outcome } from "./measurement";
import { transfer, type SftpEndpoint } from "./openssh";

const megabytes = 256;
const rounds = 5;
const memoryLimitMegabytes = 150;
const sshd = "/usr/sbin/sshd";

/** 256 MiB up and down with OpenSSH's client, against the same with OpenSSH's own server; and the memory it took. */
export async function benchTransfer(): Promise<Outcome[]> {
  const name = `${megabytes} MiB with OpenSSH's client, against its own sshd`;
  if (!existsSync(sshd)) {
    return [{ name, skipped: "there is no /usr/sbin/sshd on this machine" }];
  }
  const folder = mkdtempSync(join(tmpdir(), "sftp-gateway-bench-"));
  const gateway = await GatewayProcess.start();
  const reference = await startSshd(folder);
  try {
    const [tenant] = gateway.ready.tenants;
    const own = { port: gateway.ready.port, user: tenant!.userName, privateKey: tenant!.privateKey, folder: "/" };
    const times = await alternate(folder, own, reference.target);
    const resident = gateway.residentMegabytes();
    return [
      measured(`up: ${name}`, "s", median(times.own.up), median(times.reference.up), 1),
      measured(`down: ${name}`, "s", median(times.own.down), median(times.reference.down), 1),
      Number.isNaN(resident)
        ? { name: "memory of the gateway after these transfers", skipped: "this system has no /proc to ask" }
        : measured("memory of the gateway after these transfers", "MB", resident, memoryLimitMegabytes, 1),
    ];
  } finally {
    reference.process.kill("SIGTERM");
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Times {
  readonly up: number[];
  readonly down: number[];
}

/** In turn, so that a machine that slows down slows both; the first pair is a warm-up. */
async function alternate(
  folder: string,
  own: SftpEndpoint,
  reference: SftpEndpoint,
): Promise<{ own: Times; reference: Times }> {
  const file = join(folder, "random");
  writeFileSync(file, randomBytes(megabytes * 1024 * 1024));
  const times = { own: { up: [], down: [] } as Times, reference: { up: [], down: [] } as Times };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [target, { up, down }] of [
      [own, times.own],
      [reference, times.reference],
    ] as const) {
      const seconds = [
        await transfer(target, `put ${file} ${target.folder}sent`),
        await transfer(target, `get ${target.folder}sent ${join(folder, "received")}`),
      ] as const;
      if (round > 0) {
        up.push(seconds[0]);
        down.push(seconds[1]);
      }
    }
  }
  return times;
}

/** OpenSSH's server as it comes, on a free port, for the user who runs this. */
async function startSshd(folder: string): Promise<{ process: ChildProcess; target: SftpEndpoint }> {
  const [hostKey, userKey] = [join(folder, "host"), join(folder, "user")];
  for (const key of [hostKey, userKey]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  }
  if (process.getuid?.() === 0) {
    mkdirSync("/run/sshd", { recursive: true });
  }
  const port = await freePort();
  const files = join(folder, "sshd-files");
  mkdirSync(files);
  const settings = [
    ...[`Port ${port}`, "ListenAddress 127.0.0.1", `HostKey ${hostKey}`, `AuthorizedKeysFile ${userKey}.pub`],
    ...["PidFile none", "StrictModes no", "UsePAM no", "PermitRootLogin yes", "Subsystem sftp internal-sftp"],
  ];
  writeFileSync(join(folder, "sshd_config"), `${settings.join("\n")}\n`);
  const server = spawn(sshd, ["-D", "-f", join(folder, "sshd_config")], { stdio: "ignore" });
  await listening(port);
  return { process: server, target: { port, user: userInfo().username, privateKey: userKey, folder: `${files}/` } };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1")
        .once("connect", () => resolve(true))
        .once("error", () => resolve(false));
      socket.once("close", () => resolve(false));
      socket.setTimeout(1000, () => socket.destroy());
      socket.once("connect", () => socket.destroy());
    });
    if (reached) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("sshd does not listen");
}
