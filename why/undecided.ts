/** What no document decides, with what does. */
const undecided: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["append", "resume", "reput", "reget"].map((name) => [name, "S3 cannot go on with an object; ask about put"]),
  ),
  ...Object.fromEntries(
    ["chmod", "chown", "chgrp", "utimes", "touch", "setstat"].map((name) => [
      name,
      "S3 keeps no modes, owners or other times",
    ]),
  ),
  ...Object.fromEntries(["ln", "symlink", "readlink"].map((name) => [name, "S3 has no links"])),
};

/** Why an operation is none that documents decide, by a client's or a log's word for it; undefined for any other word. */
export function undecidedBecause(operation: string): string | undefined {
  const word = operation.toLowerCase();
  return Object.hasOwn(undecided, word) ? undecided[word] : undefined;
}
