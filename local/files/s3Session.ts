import type { Quota } from "../quota";
import type { Bucket, ObjectHead, OpenedObject } from "../objects/bucket";
import type { ObjectStore } from "../objects/objectStore";
import type { Listing } from "../objects/sharedListings";
import type { Upload } from "../objects/upload";
import { isKey } from "../objects/keyPath";
import { clientOperations, type ObjectPlace, type OperationName } from "../../inventory/operations";
import type { AccessDecision, S3Request } from "../../inventory/session";
import type { ServedUser } from "../service/users";
import { denied, failure, FileFailure, missing } from "./failure";

/** An object that has appeared. */
export type Appearance = ObjectPlace &
  (
    | {
        readonly by: "put";
        readonly size: number;
        /** Undefined when it was sent in parts. */
        readonly md5: string | undefined;
      }
    | { readonly by: "copy" }
  );

/** What a name stands for: S3 may hold an object `name` and, at the same time, objects below `name/`. */
export type Found =
  | { readonly kind: "object"; readonly head: ObjectHead }
  | { readonly kind: "prefix"; readonly marker: ObjectHead | undefined };

/** An object on its way into its place. */
export interface PendingObject {
  readonly upload: Upload;
  /** Whether an object lies in the place, seen or not. */
  isTaken(): boolean;
  store(): void;
}

/**
 * S3 as one login session sees it: each request is decided by the session's policies before the store is asked. A
 * missing object is "missing" only for those who may list it and "denied" for everybody else, as S3 answers 404 or 403:
 * whoever may not see a name cannot find out whether it exists.
 */
export class S3Session {
  constructor(
    private readonly store: ObjectStore,
    private readonly user: Pick<ServedUser, "authorise" | "userName">,
    /** Names in open listings. */
    private readonly names: Quota,
    /** Hears of each object once it is in its place. */
    private readonly onAppearance: (appearance: Appearance) => void,
    /** Hears of each request that is denied because what the policies decide is not known. */
    private readonly onUndecided: (decision: AccessDecision) => void,
  ) {}

  /**
   * HeadObject, or a listing for those who may see names but not read.
   * @returns A failure, not thrown, where there is nothing or the session may not know.
   */
  lookUp(place: ObjectPlace): Found | FileFailure {
    const { bucket, key } = place;
    const folder = `${key}/`;
    if (!isKey(folder)) {
      return missing();
    }
    const [listing, reading, listingFolder, readingMarker] = clientOperations.stat.requests(place);
    const mayList = this.isAllowed(listing);
    const stored = this.store.bucket(bucket);
    const head = mayList || this.isAllowed(reading) ? stored.head(key) : undefined;
    if (head !== undefined) {
      return { kind: "object", head };
    }
    const mayListFolder = this.isAllowed(listingFolder);
    const mayReadMarker = mayListFolder || this.isAllowed(readingMarker);
    const marker = mayReadMarker ? stored.head(folder) : undefined;
    if (marker !== undefined || (mayListFolder && stored.hasPrefix(folder))) {
      return { kind: "prefix", marker };
    }
    return mayList || mayListFolder ? missing() : denied();
  }

  /** Whether the session can see that something has the name. */
  shows(place: ObjectPlace): boolean {
    return !(this.lookUp(place) instanceof FileFailure);
  }

  /** ListObjectsV2 with the delimiter `/`. @param prefix Empty or ends in `/`. */
  list(bucket: string, prefix: string): Listing {
    this.listable(bucket, prefix);
    return this.store.listings(bucket).open(prefix, (names) => {
      const release = this.names.take(this.user.userName, names);
      if (release === undefined) {
        throw failure("Too many names in open listings: close some first");
      }
      return release;
    });
  }

  /** Whether a listing shows nothing. */
  isEmpty(bucket: string, prefix: string): boolean {
    const listing = this.list(bucket, prefix);
    listing.close();
    return listing.listed.length === 0;
  }

  /** What a listing tells of an object; needs no permission beyond the listing's. */
  listedHead({ bucket, key }: ObjectPlace): ObjectHead | undefined {
    return this.store.bucket(bucket).head(key);
  }

  hasPrefix(bucket: string, prefix: string): boolean {
    return this.listable(bucket, prefix).hasPrefix(prefix);
  }

  /** GetObject. The caller closes the descriptor. */
  get(place: ObjectPlace): OpenedObject {
    this.require("get", place);
    const opened = this.store.bucket(place.bucket).open(place.key);
    if (opened === undefined) {
      throw this.mayListName(place) ? missing() : denied();
    }
    return opened;
  }

  /** PutObject, or the multipart upload that a large file becomes. */
  put(place: ObjectPlace): PendingObject {
    this.require("put", place);
    if (!isKey(place.key)) {
      throw failure("The path is longer than the 1,024 bytes that S3 takes");
    }
    const upload = this.store.beginUpload();
    const stored = this.store.bucket(place.bucket);
    return {
      upload,
      isTaken: () => stored.head(place.key) !== undefined,
      store: () => {
        upload.complete(stored, place.key);
        this.onAppearance({ by: "put", ...place, size: upload.size, md5: upload.md5() });
      },
    };
  }

  /** DeleteObject; on a versioned bucket what was deleted stays as a version, which is not kept here. */
  delete(place: ObjectPlace): void {
    this.require("rm", place);
    this.store.bucket(place.bucket).delete(place.key);
  }

  /** CopyObject and DeleteObject, never onto an existing object. */
  move(from: ObjectPlace, to: ObjectPlace): void {
    this.require("rename", from, to);
    if (from.bucket !== to.bucket || !isKey(to.key)) {
      throw failure("The new name does not lie in the same bucket, or is too long");
    }
    const stored = this.store.bucket(from.bucket);
    if (stored.head(from.key) === undefined) {
      throw this.mayListName(from) ? missing() : denied();
    }
    if (stored.head(to.key) !== undefined) {
      throw this.shows(to) ? failure("A file of the new name exists") : denied();
    }
    stored.rename(from.key, to.key);
    this.onAppearance({ by: "copy", ...to });
  }

  /** @throws FileFailure unless the session may do this there. @param to Where it goes, of a renaming. */
  require(operation: Exclude<OperationName, "stat">, place: ObjectPlace, to?: ObjectPlace): void {
    if (!clientOperations[operation].requests(place, to).every((request) => this.isAllowed(request))) {
      throw denied();
    }
  }

  private listable(bucket: string, prefix: string): Bucket {
    this.require("ls", { bucket, key: prefix });
    return this.store.bucket(bucket);
  }

  /** Whether the session may know that nothing has the name. */
  private mayListName(place: ObjectPlace): boolean {
    return this.isAllowed(clientOperations.stat.requests(place)[0]);
  }

  private isAllowed(request: S3Request): boolean {
    const decision = this.user.authorise(request);
    if (decision.reason === "unknown") {
      this.onUndecided(decision);
    }
    return decision.allowed;
  }
}
