import { closeSync, readSync } from "node:fs";
import { folderAttributes, type FileAttributes, type FolderListing } from "../files/clientFiles";
import { failure } from "../files/failure";
import type { PendingObject } from "../files/s3Session";
import type { OpenedObject } from "../objects/bucket";
import { dataLimit } from "./protocol";
import { dataStart } from "./response";

/** Handles that one session may hold at a time; a client that leaks them is told so. */
export const handleLimit = 128;

/** Names in one answer to READDIR: with names of 1,024 bytes the packet stays below 256 KiB. */
const namesAtOnce = 100;

const randomAccess = "AWS Transfer does not support random access writes to S3 objects.";

/** A file that a client reads. */
export class ReadHandle {
  private sent = 0;

  constructor(
    readonly path: string,
    private readonly object: OpenedObject,
  ) {}

  get attributes(): FileAttributes {
    return { kind: "file", size: this.object.size, modified: this.object.modified };
  }

  /** What a log says of the transfer. */
  get tally(): Record<string, string> {
    return { "bytes-out": String(this.sent) };
  }

  /** An answer with the content in its place; undefined at the end of the file. */
  read(offset: number, length: number): Buffer | undefined {
    const wanted = Math.min(length, dataLimit, this.object.size - offset);
    if (wanted <= 0) {
      return undefined;
    }
    const response = Buffer.allocUnsafe(dataStart + wanted);
    const read = readSync(this.object.descriptor, response, dataStart, wanted, offset);
    this.sent += read;
    return read === 0 ? undefined : response.subarray(0, dataStart + read);
  }

  close(): void {
    closeSync(this.object.descriptor);
  }
}

/** A file that a client writes, from its beginning to its end. */
export class WriteHandle {
  readonly began = new Date();
  private broken = false;
  private unchanged = false;

  /** @param truncates Whether the client asked for the old content to go. */
  constructor(
    readonly path: string,
    private readonly pending: PendingObject,
    private readonly truncates: boolean,
  ) {}

  get attributes(): FileAttributes {
    return { kind: "file", size: this.pending.upload.size, modified: Math.floor(Date.now() / 1000) };
  }

  get received(): number {
    return this.pending.upload.size;
  }

  get tally(): Record<string, string> {
    return { "bytes-in": String(this.received), ...(this.unchanged ? { unchanged: "true" } : {}) };
  }

  write(offset: number, data: Buffer): void {
    const follows = !this.broken && offset === this.pending.upload.size;
    // Whatever goes wrong now: what comes later does not follow any more.
    this.broken = true;
    if (!follows) {
      throw failure(randomAccess);
    }
    this.pending.upload.append(data);
    this.broken = false;
  }

  /**
   * Stores what was received, unless a write was refused: then the file is not what the client meant.
   * @returns Whether there is anything new: a client may have looked if it may write, or have had nothing left to send.
   */
  close(): boolean {
    if (this.broken) {
      this.pending.upload.discard();
      throw failure("The upload failed, nothing was stored");
    }
    this.unchanged = !this.truncates && this.received === 0 && this.pending.isTaken();
    if (this.unchanged) {
      this.pending.upload.discard();
    } else {
      this.pending.store();
    }
    return !this.unchanged;
  }
}

/** A folder that a client lists, as it was when it was opened. */
export class ListHandle {
  private position = 0;

  constructor(
    readonly path: string,
    private readonly listing: FolderListing,
  ) {}

  get attributes(): FileAttributes {
    return folderAttributes;
  }

  /** The next names; empty at the end. What has vanished since is left out. */
  next(): { name: string; attributes: FileAttributes }[] {
    const names: { name: string; attributes: FileAttributes }[] = [];
    const { listed } = this.listing;
    while (names.length < namesAtOnce && this.position < listed.length) {
      const entry = listed[this.position]!;
      const attributes = this.listing.attributesOf(entry);
      if (attributes !== undefined) {
        names.push({ name: entry.name, attributes });
      }
      this.position += 1;
    }
    return names;
  }

  close(): void {
    this.listing.close();
  }
}

export type Handle = ReadHandle | WriteHandle | ListHandle;

/** The open handles of a session. */
export class Handles {
  private readonly open = new Map<number, Handle>();
  private readonly releases = new Map<number, () => void>();
  private last = 0;

  /** @param reserve Takes one of the handles of the user; undefined when there are none left. */
  constructor(private readonly reserve: () => (() => void) | undefined) {}

  /** @throws FileFailure when it would be one too many; then nothing is opened. */
  add(opened: () => Handle): number {
    if (this.open.size >= handleLimit) {
      throw failure(`More than ${handleLimit} open handles`);
    }
    const release = this.reserve();
    if (release === undefined) {
      throw failure("Too many open handles in all sessions together");
    }
    try {
      const handle = opened();
      this.last = (this.last + 1) % 2 ** 32;
      this.open.set(this.last, handle);
      this.releases.set(this.last, release);
    } catch (error) {
      release();
      throw error;
    }
    return this.last;
  }

  /** What the handle is of; undefined for one that is not open. */
  pathOf(id: number): string | undefined {
    return this.open.get(id)?.path;
  }

  /** @throws FileFailure for a handle that is not open. */
  get(id: number): Handle {
    const handle = this.open.get(id);
    if (handle === undefined) {
      throw failure("No such handle");
    }
    return handle;
  }

  /** @param otherwise What a client hears that uses a handle of another kind. */
  getAs<Kind extends Handle>(kind: new (...parts: never) => Kind, id: number, otherwise: string): Kind {
    const handle = this.get(id);
    if (!(handle instanceof kind)) {
      throw failure(otherwise);
    }
    return handle;
  }

  /** Takes a handle out; closing it is up to the caller. */
  take(id: number): Handle {
    const handle = this.get(id);
    this.open.delete(id);
    this.releases.get(id)?.();
    this.releases.delete(id);
    return handle;
  }

  takeAll(): Handle[] {
    const handles = [...this.open.values()];
    this.open.clear();
    this.releases.forEach((release) => release());
    this.releases.clear();
    return handles;
  }
}
