import type { FileAttributes } from "../files/clientFiles";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The line that `ls -l` would show, in UTC; the protocol wants one for each name of a listing. */
export function longName(name: string, { kind, size, modified }: FileAttributes): string {
  const mode = kind === "folder" ? "drwxr-xr-x" : "-rw-r--r--";
  const time = new Date(modified * 1000);
  const day = String(time.getUTCDate()).padStart(2);
  return `${mode}    1 0        0        ${String(size).padStart(12)} ${months[time.getUTCMonth()]} ${day}  ${time.getUTCFullYear()} ${name}`;
}
