import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startedGateway, type GatewayProcess } from "./gatewayProcess";
import { inTemporaryFolder, inTurn, measured, type Outcome } from "./measurement";
import { transfer } from "./openssh";

const [megabytes, smallFiles] = [32, 200];

/** What a page that nobody looks at costs: transfers with it against the same without it. */
export async function benchPage(): Promise<Outcome[]> {
  const name = "with a page that nobody looks at, against none";
  if (spawnSync("sftp", ["-V"]).error !== undefined) {
    return [{ name, skipped: "there is no sftp on this machine" }];
  }
  return inTemporaryFolder(async (folder) => {
    const files = written(folder);
    const withPage = await startedGateway(madeFolder(folder, "page"), "--page");
    const without = await startedGateway(madeFolder(folder, "none"));
    const work =
      ({ endpoint }: GatewayProcess) =>
      async () => ({
        large: await transfer(endpoint, `put ${files.large} /sent\nget /sent ${join(folder, "received")}`),
        small: await transfer(endpoint, files.small.map((file) => `put ${file} /`).join("\n")),
      });
    try {
      const { subject, floor } = await inTurn(work(withPage), work(without), 15);
      return [
        measured(`${megabytes} MiB up and down ${name}`, "s", subject.large, floor.large, 1.1),
        measured(`${smallFiles} small files up ${name}`, "s", subject.small, floor.small, 1.1),
      ];
    } finally {
      await Promise.all([withPage.stop(), without.stop()]);
    }
  });
}

function written(folder: string): { readonly large: string; readonly small: readonly string[] } {
  const large = join(folder, "large");
  writeFileSync(large, randomBytes(megabytes * 1024 * 1024));
  const small = Array.from({ length: smallFiles }, (_, index) => join(folder, `small-${index}`));
  small.forEach((file) => writeFileSync(file, "small"));
  return { large, small };
}

function madeFolder(folder: string, name: string): string {
  const made = join(folder, name);
  mkdirSync(made);
  return made;
}
