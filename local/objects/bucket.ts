import * as fs from "node:fs";
import { join } from "node:path";
import { fileMark, keyPath, nameMeaning, prefixFolders, segmentNames, type NamingRules } from "./keyPath";
import { existingFolder, lstat, madeFolder, NotPlainError, pruneEmptyFolders } from "./plainFolder";

/**
 * How many folders deep a folder is looked into before it counts as one that holds an object. The bucket leaves no empty folder
 * behind, so only somebody's hand makes one; a key can go through 500 folders, and thousands of them would stall a listing.
 */
const lookedInto = 8;

/** Entries of a folder that are read at once: one is enough to tell that it is not empty. */
const entriesAtOnce = 256;

/** What S3 tells of an object without its content. */
export interface ObjectHead {
  readonly size: number;
  /** When it was last written, in seconds since 1970. */
  readonly modified: number;
}

/** A key directly below a prefix, or a common prefix of several. */
export interface Listed {
  /** What follows the prefix, without a slash at its end. Never the prefix's own marker. */
  readonly name: string;
  readonly kind: "object" | "prefix";
}

/** An object opened for reading: it keeps its content while the key is overwritten or deleted. */
export interface OpenedObject extends ObjectHead {
  readonly descriptor: number;
}

/**
 * A bucket as a folder of plain files. Every operation is synchronous, so nothing can come between a check and what
 * follows from it, except from outside this process.
 */
export class Bucket {
  private changed: (key: string) => void = () => undefined;

  constructor(
    private readonly folder: string,
    private readonly rules: NamingRules,
  ) {}

  /** @param changed Hears of each key whose object came or went, once it has. */
  onChange(changed: (key: string) => void): void {
    this.changed = changed;
  }

  /** Changes with what lies directly below a prefix, also when somebody works in the folder by hand. */
  versionOf(prefix: string): string | undefined {
    const folder = existingFolder(this.folder, prefixFolders(prefix, this.rules));
    return folder === undefined ? undefined : String(fs.statSync(folder, { bigint: true }).mtimeNs);
  }

  head(key: string): ObjectHead | undefined {
    const file = this.fileOf(key);
    const found = file === undefined ? undefined : lstat(file);
    return found && headOf(found);
  }

  /** Opens an object; undefined when there is none. The caller closes the descriptor. */
  open(key: string): OpenedObject | undefined {
    const file = this.fileOf(key);
    if (file === undefined) {
      return undefined;
    }
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    const found = fs.fstatSync(descriptor);
    if (!found.isFile()) {
      fs.closeSync(descriptor);
      throw new NotPlainError();
    }
    return { descriptor, ...headOf(found) };
  }

  /** Puts a finished file in the key's place, at once and as a whole. */
  put(key: string, finishedFile: string): void {
    fs.renameSync(finishedFile, this.placeFor(key));
    this.changed(key);
  }

  /** Deletes an object; nothing happens when there is none, as in S3. */
  delete(key: string): void {
    const file = this.fileOf(key);
    if (file !== undefined) {
      fs.unlinkSync(file);
      pruneEmptyFolders(this.folder, keyPath(key, this.rules).folders);
      this.changed(key);
    }
  }

  /** Copies to a key that must be free and deletes the original; false when there is no original. */
  rename(from: string, to: string): boolean {
    if (this.fileOf(from) === undefined) {
      return false;
    }
    const place = this.placeFor(to);
    // Making the folders of the new key may have made the old one's file step aside.
    fs.renameSync(this.fileOf(from)!, place);
    const now = new Date();
    fs.utimesSync(place, now, now);
    pruneEmptyFolders(this.folder, keyPath(from, this.rules).folders);
    this.changed(from);
    this.changed(to);
    return true;
  }

  /** What lies directly below a prefix that is empty or ends in `/`, in the order of the names' bytes. */
  list(prefix: string): Listed[] {
    const folder = existingFolder(this.folder, prefixFolders(prefix, this.rules));
    const listed = folder === undefined ? [] : [...this.entries(folder)];
    return listed
      .filter(({ kind, name }) => kind === "prefix" || name !== "")
      .map((each) => ({ each, bytes: Buffer.from(each.name) }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ each }) => each);
  }

  /** Whether any key begins with the prefix, which is empty or ends in `/`. */
  hasPrefix(prefix: string): boolean {
    const folder = existingFolder(this.folder, prefixFolders(prefix, this.rules));
    return folder !== undefined && this.holdsObject(folder);
  }

  private fileOf(key: string): string | undefined {
    const { folders, file } = keyPath(key, this.rules);
    const folder = existingFolder(this.folder, folders);
    if (folder === undefined) {
      return undefined;
    }
    const plain = join(folder, file);
    return [plain, plain + fileMark].find((path) => lstat(path)?.isFile());
  }

  private placeFor(key: string): string {
    const { folders, file } = keyPath(key, this.rules);
    const plain = join(madeFolder(this.folder, folders), file);
    const found = lstat(plain);
    if (found?.isDirectory() || lstat(plain + fileMark) !== undefined) {
      return plain + fileMark;
    }
    if (found !== undefined && !found.isFile()) {
      throw new NotPlainError();
    }
    return plain;
  }

  /**
   * What lies in a folder, the marker of its prefix included; looked up no further than it is asked for.
   * @param depth How many folders above are looked into for what this one holds.
   * @param begun Names of the folders in which the names of this folder begin, when they are too long for one.
   */
  private *entries(folder: string, depth = 0, begun: readonly string[] = []): Generator<Listed> {
    for (const entry of directoryEntries(folder)) {
      const path = join(folder, entry.name);
      const isFile = entry.isFile();
      const names = [...begun, isFile ? withoutFileMark(entry.name) : entry.name];
      if (entry.isDirectory() && nameMeaning(entry.name, this.rules)?.continued) {
        yield* this.entries(path, depth, names);
      } else if (isFile || entry.isDirectory()) {
        const name = this.segmentOf(names);
        if (name !== undefined && (isFile || this.holdsObject(path, depth + 1))) {
          yield { name, kind: isFile ? "object" : "prefix" };
        }
      }
    }
  }

  private holdsObject(folder: string, depth = 0): boolean {
    if (depth > lookedInto) {
      return true;
    }
    const entries = this.entries(folder, depth);
    const isEmpty = entries.next().done;
    entries.return(undefined);
    return !isEmpty;
  }

  /** The part of a key that the names stand for; undefined unless it would be stored under exactly these names. */
  private segmentOf(names: readonly string[]): string | undefined {
    const segment = names.map((name) => nameMeaning(name, this.rules)?.text).join("");
    return segmentNames(segment, this.rules).join("/") === names.join("/") ? segment : undefined;
  }
}

/** Reads no further than it is asked for, and closes the folder when it is left. */
function* directoryEntries(folder: string): Generator<fs.Dirent> {
  const directory = fs.opendirSync(folder, { bufferSize: entriesAtOnce });
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      yield entry;
    }
  } finally {
    directory.closeSync();
  }
}

function headOf({ size, mtimeMs }: fs.Stats): ObjectHead {
  return { size, modified: Math.floor(mtimeMs / 1000) };
}

function withoutFileMark(name: string): string {
  return name.endsWith(fileMark) ? name.slice(0, -fileMark.length) : name;
}
