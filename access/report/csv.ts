import { printable } from "../../invisible";
import type { AccessReport, ReportedTenant } from "./model";
import { listenerText, shutOutText } from "./wording";

/** A line is about one thing that a tenant has; what is said of the tenant and of the report stands in each. */
const columns = [
  ...["stack", "day", "commit", "servers", "buckets"],
  ...["tenant", "login", "state", "description", "contact", "password", "addresses", "retention days"],
  ...[
    "what",
    "folder",
    "access",
    "in the bucket",
    "space",
    "key type",
    "fingerprint",
    "comment",
    "expires",
    "listener",
  ],
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * The report for a spreadsheet, as RFC 4180 has it, in UTF-8: a line for each folder, key and listener of each tenant, and one
 * for a tenant without any. No cell can become a formula.
 */
export function accessCsv(report: AccessReport): string {
  const { stack, today, commit = "", servers, buckets } = report;
  const about: Row = {
    stack,
    day: today,
    commit,
    servers: servers.map(({ name }) => name).join(" "),
    buckets: buckets.join(" "),
  };
  const rows = report.tenants.flatMap((tenant) => {
    const head = { ...about, ...headOf(tenant) };
    const things = thingsOf(tenant);
    return (things.length === 0 ? [{}] : things).map((thing): Row => ({ ...head, ...thing }));
  });
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column] ?? "")))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function headOf(tenant: ReportedTenant): Row {
  const { name, userName, state, description = "", contact = "", password, allowedCidrs, retentionDays } = tenant;
  return {
    tenant: name,
    login: userName,
    state: shutOutText(tenant) ?? state,
    description,
    contact,
    password: password ? "yes" : "no",
    addresses: allowedCidrs?.join(" ") ?? "",
    "retention days": retentionDays === undefined ? "" : String(retentionDays),
  };
}

function thingsOf({ folders, keys, listeners }: ReportedTenant): Row[] {
  return [
    ...folders.map(({ entry, access, prefix, space = "" }) => ({
      what: "folder",
      folder: entry,
      access,
      "in the bucket": prefix,
      space,
    })),
    ...keys.map(({ type, fingerprint, comment, expires = "" }) => ({
      what: "key",
      "key type": type,
      fingerprint,
      comment,
      expires,
    })),
    ...listeners.map((listener) => ({ what: "listener", listener: listenerText(listener) })),
  ];
}

/**
 * Where a spreadsheet would begin a formula: at the start of a cell, and behind what separates cells where the comma does not.
 * Source: OWASP, "CSV Injection". The full-width forms are read as the ASCII ones in East Asian locales.
 */
const beginsFormula = /(^|[;\t])(?=\s*[=+\-@＝＋－＠|%])/gu;

function cell(text: string): string {
  return `"${printable(text).replace(beginsFormula, "$1'").replaceAll('"', '""')}"`;
}
