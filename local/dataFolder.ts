import * as fs from "node:fs";
import { join } from "node:path";
import { newHostKeys } from "./ssh/hostKeys";
import { newKeyPair } from "./ssh/keyPair";
import { UserError } from "../userError";

/** The data folder cannot be used: somebody else does, or the file system refuses. */
export class DataFolderError extends UserError {}

/**
 * What the gateway keeps in its data folder beside the buckets: `.gateway/` with host key, logs, unfinished uploads and the
 * keys of this run, and the queues. No bucket's name can begin with a dot. A lock keeps a second gateway out.
 */
export class DataFolder {
  private readonly own: string;

  /** @throws DataFolderError when the folder cannot be written, or another gateway serves it. */
  constructor(readonly path: string) {
    this.own = join(path, ".gateway");
    try {
      fs.mkdirSync(this.own, { recursive: true, mode: 0o700 });
      fs.chmodSync(this.own, 0o700);
      this.lock();
      // What a killed run could not remove.
      this.removeWhatIsOfOneRun();
    } catch (error) {
      if (error instanceof DataFolderError) {
        throw error;
      }
      throw new DataFolderError(`cannot write to the data folder ${path}: ${(error as Error).message}`);
    }
  }

  get log(): string {
    return join(this.own, "log.jsonl");
  }

  get deliveries(): string {
    return join(this.own, "delivery.jsonl");
  }

  /** What has arrived in queues: for whoever works here, so beside the buckets. */
  get queues(): string {
    return join(this.path, "queues");
  }

  /** @throws DataFolderError when something else than a folder lies there; a link is not followed. */
  makeQueues(): void {
    if (fs.lstatSync(this.queues, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new DataFolderError(`${this.queues} must be a folder: the files of the queues are to lie there`);
    }
    fs.mkdirSync(this.queues, { recursive: true, mode: 0o700 });
  }

  get uploads(): string {
    return join(this.own, "uploads");
  }

  /** Where the package of the function lies that decides the logins of this run. */
  get loginPackage(): string {
    return join(this.own, "identity-provider");
  }

  get knownHosts(): string {
    return join(this.own, "known_hosts");
  }

  /** The host's private keys: made once, so that clients which know the gateway know it again. */
  hostKeys(): string[] {
    return Object.entries(newHostKeys).map(([name, newKey]) => {
      const file = join(this.own, name);
      if (!fs.existsSync(file)) {
        replaceFile(file, newKey());
      }
      return fs.readFileSync(file, "utf8");
    });
  }

  /** Lets clients recognise the host without touching the user's own known_hosts. */
  writeKnownHosts(port: number, publicKeys: readonly string[]): void {
    const host = port === 22 ? "127.0.0.1" : `[127.0.0.1]:${port}`;
    replaceFile(this.knownHosts, publicKeys.map((key) => `${host} ${key}\n`).join(""));
  }

  /** Makes a key that is valid for this run alone. @returns The file of the private key, and the public key. */
  writeThrowAwayKey(name: string) {
    fs.mkdirSync(this.keysFolder, { recursive: true, mode: 0o700 });
    const file = join(this.keysFolder, name);
    const { privateKey, publicKey } = newKeyPair(`${name}, throw-away`);
    fs.writeFileSync(file, privateKey, { mode: 0o600, flag: "wx" });
    return { file, publicKey };
  }

  /** Removes what is valid for this run alone. */
  release(): void {
    this.removeWhatIsOfOneRun();
    fs.rmSync(this.lockFile, { force: true });
  }

  private removeWhatIsOfOneRun(): void {
    for (const folder of [this.keysFolder, this.loginPackage]) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  private get keysFolder(): string {
    return join(this.own, "keys");
  }

  private get lockFile(): string {
    return join(this.own, "lock");
  }

  private lock(): void {
    for (;;) {
      try {
        return fs.writeFileSync(this.lockFile, `${process.pid}\n`, { flag: "wx" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
          throw error;
        }
        this.removeStaleLock();
      }
    }
  }

  private removeStaleLock(): void {
    const holder = this.lockHolder();
    if (isAlive(holder)) {
      throw new DataFolderError(
        `the data folder ${this.path} is served by another gateway (process ${holder}); ` +
          `stop it, choose another --data, or delete ${this.lockFile} if that process is something else`,
      );
    }
    // Taken aside before it is removed: of two gateways that find the same stale lock, one gets it.
    const aside = `${this.lockFile}.${process.pid}`;
    try {
      fs.renameSync(this.lockFile, aside);
      fs.unlinkSync(aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        throw error;
      }
    }
  }

  /** Process that wrote the lock; not a number when there is none to read. */
  private lockHolder(): number {
    try {
      return Number.parseInt(fs.readFileSync(this.lockFile, "utf8"), 10);
    } catch {
      return Number.NaN;
    }
  }
}

function replaceFile(file: string, content: string): void {
  const written = `${file}.${process.pid}`;
  fs.writeFileSync(written, content, { mode: 0o600 });
  fs.renameSync(written, file);
}

/** In a container every run may have the same number: a lock with our own is from a run before. */
function isAlive(pid: number): boolean {
  if (Number.isNaN(pid) || pid === process.pid) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
