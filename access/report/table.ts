import { printable } from "../../invisible";
import { untilText, type AccessReport, type ReportedTenant } from "./model";

const headings = ["TENANT", "LOGIN", "FOLDER", "ACCESS", "IN THE BUCKET", "KEYS"];

/** The report as a table for a terminal: a line for each folder and each key, whichever a tenant has more of. */
export function accessTable({ stack, today, tenants }: AccessReport): string {
  const rows = [headings, ...tenants.flatMap(rowsOf)].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const padded = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return [`Access of stack ${stack} on ${today}`, "", ...padded.map((line) => line.trimEnd()), ""].join("\n");
}

function rowsOf({ name, userName, state, folders, keys }: ReportedTenant): string[][] {
  if (state === "suspended") {
    return [[name, userName, "-", "suspended", "-", "-"]];
  }
  return Array.from({ length: Math.max(folders.length, keys.length, 1) }, (_, line) => {
    const { entry = "", access = "", prefix = "" } = folders[line] ?? {};
    const [tenant, login, noKey] = line === 0 ? [name, userName, "none: cannot log in"] : ["", "", ""];
    const key = keys[line];
    return [tenant, login, entry, access, prefix, key ? `${key.fingerprint} ${untilText(key)}` : noKey];
  });
}
