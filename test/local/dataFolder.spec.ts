import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFolder, DataFolderError } from "../../local/dataFolder";
import { fingerprintOf, parsedKey } from "../../local/ssh/sshKey";
import { newKeyPair } from "../../local/ssh/keyPair";
import { temporaryFolder } from "./setting/running";

describe("the data folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const lock = () => join(folder.path, ".gateway/lock");

  it("keeps the host keys, for its owner alone", () => {
    const first = new DataFolder(folder.path);
    const keys = first.hostKeys();
    first.release();
    expect(new DataFolder(folder.path).hostKeys()).to.deep.equal(keys);
    for (const name of ["host_key", "host_key_ecdsa", "host_key_rsa"]) {
      expect(statSync(join(folder.path, ".gateway", name)).mode & 0o777).to.equal(0o600);
    }
    expect(statSync(join(folder.path, ".gateway")).mode & 0o777).to.equal(0o700);
  });

  it("serves one gateway at a time", () => {
    mkdirSync(join(folder.path, ".gateway"));
    writeFileSync(lock(), `${process.ppid}\n`);
    expect(() => new DataFolder(folder.path)).to.throw(DataFolderError, /another gateway \(process \d+\)/);
    expect(existsSync(lock())).to.equal(true);
  });

  it("takes over from a gateway that was killed, with the keys that it left", () => {
    const killed = spawnSync(process.execPath, ["-e", ""]).pid;
    mkdirSync(join(folder.path, ".gateway/keys"), { recursive: true });
    writeFileSync(join(folder.path, ".gateway/keys/acme"), "left over");
    for (const content of [`${killed}\n`, "", "nonsense"]) {
      writeFileSync(lock(), content);
      const data = new DataFolder(folder.path);
      expect(readFileSync(lock(), "utf8")).to.equal(`${process.pid}\n`);
      expect(existsSync(join(folder.path, ".gateway/keys"))).to.equal(false);
      data.release();
    }
  });

  it("holds keys of a run for its owner alone, and only for the run", () => {
    const data = new DataFolder(folder.path);
    const { file } = data.writeThrowAwayKey("acme");
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    data.release();
    expect(existsSync(file)).to.equal(false);
    expect(existsSync(lock())).to.equal(false);
  });

  it("has a folder for queues, and takes neither a file nor a link in its place", () => {
    const data = new DataFolder(folder.path);
    writeFileSync(data.queues, "a file");
    expect(() => data.makeQueues()).to.throw(DataFolderError, /queues must be a folder/);
    unlinkSync(data.queues);
    symlinkSync(folder.path, data.queues);
    expect(() => data.makeQueues()).to.throw(DataFolderError, /queues must be a folder/);
    unlinkSync(data.queues);
    data.makeQueues();
    data.makeQueues();
    expect(statSync(data.queues).mode & 0o777).to.equal(0o700);
  });

  it("that cannot be made is refused", () => {
    writeFileSync(join(folder.path, "file"), "");
    expect(() => new DataFolder(join(folder.path, "file/data"))).to.throw(DataFolderError, /cannot write to the data/);
  });
});

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
