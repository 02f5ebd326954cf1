import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayProcess } from "./gatewayProcess";
import { measured, type Outcome } from "./measurement";
import { transfer } from "./openssh";

const clients = 50;
const limitMegabytes = 150;

/** What the serving process takes at most while 50 clients of OpenSSH's log in, upload and download at once. */
export async function benchClients(): Promise<Outcome[]> {
  const name = `memory of the gateway with ${clients} clients at once`;
  if (spawnSync("sftp", ["-V"]).error !== undefined) {
    return [{ name, skipped: "there is no sftp on this machine" }];
  }
  const gateway = await GatewayProcess.start();
  try {
    const [tenant] = gateway.ready.tenants;
    const target = { port: gateway.ready.port, user: tenant!.userName, privateKey: tenant!.privateKey, folder: "/" };
    const file = join(gateway.folder, "random");
    writeFileSync(file, randomBytes(1024 * 1024));
    await Promise.all(
      Array.from({ length: clients }, (_, index) =>
        transfer(target, `put ${file} /sent-${index}\nget /sent-${index} ${join(gateway.folder, `received-${index}`)}`),
      ),
    );
    const peak = gateway.peakMegabytes();
    return Number.isNaN(peak)
      ? [{ name, skipped: "this system has no /proc to ask" }]
      : [measured(name, "MB", peak, limitMegabytes, 1)];
  } finally {
    await gateway.stop();
  }
}
