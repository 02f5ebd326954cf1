import { posix } from "node:path";
import type { MappedFolder } from "./user";

/** What a client's path stands for. */
export type PathTarget =
  /** The top of a mapped folder. */
  | { readonly kind: "mapped"; readonly bucket: string; readonly prefix: string }
  /** Something below it; whether it is a file, a folder or nothing, S3 knows. The key has no slash at its end. */
  | { readonly kind: "below"; readonly bucket: string; readonly key: string }
  /** A folder that exists only because mapped folders lie below it. */
  | { readonly kind: "virtual"; readonly names: readonly string[] }
  | { readonly kind: "nowhere" };

/** The client's view of its files. Whatever path a client sends, it can only name what lies in a mapped folder. */
export class LogicalFolders {
  /** Longest entry first, so that the innermost mapping wins. */
  private readonly folders: readonly MappedFolder[];

  constructor(folders: readonly MappedFolder[]) {
    this.folders = [...folders].sort((a, b) => b.entry.length - a.entry.length);
  }

  /** @param path Absolute and normal, as `absolutePath` makes it. */
  place(path: string): PathTarget {
    const folder = this.folders.find(({ entry }) => path === entry || path.startsWith(withSlash(entry)));
    if (folder === undefined) {
      const inside = withSlash(path);
      const below = this.folders.filter(({ entry }) => entry.startsWith(inside));
      const names = new Set(below.map(({ entry }) => entry.slice(inside.length).split("/")[0]!));
      return names.size > 0 ? { kind: "virtual", names: [...names].sort() } : { kind: "nowhere" };
    }
    const { bucket, prefix } = folder;
    return path === folder.entry
      ? { kind: "mapped", bucket, prefix }
      : { kind: "below", bucket, key: prefix + path.slice(withSlash(folder.entry).length) };
  }
}

/** The path without `.`, `..` and doubled slashes, as seen from the home directory; `..` never leads above `/`. */
export function absolutePath(path: string, home: string): string {
  return posix.resolve("/", home, path);
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
