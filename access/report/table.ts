import { printable } from "../../invisible";
import { loginNotes, untilText, type AccessReport, type ReportedTenant } from "./model";

const headings = ["TENANT", "LOGIN", "FOLDER", "ACCESS", "IN THE BUCKET", "LOGS IN WITH"];

/** The report as a table for a terminal: a line for each folder and each way to log in, whichever a tenant has more of. */
export function accessTable({ stack, today, tenants }: AccessReport): string {
  const rows = [headings, ...tenants.flatMap(rowsOf)].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const padded = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return [`Access of stack ${stack} on ${today}`, "", ...padded.map((line) => line.trimEnd()), ""].join("\n");
}

function rowsOf(reported: ReportedTenant): string[][] {
  const { name, userName, state, folders, keys } = reported;
  if (state === "suspended") {
    return [[name, userName, "-", "suspended", "-", "-"]];
  }
  const ways = [...keys.map((key) => `${key.fingerprint} ${untilText(key)}`), ...loginNotes(reported)];
  return Array.from({ length: Math.max(folders.length, ways.length) }, (_, line) => {
    const { entry = "", access = "", prefix = "" } = folders[line] ?? {};
    const [tenant, login] = line === 0 ? [name, userName] : ["", ""];
    return [tenant, login, entry, access, prefix, ways[line] ?? ""];
  });
}
