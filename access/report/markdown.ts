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
  const code = markdownCellCode;
  const places = folders.map(({ entry, access, prefix }) => `${code(entry)} ${access} (${code(prefix)})`);
  const inUse = keys.map((key) => `${code(key.fingerprint)} ${untilText(key)}`).join("<br>") || "none: cannot log in";
  const cells = state === "suspended" ? ["suspended", "-"] : [places.join("<br>"), inUse];
  return `| ${[markdownText(name), markdownText(userName), ...cells].join(" | ")} |`;
}
