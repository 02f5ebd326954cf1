import { existsSync, mkdirSync, readdirSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bucket } from "./bucket";
import { SharedListings } from "./sharedListings";
import { Upload } from "./upload";

/** The buckets of a deployment in one folder: `<folder>/<bucket>/<key>`. */
export class ObjectStore {
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private readonly shared: ReadonlyMap<string, SharedListings>;

  /**
   * @param uploadsFolder On the same file system; what earlier runs left there is removed.
   */
  constructor(
    folder: string,
    private readonly uploadsFolder: string,
    bucketNames: readonly string[],
  ) {
    rmSync(uploadsFolder, { recursive: true, force: true });
    mkdirSync(uploadsFolder, { recursive: true, mode: 0o700 });
    const rules = { caseSensitive: tellsCaseApart(uploadsFolder) };
    this.buckets = new Map(bucketNames.map((name) => [name, new Bucket(join(folder, name), rules)]));
    this.shared = new Map([...this.buckets].map(([name, bucket]) => [name, new SharedListings(bucket)]));
    for (const name of bucketNames) {
      mkdirSync(join(folder, name), { recursive: true });
      // A folder may exist and yet be closed to us: better to hear it now than at the first upload.
      readdirSync(join(folder, name));
    }
  }

  /** @throws Error for a bucket that is not part of the deployment. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) {
      throw new Error(`no bucket ${name}`);
    }
    return bucket;
  }

  /** What is open of a bucket's listings. @throws Error for a bucket that is not part of the deployment. */
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
