import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startedGateway } from "./gatewayProcess";
import { inTemporaryFolder, type Outcome } from "./measurement";
import { transfer } from "./openssh";

const clients = 50;

/** What the serving process takes at most while 50 clients of OpenSSH's log in, upload and download at once. */
export async function benchClients(): Promise<Outcome[]> {
  const name = `memory of the gateway with ${clients} clients at once`;
  if (spawnSync("sftp", ["-V"]).error !== undefined) {
    return [{ name, skipped: "there is no sftp on this machine" }];
  }
  return inTemporaryFolder(async (folder) => {
    const gateway = await startedGateway(folder);
    try {
      const file = join(folder, "random");
      writeFileSync(file, randomBytes(1024 * 1024));
      const commands = Array.from(
        { length: clients },
        (_, index) => `put ${file} /sent-${index}\nget /sent-${index} ${join(folder, `received-${index}`)}`,
      );
      await Promise.all(commands.map((command) => transfer(gateway.endpoint, command)));
      return [gateway.memory(name, "VmHWM")];
    } finally {
      await gateway.stop();
    }
  });
}
