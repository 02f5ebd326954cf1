import { spawn, spawnSync } from "node:child_process";
import { expect } from "chai";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DataFolder, DataFolderError } from "../../local/dataFolder";
import { parsedKey } from "../../local/ssh/sshKey";
import { fingerprintOf } from "../../tenancy/fingerprint";
import { newKeyPair } from "../../local/ssh/keyPair";
import { temporaryFolder } from "./setting/running";

describe("the data folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  it("keeps the host keys, for its owner alone", async () => {
    const first = await DataFolder.open(folder.path);
    const keys = first.hostKeys();
    first.release();
    const second = await DataFolder.open(folder.path);
    expect(second.hostKeys()).to.deep.equal(keys);
    second.release();
    for (const name of ["host_key", "host_key_ecdsa", "host_key_rsa"]) {
      expect(statSync(join(folder.path, ".gateway", name)).mode & 0o777).to.equal(0o600);
    }
    expect(statSync(join(folder.path, ".gateway")).mode & 0o777).to.equal(0o700);
  });

  const refusal = (path = folder.path) => DataFolder.open(path).catch((error: unknown) => error);

  it("serves one gateway at a time, by whatever path", async () => {
    const data = await DataFolder.open(folder.path);
    const link = join(folder.path, "link");
    symlinkSync(folder.path, link);
    for (const path of [folder.path, link]) {
      expect(await refusal(path)).to.be.instanceOf(DataFolderError);
      expect(await refusal(path))
        .to.have.property("message")
        .that.matches(/another gateway \(process \d+\); stop it/);
    }
    data.release();
    (await DataFolder.open(link)).release();
  });

  it("serves one of many that start at once", async () => {
    const started = await Promise.allSettled(Array.from({ length: 20 }, () => DataFolder.open(folder.path)));
    const served = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(served).to.have.lengthOf(1);
    served[0]?.release();
  });

  it("is free for a process with the number of one that served it", async () => {
    mkdirSync(join(folder.path, ".gateway"));
    writeFileSync(join(folder.path, ".gateway/pid"), `${process.ppid}\n`);
    (await DataFolder.open(folder.path)).release();
  });

  it("is free as soon as its gateway was killed, though nobody collects the process, with the keys that it left", async function () {
    if (process.platform !== "linux") {
      this.skip();
    }
    mkdirSync(join(folder.path, ".gateway/keys"), { recursive: true });
    const holder = uncollectedHolder(join(folder.path, ".gateway"));
    try {
      const pid = Number(await holder.firstLine);
      expect(await refusal()).to.be.instanceOf(DataFolderError);
      writeFileSync(join(folder.path, ".gateway/keys/acme"), "left over");
      process.kill(pid, "SIGKILL");
      // It is dead once its last thread is.
      await until(() => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")) && threadsOf(pid) === 1);
      expect(process.kill(pid, 0), "its number still answers").to.equal(true);
      const data = await DataFolder.open(folder.path);
      expect(existsSync(join(folder.path, ".gateway/keys"))).to.equal(false);
      data.release();
    } finally {
      holder.end();
    }
  });

  it("holds keys of a run for its owner alone, and only for the run", async () => {
    const data = await DataFolder.open(folder.path);
    const { privateKey, privateKeyPem } = data.throwAwayKeysOf("acme").files;
    for (const key of [privateKey, privateKeyPem]) {
      expect(statSync(key).mode & 0o777).to.equal(0o600);
    }
    expect(readFileSync(privateKeyPem, "utf8")).to.match(/^-----BEGIN EC PRIVATE KEY-----/);
    data.release();
    expect([privateKey, privateKeyPem].filter((key) => existsSync(key))).to.deep.equal([]);
  });

  it("has a folder for queues, and takes neither a file nor a link in its place", async () => {
    const data = await DataFolder.open(folder.path);
    writeFileSync(data.queues, "a file");
    expect(() => data.makeQueues()).to.throw(DataFolderError, /queues must be a folder/);
    unlinkSync(data.queues);
    symlinkSync(folder.path, data.queues);
    expect(() => data.makeQueues()).to.throw(DataFolderError, /queues must be a folder/);
    unlinkSync(data.queues);
    data.makeQueues();
    data.makeQueues();
    expect(statSync(data.queues).mode & 0o777).to.equal(0o700);
    data.release();
  });

  it("that cannot be made is refused", async () => {
    writeFileSync(join(folder.path, "file"), "");
    const error = await refusal(join(folder.path, "file/data"));
    expect(error).to.be.instanceOf(DataFolderError);
    expect((error as Error).message).to.match(/^cannot write to the data/);
  });
});

/** A process that locks a folder and whose parent never asks how it ended, as the first process of many containers. */
function uncollectedHolder(folder: string) {
  const script = `
    require("./cli/typescript.cjs");
    require("./local/folderLock").lockFolder(process.argv[1]).then(() => console.log(process.pid));
    setInterval(() => undefined, 1000);`;
  const shell = spawn("sh", ["-c", '"$@" & exec sleep 60', "sh", process.execPath, "-e", script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const firstLine = once(shell.stdout, "data").then(([line]) => String(line));
  return { firstLine, end: () => shell.kill("SIGKILL") };
}

function threadsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length;
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("a new SSH key", () => {
  it("is one that SSH clients and servers read", () => {
    for (let count = 0; count < 300; count += 1) {
      const pair = newKeyPair(`comment ${count}`);
      const secret = parsedKey(pair.privateKey);
      const data = Buffer.from("signed");
      expect(parsedKey(pair.publicKey).verify(data, secret.sign(data))).to.equal(true);
      expect(`ssh-ed25519 ${secret.getPublicSSH().toString("base64")}`).to.equal(pair.publicKey);
    }
  });

  it("is one that OpenSSH reads, with the same fingerprint", function () {
    const folder = temporaryFolder();
    try {
      const pair = newKeyPair("a comment");
      const file = join(folder.path, "key");
      writeFileSync(file, pair.privateKey, { mode: 0o600 });
      const { error, stdout } = spawnSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" });
      if (error !== undefined) {
        this.skip();
      }
      expect(stdout.trim()).to.equal(`${pair.publicKey} a comment`);
      expect(spawnSync("ssh-keygen", ["-l", "-f", file], { encoding: "utf8" }).stdout).to.include(
        fingerprintOf(parsedKey(pair.publicKey).getPublicSSH()),
      );
    } finally {
      folder.remove();
    }
  });
});
