import type { Bucket, Listed } from "./bucket";

/** For how long a listing is shared at most: what is changed by hand deep below shows after that. */
const sharedMs = 1000;

/** What lay below a prefix when it was looked up. */
export interface Listing {
  readonly listed: readonly Listed[];
  /** May be called more than once. */
  close(): void;
}

interface Shared {
  readonly listed: readonly Listed[];
  readonly version: string | undefined;
  readonly made: number;
  readonly release: () => void;
  holders: number;
}

/**
 * Listings that are open, each kept once for all who opened it while nothing changed: a folder of 50,000 files takes memory and
 * time once, however often a client opens it.
 */
export class SharedListings {
  private readonly current = new Map<string, Shared>();

  constructor(private readonly bucket: Bucket) {
    bucket.onChange((key) => this.forget(key));
  }

  /**
   * @param reserve Takes room for so many names and returns what gives it back; throws when there is none.
   */
  open(prefix: string, reserve: (names: number) => () => void): Listing {
    const version = this.bucket.versionOf(prefix);
    const known = this.current.get(prefix);
    const isFresh = known?.version === version && known !== undefined && Date.now() - known.made < sharedMs;
    const shared = isFresh ? known : this.made(prefix, version, reserve);
    shared.holders += 1;
    let open = true;
    const close = () => {
      if (open) {
        open = false;
        this.close(prefix, shared);
      }
    };
    return { listed: shared.listed, close };
  }

  private made(prefix: string, version: string | undefined, reserve: (names: number) => () => void): Shared {
    const listed = this.bucket.list(prefix);
    const shared = { listed, version, made: Date.now(), release: reserve(listed.length), holders: 0 };
    this.current.set(prefix, shared);
    return shared;
  }

  private close(prefix: string, shared: Shared): void {
    shared.holders -= 1;
    if (shared.holders === 0) {
      shared.release();
      if (this.current.get(prefix) === shared) {
        this.current.delete(prefix);
      }
    }
  }

  private forget(key: string): void {
    for (const prefix of this.current.keys()) {
      if (key.startsWith(prefix)) {
        this.current.delete(prefix);
      }
    }
  }
}
