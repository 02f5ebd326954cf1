import type { Listed, OpenedObject } from "../objects/bucket";
import type { ServedUser } from "../service/users";
import { absolutePath, type PathTarget } from "../../inventory/logicalFolders";
import { markerOf, type ObjectPlace } from "../../inventory/operations";
import { denied, failure, FileFailure, missing } from "./failure";
import type { Found, PendingObject, S3Session } from "./s3Session";

/** What a client is told of a file or folder. */
export interface FileAttributes {
  readonly kind: "file" | "folder";
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** A folder as it was when it was opened. */
export interface FolderListing {
  readonly listed: readonly Listed[];
  /** Of one of them, looked up when the line is sent; undefined when it does not show, or not any more. */
  attributesOf(listed: Listed): FileAttributes | undefined;
  close(): void;
}

/** How a client opens a file for writing. */
export interface WriteMode {
  /** Make the file when there is none. */
  readonly create: boolean;
  /** Fail when there is one. */
  readonly exclusive: boolean;
}

/** Of a folder without a marker. */
export const folderAttributes: FileAttributes = { kind: "folder", size: 0, modified: 0 };

/**
 * The files of one user as an SFTP client sees them: logical folders in front, S3 behind. Every path a client sends goes
 * through `absolutePath` and the logical mapping, so none can name what is not mapped.
 */
export class ClientFiles {
  constructor(
    private readonly user: Pick<ServedUser, "folders" | "home">,
    private readonly s3: S3Session,
    private readonly createsMappedFolders: boolean,
  ) {}

  absolute(path: string): string {
    return absolutePath(path, this.user.home);
  }

  /** `/bucket/key` as logs name it; the client's path where it stands for nothing in S3. */
  describe(path: string): string {
    const place = this.placeOf(path);
    switch (place.kind) {
      case "mapped":
        return `/${place.bucket}/${place.prefix}`;
      case "below":
        return `/${place.bucket}/${place.key}`;
      case "virtual":
      case "nowhere":
        return this.absolute(path);
    }
  }

  stat(path: string): FileAttributes {
    const place = this.placeOf(path);
    switch (place.kind) {
      case "below":
        return attributesOf(this.s3.lookUp(place));
      case "mapped":
        if (this.createsMappedFolders || this.s3.hasPrefix(place.bucket, place.prefix)) {
          return folderAttributes;
        }
        throw missing();
      case "virtual":
        if (this.absolute(path) === "/" || place.names.some((name) => this.mappedAttributes(`${path}/${name}`))) {
          return folderAttributes;
        }
        throw missing();
      case "nowhere":
        throw missing();
    }
  }

  list(path: string): FolderListing {
    const place = this.placeOf(path);
    switch (place.kind) {
      case "below": {
        const listing = this.listPrefix(place.bucket, `${place.key}/`);
        if (listing.listed.length === 0) {
          listing.close();
          this.requireFolder(path);
        }
        return listing;
      }
      case "mapped":
        return this.listPrefix(place.bucket, place.prefix);
      case "virtual":
        this.stat(path);
        return {
          listed: place.names.map((name) => ({ name, kind: "prefix" })),
          attributesOf: ({ name }) => this.mappedAttributes(`${path}/${name}`),
          close: () => undefined,
        };
      case "nowhere":
        throw missing();
    }
  }

  read(path: string): OpenedObject {
    return this.s3.get(this.objectAt(path));
  }

  write(path: string, mode: WriteMode): PendingObject {
    const place = this.objectAt(path);
    this.s3.require("put", place);
    if (mode.exclusive && this.s3.shows(place)) {
      throw failure("The file exists");
    }
    if (!mode.create && !this.s3.shows(place)) {
      throw missing();
    }
    return this.s3.put(place);
  }

  remove(path: string): void {
    const place = this.objectAt(path);
    this.s3.require("rm", place);
    const found = this.s3.lookUp(place);
    if (found.kind === "prefix") {
      throw failure("This is a folder");
    }
    // Those who may not see names are not told that there was nothing to delete: S3's delete succeeds either way.
    if (found.kind === "missing") {
      throw found;
    }
    this.s3.delete(place);
  }

  rename(from: string, to: string): void {
    const [source, target] = [this.objectAt(from), this.objectAt(to)];
    if (this.s3.lookUp(source).kind === "prefix") {
      throw failure("Folders cannot be renamed");
    }
    if (this.s3.lookUp(target).kind === "prefix") {
      this.s3.require("put", target);
      throw failure("A folder of the new name exists");
    }
    this.s3.move(source, target);
  }

  makeFolder(path: string): void {
    const place = this.objectAt(path);
    const marker = markerOf(place);
    this.s3.require("mkdir", place);
    if (this.s3.shows(place)) {
      throw failure("A file or folder of this name exists");
    }
    this.s3.put(marker).store();
  }

  removeFolder(path: string): void {
    const place = this.objectAt(path);
    const marker = markerOf(place);
    this.s3.require("rmdir", place);
    if (!this.s3.isEmpty(marker.bucket, marker.key)) {
      throw failure("The folder is not empty");
    }
    this.requireFolder(path);
    this.s3.delete(marker);
  }

  private placeOf(path: string): PathTarget {
    return this.user.folders.place(this.absolute(path));
  }

  /** @throws FileFailure for the mapped folders themselves and what lies above or beside them. */
  private objectAt(path: string): ObjectPlace {
    const place = this.placeOf(path);
    if (place.kind !== "below") {
      throw denied();
    }
    return place;
  }

  private listPrefix(bucket: string, prefix: string): FolderListing {
    const listing = this.s3.list(bucket, prefix);
    return {
      ...listing,
      attributesOf: ({ name, kind }) => {
        if (name === "" || name === "." || name === "..") {
          return undefined;
        }
        const head = this.s3.listedHead({ bucket, key: prefix + name + (kind === "prefix" ? "/" : "") });
        return kind === "prefix" ? attributesOf({ kind, marker: head }) : head && attributesOf({ kind, head });
      },
    };
  }

  private mappedAttributes(path: string): FileAttributes | undefined {
    try {
      return this.stat(path);
    } catch {
      // Without directory listing optimisation a mapped folder with nothing in it does not show, nor does the way to it.
      return undefined;
    }
  }

  /** An empty listing is a folder only if its marker is there. */
  private requireFolder(path: string): void {
    if (this.stat(path).kind !== "folder") {
      throw failure("This is not a folder");
    }
  }
}

function attributesOf(found: Found | FileFailure): FileAttributes {
  if (found instanceof FileFailure) {
    throw found;
  }
  return found.kind === "object"
    ? { kind: "file", size: found.head.size, modified: found.head.modified }
    : { ...folderAttributes, modified: found.marker?.modified ?? 0 };
}
