import { rootPrefixes } from "../../access/grant";
import type { Verb } from "../../tenancy/access";
import { listed } from "../../tenancy/quote";
import type { Detail } from "../details";
import { isDocumentOfUser, isMappingOf, isUnsetHome } from "../explained";
import { plain, say } from "../sentence";
import { tell } from "../telling";

/** What may be done in a folder changes. */
export interface AccessChange {
  readonly entry: string;
  readonly prefix: string;
  /** What is lost or gained. */
  readonly verbs: readonly Verb[];
  /** What it may do there from now on. */
  readonly remaining: readonly Verb[];
}

interface MovedPath {
  readonly from: string;
  readonly to: string;
  readonly prefix: string;
  /** Where the old path leads now; undefined: nowhere. */
  readonly instead?: string | undefined;
  /** Whether it can write there. */
  readonly takesFiles: boolean;
}

/** What happens to the folders that a tenant sees. */
export const folderSentences = {
  "path-moved": tell({
    marks: ({ takesFiles }: MovedPath) => (takesFiles ? ["breaking", "dangerous"] : ["breaking"]),
    say: ({ prefix, to, from, instead, takesFiles }: MovedPath) =>
      say`finds its files in ${prefix} at ${to} instead of ${from}: ${
        instead === undefined
          ? plain("absolute paths fail")
          : takesFiles
            ? say`what clients go on writing to ${from} lands in ${instead}`
            : say`clients that go on reading ${from} look into ${instead}`
      }`,
    explains: (detail, { from, to }) => concerns(detail, from, to),
  }),
  "folder-renamed": tell({
    marks: ["breaking"],
    /** The path may be the same: then what it leads to is another place. */
    say: ({ to, from, oldPrefix, newPrefix }: Record<"from" | "to" | "oldPrefix" | "newPrefix", string>) =>
      from === to
        ? say`finds ${newPrefix} at ${to}: its files stay in ${oldPrefix}, out of its reach`
        : say`finds ${to} instead of ${from}: its files stay in ${oldPrefix}, out of its reach`,
    explains: (detail, { from, to }) => concerns(detail, from, to),
  }),
  "access-lost": tell({
    marks: ["breaking"],
    say: ({ entry, prefix, verbs, remaining }: AccessChange) =>
      remaining.length === 0
        ? say`loses ${entry} (${prefix})`
        : say`can no longer ${plain(listed(verbs))} in ${entry} (${prefix})`,
    explains: (detail, { entry }) => concerns(detail, entry),
  }),
  "access-gained": tell({
    // In a space lie the files of others; in a folder of its own, what was left there for it to read.
    marks: ({ prefix, verbs, remaining }: AccessChange) => {
      const isMore = verbs.length < remaining.length && (verbs.includes("write") || verbs.includes("delete"));
      return isMore || prefix.startsWith(rootPrefixes.shared) ? ["dangerous"] : [];
    },
    say: ({ entry, prefix, verbs, remaining }: AccessChange) =>
      verbs.length === remaining.length
        ? say`gets ${entry} (${prefix}): can ${plain(listed(verbs))}`
        : say`can also ${plain(listed(verbs))} in ${entry} (${prefix})`,
    explains: (detail, { entry }) => concerns(detail, entry),
  }),
};

function concerns(detail: Detail, ...entries: readonly string[]): boolean {
  return isDocumentOfUser(detail) || isMappingOf(detail, ...entries) || isUnsetHome(detail, ...entries);
}
