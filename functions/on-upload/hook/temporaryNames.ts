/** A name that a client gives a file until it is whole. */
export interface TemporaryName {
  /** Who does that. */
  readonly client: string;
  /** The keys in the landing bucket that have such a name, the prefix `tenants/<name>/` or `shared/<name>/` included. */
  readonly keys: RegExp;
}

/**
 * Files that are nobody's news: the client renames them when they are whole, and the renamed file has an event. What is left
 * of an upload that broke off has none. README.md says how to add your partners' own.
 */
export const temporaryNames: readonly TemporaryName[] = [
  { client: "WinSCP", keys: /\.filepart$/ },
  { client: "rclone since 1.63", keys: /\.[0-9a-z]{8}\.partial$/ },
  { client: "Spring Integration", keys: /\.writing$/ },
  { client: "KDE", keys: /\.part$/ },
  { client: "GNOME Files", keys: /\/\.giosave[^/]*$/ },
];
