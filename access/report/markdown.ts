import { markdownCellCode, markdownText } from "./escape";
import { untilText, type AccessReport, type ReportedTenant } from "./model";

/** The report as a Markdown table, a row for each tenant. Every text from tenants.yaml is escaped. */
export function accessMarkdown({ stack, today, tenants }: AccessReport): string {
  return [
    `## Access of stack ${markdownText(stack)} on ${today}`,
    "",
    "| tenant | login | folders | keys |",
    "|---|---|---|---|",
    ...tenants.map(row),
    "",
  ].join("\n");
}

function row({ name, userName, state, folders, keys }: ReportedTenant): string {
  const places = folders.map(
    ({ entry, access, prefix }) => `${markdownCellCode(entry)} ${access} (${markdownCellCode(prefix)})`,
  );
  const inUse = keys.map((key) => `${markdownCellCode(key.fingerprint)} ${untilText(key)}`);
  const cells = [
    markdownText(name),
    markdownText(userName),
    state === "suspended" ? "suspended" : places.join("<br>"),
    state === "suspended" ? "-" : inUse.join("<br>") || "none: cannot log in",
  ];
  return `| ${cells.join(" | ")} |`;
}
