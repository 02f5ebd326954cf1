import { existsSync, mkdirSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bucket } from "./bucket";
import { SharedListings } from "./sharedListings";
import { Upload } from "./upload";

/** The buckets of deployments in one folder: `<folder>/<bucket>/<key>`. */
export class ObjectStore {
  private readonly buckets = new Map<string, Bucket>();
  private readonly shared = new Map<string, SharedListings>();
  private readonly caseSensitive: boolean;

  /**
   * @param uploadsFolder On the same file system; what earlier runs left there is removed.
   */
  constructor(
    private readonly folder: string,
    private readonly uploadsFolder: string,
  ) {
    rmSync(uploadsFolder, { recursive: true, force: true });
    mkdirSync(uploadsFolder, { recursive: true, mode: 0o700 });
    this.caseSensitive = tellsCaseApart(uploadsFolder);
  }

  /** Sees to it that there are these buckets, beside those that there are. */
  addBuckets(names: readonly string[]): void {
    for (const name of names.filter((each) => !this.buckets.has(each))) {
      const path = join(this.folder, name);
      mkdirSync(path, { recursive: true });
      // A folder may exist and yet be closed to us: better to hear it now than at the first upload.
      readdirSync(path);
      const bucket = new Bucket(path, { caseSensitive: this.caseSensitive });
      this.buckets.set(name, bucket);
      this.shared.set(name, new SharedListings(bucket));
    }
  }

  /** @throws Error for one that there is not. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) {
      throw new Error(`no bucket ${name}`);
    }
    return bucket;
  }

  /** What is open of a bucket's listings. @throws Error for one that there is not. */
  listings(name: string): SharedListings {
    this.bucket(name);
    return this.shared.get(name)!;
  }

  beginUpload(): Upload {
    return new Upload(this.uploadsFolder);
  }
}

function tellsCaseApart(folder: string): boolean {
  const probe = join(folder, "case-probe");
  writeFileSync(probe, "");
  const caseSensitive = !existsSync(join(folder, "CASE-PROBE"));
  unlinkSync(probe);
  return caseSensitive;
}
