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
}

/** What happens to the folders that a tenant sees. */
export const folderSentences = {
  "path-moved": tell({
    marks: ["breaking"],
    say: ({ prefix, to, from }: MovedPath) =>
      say`finds its files in ${prefix} at ${to} instead of ${from}: absolute paths fail`,
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
    // In a space lie the files of others: it may read, overwrite or delete them.
    marks: ({ prefix }: AccessChange) => (prefix.startsWith(rootPrefixes.shared) ? ["dangerous"] : []),
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
