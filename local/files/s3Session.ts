import type { Quota } from "../quota";
import type { Bucket, ObjectHead, OpenedObject } from "../objects/bucket";
import type { ObjectStore } from "../objects/objectStore";
import type { Listing } from "../objects/sharedListings";
import type { Upload } from "../objects/upload";
import { isKey } from "../objects/keyPath";
import type { AccessDecision, S3Request } from "../../inventory/session";
import type { ServedUser } from "../service/users";
import { denied, failure, FileFailure, missing } from "./failure";

/** Where an object lies or would lie. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

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
  lookUp({ bucket, key }: ObjectPlace): Found | FileFailure {
    const folder = `${key}/`;
    if (!isKey(folder)) {
      return missing();
    }
    const mayList = this.mayList(bucket, key);
    const stored = this.store.bucket(bucket);
    const head = mayList || this.may("GetObject", { bucket, key }) ? stored.head(key) : undefined;
    if (head !== undefined) {
      return { kind: "object", head };
    }
    const mayListFolder = this.mayList(bucket, folder);
    const mayReadMarker = mayListFolder || this.may("GetObject", { bucket, key: folder });
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
    this.require("GetObject", place);
    const opened = this.store.bucket(place.bucket).open(place.key);
    if (opened === undefined) {
      throw this.mayList(place.bucket, place.key) ? missing() : denied();
    }
    return opened;
  }

  /** PutObject, or the multipart upload that a large file becomes. */
  put(place: ObjectPlace): PendingObject {
    this.require("PutObject", place);
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
    this.require("DeleteObject", place);
    this.store.bucket(place.bucket).delete(place.key);
  }

  /** CopyObject and DeleteObject, never onto an existing object. */
  move(from: ObjectPlace, to: ObjectPlace): void {
    this.require("GetObject", from);
    this.require("DeleteObject", from);
    this.require("PutObject", to);
    if (from.bucket !== to.bucket || !isKey(to.key)) {
      throw failure("The new name does not lie in the same bucket, or is too long");
    }
    const stored = this.store.bucket(from.bucket);
    if (stored.head(from.key) === undefined) {
      throw this.mayList(from.bucket, from.key) ? missing() : denied();
    }
    if (stored.head(to.key) !== undefined) {
      throw this.shows(to) ? failure("A file of the new name exists") : denied();
    }
    stored.rename(from.key, to.key);
    this.onAppearance({ by: "copy", ...to });
  }

  /** @throws FileFailure unless the session may do this to the object. */
  require(action: ObjectAction, place: ObjectPlace): void {
    if (!this.may(action, place)) {
      throw denied();
    }
  }

  private listable(bucket: string, prefix: string): Bucket {
    if (!this.mayList(bucket, prefix)) {
      throw denied();
    }
    return this.store.bucket(bucket);
  }

  private may(action: ObjectAction, { bucket, key }: ObjectPlace): boolean {
    return this.isAllowed({ action: `s3:${action}`, bucket, key });
  }

  private mayList(bucket: string, prefix: string): boolean {
    return this.isAllowed({ action: "s3:ListBucket", bucket, prefix });
  }

  private isAllowed(request: S3Request): boolean {
    const decision = this.user.authorise(request);
    if (decision.reason === "unknown") {
      this.onUndecided(decision);
    }
    return decision.allowed;
  }
}

type ObjectAction = "GetObject" | "PutObject" | "DeleteObject";
