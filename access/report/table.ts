import { printable } from "../../invisible";
import type { AccessReport, ReportedTenant } from "./model";
import { aboutLines, filesTexts, keyText, loginTexts, shutOutText } from "./wording";

const headings = ["TENANT", "LOGIN", "FOLDER", "ACCESS", "IN THE BUCKET", "LOGS IN", "FILES"];

/** The report as a table for a terminal: as many lines a tenant as it has folders, ways in or listeners, whichever are more. */
export function accessTable(report: AccessReport): string {
  const rows = [headings, ...report.tenants.flatMap((tenant) => rowsOf(tenant, report.today))];
  const shown = rows.map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...shown.map((row) => (row[column] ?? "").length)));
  const padded = shown.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return [
    `Access of stack ${report.stack} on ${report.today}`,
    ...aboutLines(report).map(printable),
    "",
    ...padded.map((line) => line.trimEnd()),
    "",
  ].join("\n");
}

function rowsOf(tenant: ReportedTenant, today: string): string[][] {
  const { name, userName, folders, keys } = tenant;
  const shutOut = shutOutText(tenant);
  const waysIn = [
    ...(shutOut === undefined ? [] : [shutOut]),
    ...keys.map((key) => `${key.fingerprint} ${keyText(key, today)}`),
    ...loginTexts(tenant),
  ];
  const files = filesTexts(tenant);
  return Array.from({ length: Math.max(folders.length, waysIn.length, files.length) }, (_, line) => {
    const { entry = "", access = "", prefix = "" } = folders[line] ?? {};
    const [head, login] = line === 0 ? [name, userName] : ["", ""];
    return [head, login, entry, access, prefix, waysIn[line] ?? "", files[line] ?? ""];
  });
}
