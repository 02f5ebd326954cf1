/**
 * Why a file cannot be read, as a message says it behind the file's name: `there is no such file`.
 * @param error What Node has thrown.
 */
export function unreadable(error: unknown): string {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? `the file cannot be read (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file: a part of its path is not a directory",
  EISDIR: "this is a directory; name the file itself",
  EACCES: "the file cannot be read: permission denied",
  EPERM: "the file cannot be read: permission denied",
  ELOOP: "the file cannot be read: its symbolic links lead in a circle",
  ENAMETOOLONG: "there is no such file: its path is too long",
  ERR_INVALID_ARG_VALUE: "there is no such file: its path holds a character that no path can hold",
};
