import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { lockFolder, type FolderLock } from "./folderLock";
import { newEcdsaKey, newHostKeys, publicKeysOf } from "./ssh/hostKeys";
import { newKeyPair } from "./ssh/keyPair";
import { UserError } from "../userError";

/** The data folder cannot be used: somebody else does, or the file system refuses. */
export class DataFolderError extends UserError {}

/** What opens a tenant's account in one run. */
interface ThrowAwayKeys {
  /** Of the private keys. */
  readonly files: { readonly privateKey: string; readonly privateKeyPem: string };
  readonly publicKeys: readonly string[];
}

/**
 * What the gateway keeps in its data folder beside the buckets: `.gateway/` with host key, logs, unfinished uploads and the
 * keys of this run, and the queues. No bucket's name can begin with a dot. A lock keeps a second gateway out.
 */
export class DataFolder {
  private readonly own: string;
  private readonly throwAwayKeys = new Map<string, ThrowAwayKeys>();

  private constructor(
    readonly path: string,
    private readonly lock: FolderLock,
  ) {
    this.own = ownFolder(path);
    replaceFile(processFile(path), `${process.pid}\n`);
    // What a killed run could not remove.
    this.removeWhatIsOfOneRun();
  }

  /** @throws DataFolderError when the folder cannot be written, or another gateway serves it. */
  static async open(path: string): Promise<DataFolder> {
    try {
      const own = ownFolder(path);
      makeFolder(own);
      fs.chmodSync(own, 0o700);
      const lock = await lockFolder(own);
      if (lock === undefined) {
        const number = readIfThere(processFile(path)).trim();
        const which = number === "" ? "" : ` (process ${number})`;
        throw new DataFolderError(
          `the data folder ${path} is served by another gateway${which}; stop it, or choose another --data`,
        );
      }
      return new DataFolder(path, lock);
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

  /** A new folder for the package of the function that decides logins. */
  newLoginPackage(): string {
    fs.mkdirSync(this.loginPackages, { recursive: true, mode: 0o700 });
    return fs.mkdtempSync(join(this.loginPackages, "package-"));
  }

  get knownHosts(): string {
    return join(this.own, "known_hosts");
  }

  get sshConfig(): string {
    return join(this.own, "ssh_config");
  }

  /** Lets OpenSSH's clients log in as a tenant by its name. */
  writeSshConfig(content: string): void {
    replaceFile(this.sshConfig, content);
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

  /**
   * Two keys of a tenant that are valid for this run alone, and the same all through it: Ed25519 in OpenSSH's form, and ECDSA in
   * PEM, which libraries read that do not know the other.
   */
  throwAwayKeysOf(name: string): ThrowAwayKeys {
    const keys = this.throwAwayKeys.get(name) ?? this.writeThrowAwayKeys(name);
    this.throwAwayKeys.set(name, keys);
    return keys;
  }

  private writeThrowAwayKeys(name: string): ThrowAwayKeys {
    fs.mkdirSync(this.keysFolder, { recursive: true, mode: 0o700 });
    const file = join(this.keysFolder, name);
    const pemFile = `${file}.pem`;
    const { privateKey } = newKeyPair(`${name}, throw-away`);
    const pem = newEcdsaKey();
    // As a whole: what a full disk cut short would keep the tenant out also when there is room again.
    replaceFile(file, privateKey);
    replaceFile(pemFile, pem);
    return { files: { privateKey: file, privateKeyPem: pemFile }, publicKeys: publicKeysOf([privateKey, pem]) };
  }

  /** Removes what is valid for this run alone. */
  release(): void {
    this.removeWhatIsOfOneRun();
    fs.rmSync(processFile(this.path), { force: true });
    this.lock.release();
  }

  private removeWhatIsOfOneRun(): void {
    for (const folder of [this.keysFolder, this.loginPackages]) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  private get keysFolder(): string {
    return join(this.own, "keys");
  }

  private get loginPackages(): string {
    return join(this.own, "identity-provider");
  }
}

function ownFolder(path: string): string {
  return join(path, ".gateway");
}

/**
 * Makes a folder and those above it. Node's own way says of a read-only file system that there is no such file, and never ends
 * below /proc.
 */
function makeFolder(path: string): void {
  if (!fs.existsSync(path)) {
    makeFolder(dirname(path));
    fs.mkdirSync(path, { mode: 0o700 });
  }
}

/** Tells people whom to stop; the lock does not depend on it. */
function processFile(path: string): string {
  return join(ownFolder(path), "pid");
}

function readIfThere(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

function replaceFile(file: string, content: string): void {
  const written = `${file}.${process.pid}`;
  fs.writeFileSync(written, content, { mode: 0o600 });
  fs.renameSync(written, file);
}
