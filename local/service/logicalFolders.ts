import type { MappedFolder } from "../../inventory/user";

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
      const names = this.namesBelow(path);
      return names.length > 0 ? { kind: "virtual", names } : { kind: "nowhere" };
    }
    const { bucket, prefix } = folder;
    return path === folder.entry
      ? { kind: "mapped", bucket, prefix }
      : { kind: "below", bucket, key: prefix + path.slice(withSlash(folder.entry).length) };
  }

  /** The mapped folders that a virtual folder's name leads to. */
  private namesBelow(path: string): string[] {
    const inside = withSlash(path);
    const names = this.folders
      .filter(({ entry }) => entry.startsWith(inside))
      .map(({ entry }) => entry.slice(inside.length).split("/")[0]!);
    return [...new Set(names)].sort();
  }
}

/** The path without `.`, `..` and doubled slashes, as seen from the home directory; `..` never leads above `/`. */
export function absolutePath(path: string, home: string): string {
  const segments: string[] = [];
  for (const segment of (path.startsWith("/") ? path : `${home}/${path}`).split("/")) {
    if (segment === "..") {
      segments.pop();
    } else if (segment !== "" && segment !== ".") {
      segments.push(segment);
    }
  }
  return `/${segments.join("/")}`;
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
