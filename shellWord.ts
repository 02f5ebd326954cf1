/** A word of a command for a POSIX shell, in quotes where it has to be. */
export function shellWord(text: string): string {
  return /^[\w./:@=,%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
