import { printable } from "../../invisible";
import { untilText, type AccessReport, type ReportedTenant } from "./model";

const headings = ["TENANT", "LOGIN", "FOLDER", "ACCESS", "IN THE BUCKET", "KEYS"];

/** The report as a table for a terminal: a line for each folder and each key, whichever a tenant has more of. */
export function accessTable({ stack, today, tenants }: AccessReport): string {
  const rows = [headings, ...tenants.flatMap(rowsOf)].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`Access of stack ${stack} on ${today}`, "", ...lines, ""].join("\n");
}

function rowsOf({ name, userName, state, folders, keys }: ReportedTenant): string[][] {
  if (state === "suspended") {
    return [[name, userName, "-", "suspended", "-", "-"]];
  }
  const height = Math.max(folders.length, keys.length, 1);
  return Array.from({ length: height }, (_, line) => {
    const folder = folders[line];
    const key = keys[line];
    return [
      line === 0 ? name : "",
      line === 0 ? userName : "",
      folder?.entry ?? "",
      folder?.access ?? "",
      folder?.prefix ?? "",
      key ? `${key.fingerprint} ${untilText(key)}` : line === 0 ? "none: cannot log in" : "",
    ];
  });
}
