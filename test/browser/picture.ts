import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import SftpClient from "ssh2-sftp-client";
import { withFlags } from "../../cli/arguments";
import { runCommand } from "../../cli/command";
import { UserError } from "../../userError";
import { Run, type Ready } from "../cli/run";
import { temporaryFolder } from "../local/setting/running";
import { startedChromium } from "./chromium";

const project = resolve(__dirname, "../..");

const command = {
  usage: `npm run picture

Makes docs/page.png anew: the page of the sample tenants, after some of them have been here. Needs Chromium.`,
  options: {},
};

async function main(): Promise<number> {
  const folder = temporaryFolder();
  const flags = ["--json", "--page", "--port", "0", "--data", join(folder.path, "data")];
  const gateway = new Run(
    spawn(process.execPath, ["-r", "./cli/typescript.cjs", "cli/start.ts", ...flags], { cwd: project }),
  );
  try {
    const ready = await gateway.ready();
    await visit(ready);
    await takePicture(ready.page!, join(project, "docs/page.png"));
    return 0;
  } finally {
    await gateway.end("SIGTERM");
    folder.remove();
  }
}

/** What the tenants do, some of which is denied. */
async function visit(ready: Ready): Promise<void> {
  await as(ready, "acme", async (client) => {
    await client.put(Buffer.from("order;quantity\n4711;3\n"), "/orders.csv");
    await client.rename("/orders.csv", "/orders-2026-11.csv");
  });
  await as(ready, "acme-corp", async (client) => {
    await client.put(Buffer.alloc(81_920, "x"), "/inbox/invoices.zip");
    await client.get("/inbox/invoices.zip").catch(() => undefined);
  });
  await as(ready, "northwind", async (client) => {
    await client.put(Buffer.alloc(4096, "x"), "/catalogue/prices.xml");
    await client.put(Buffer.from("x"), "/home/note.txt").catch(() => undefined);
  });
}

async function as({ port, tenants }: Ready, name: string, work: (client: SftpClient) => Promise<void>): Promise<void> {
  const { userName: username, privateKey } = tenants.find((tenant) => tenant.name === name)!;
  const client = new SftpClient();
  await client.connect({ host: "127.0.0.1", port, username, privateKey: readFileSync(privateKey, "utf8") });
  await work(client);
  await client.end();
}

async function takePicture(address: string, file: string): Promise<void> {
  const browser = await startedChromium();
  if (browser === undefined) {
    throw new UserError("there is no Chromium on this machine");
  }
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 780 } });
    await page.goto(address);
    await page.getByText("What acme-corp sees", { exact: true }).click();
    await page.getByText("invoices.zip", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Why\? northwind/ }).click();
    await page.getByText(/^northwind put/).waitFor();
    await page.evaluate("scrollTo(0, 0)");
    await page.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}

runCommand(withFlags(command, main));
