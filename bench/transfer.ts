import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startedGateway } from "./gatewayProcess";
import { inTemporaryFolder, inTurn, measured, type Outcome } from "./measurement";
import { transfer, type SftpEndpoint } from "./openssh";

const megabytes = 256;
const sshd = "/usr/sbin/sshd";

/** 256 MiB up and down with OpenSSH's client, against the same with OpenSSH's own server; and the memory it took. */
export async function benchTransfer(): Promise<Outcome[]> {
  const name = `${megabytes} MiB with OpenSSH's client, against its own sshd`;
  if (!existsSync(sshd)) {
    return [{ name, skipped: "there is no /usr/sbin/sshd on this machine" }];
  }
  return inTemporaryFolder(async (folder) => {
    const gateway = await startedGateway(folder);
    const reference = await startSshd(folder);
    try {
      const file = join(folder, "random");
      writeFileSync(file, randomBytes(megabytes * 1024 * 1024));
      const upAndDown = (endpoint: SftpEndpoint) => async () => ({
        up: await transfer(endpoint, `put ${file} ${endpoint.folder}sent`),
        down: await transfer(endpoint, `get ${endpoint.folder}sent ${join(folder, "received")}`),
      });
      const { subject, floor } = await inTurn(upAndDown(gateway.endpoint), upAndDown(reference.endpoint), 5);
      return [
        measured(`up: ${name}`, "s", subject.up, floor.up, 1),
        measured(`down: ${name}`, "s", subject.down, floor.down, 1),
        gateway.memory("memory of the gateway after these transfers", "VmRSS"),
      ];
    } finally {
      reference.process.kill("SIGTERM");
      await gateway.stop();
    }
  });
}

/** OpenSSH's server as it comes, on a free port, for the user who runs this. */
async function startSshd(folder: string): Promise<{ process: ChildProcess; endpoint: SftpEndpoint }> {
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
  return { process: server, endpoint: { port, user: userInfo().username, privateKey: userKey, folder: `${files}/` } };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** Waits up to five seconds. */
async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, "127.0.0.1");
    const reached = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (reached) {
      return;
    }
    await setTimeout(50);
  }
  throw new Error("sshd does not listen");
}
