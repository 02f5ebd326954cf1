import { closeSync, constants, fstatSync, openSync, readdirSync, renameSync, unlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileMark, keyPath, nameMeaning, prefixFolders, segmentNames, type NamingRules } from "./keyPath";
import { existingFolder, lstat, madeFolder, NotPlainError, pruneEmptyFolders } from "./plainFolder";

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
  constructor(
    private readonly folder: string,
    private readonly rules: NamingRules,
  ) {}

  head(key: string): ObjectHead | undefined {
    const file = this.fileOf(key);
    const found = file === undefined ? undefined : lstat(file);
    return found === undefined ? undefined : { size: found.size, modified: Math.floor(found.mtimeMs / 1000) };
  }

  /** Opens an object; undefined when there is none. The caller closes the descriptor. */
  open(key: string): OpenedObject | undefined {
    const file = this.fileOf(key);
    if (file === undefined) {
      return undefined;
    }
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    if (!found.isFile()) {
      closeSync(descriptor);
      throw new NotPlainError();
    }
    return { descriptor, size: found.size, modified: Math.floor(found.mtimeMs / 1000) };
  }

  /** Puts a finished file in the key's place, at once and as a whole. */
  put(key: string, finishedFile: string): void {
    renameSync(finishedFile, this.placeFor(key));
  }

  /** Deletes an object; nothing happens when there is none, as in S3. */
  delete(key: string): void {
    const file = this.fileOf(key);
    if (file !== undefined) {
      unlinkSync(file);
      pruneEmptyFolders(this.folder, keyPath(key, this.rules).folders);
    }
  }

  /** Copies to a key that must be free and deletes the original; false when there is no original. */
  rename(from: string, to: string): boolean {
    if (this.fileOf(from) === undefined) {
      return false;
    }
    const place = this.placeFor(to);
    // Making the folders of the new key may have made the old one's file step aside.
    renameSync(this.fileOf(from)!, place);
    const now = new Date();
    utimesSync(place, now, now);
    pruneEmptyFolders(this.folder, keyPath(from, this.rules).folders);
    return true;
  }

  /** What lies directly below a prefix that is empty or ends in `/`, in the order of the names' bytes. */
  list(prefix: string): Listed[] {
    const folder = existingFolder(this.folder, prefixFolders(prefix, this.rules));
    const listed = folder === undefined ? [] : this.listFolder(folder, []);
    const marker = (entry: Listed) => entry.kind === "object" && entry.name === "";
    return listed
      .filter((entry) => !marker(entry))
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  }

  /** Whether any key begins with the prefix, which is empty or ends in `/`. */
  hasPrefix(prefix: string): boolean {
    const folder = existingFolder(this.folder, prefixFolders(prefix, this.rules));
    return folder !== undefined && this.holdsObject(folder, []);
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

  /** @param begun Names of the folders in which the names of this folder begin, when they are too long for one. */
  private listFolder(folder: string, begun: readonly string[]): Listed[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry): Listed[] => {
      const path = join(folder, entry.name);
      if (entry.isFile()) {
        const name = this.segmentOf([...begun, withoutFileMark(entry.name)]);
        return name === undefined ? [] : [{ name, kind: "object" }];
      }
      if (!entry.isDirectory()) {
        return [];
      }
      if (nameMeaning(entry.name, this.rules)?.continued) {
        return this.listFolder(path, [...begun, entry.name]);
      }
      const name = this.segmentOf([...begun, entry.name]);
      return name !== undefined && this.holdsObject(path, []) ? [{ name, kind: "prefix" }] : [];
    });
  }

  private holdsObject(folder: string, begun: readonly string[]): boolean {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => {
      if (entry.isFile()) {
        return this.segmentOf([...begun, withoutFileMark(entry.name)]) !== undefined;
      }
      if (!entry.isDirectory()) {
        return false;
      }
      const path = join(folder, entry.name);
      return nameMeaning(entry.name, this.rules)?.continued
        ? this.holdsObject(path, [...begun, entry.name])
        : this.segmentOf([...begun, entry.name]) !== undefined && this.holdsObject(path, []);
    });
  }

  /** The part of a key that the names stand for; undefined unless it would be stored under exactly these names. */
  private segmentOf(names: readonly string[]): string | undefined {
    const segment = names.map((name) => nameMeaning(name, this.rules)?.text).join("");
    return segmentNames(segment, this.rules).join("/") === names.join("/") ? segment : undefined;
  }
}

function withoutFileMark(name: string): string {
  return name.endsWith(fileMark) ? name.slice(0, -fileMark.length) : name;
}
