import { markdownCellCode, markdownText } from "./escape";
import { loginNotes, untilText, type AccessReport, type ReportedTenant } from "./model";

/** The report as a Markdown table, a row for each tenant. Every text from tenants.yaml is escaped. */
export function accessMarkdown({ stack, today, tenants }: AccessReport): string {
  return [
    `## Access of stack ${markdownText(stack)} on ${today}`,
    "",
    "| tenant | login | folders | logs in with |",
    "|---|---|---|---|",
    ...tenants.map(row),
    "",
  ].join("\n");
}

function row(reported: ReportedTenant): string {
  const { name, userName, state, folders, keys } = reported;
  const code = markdownCellCode;
  const places = folders.map(({ entry, access, prefix }) => `${code(entry)} ${access} (${code(prefix)})`);
  const inUse = keys.map((key) => `${code(key.fingerprint)} ${untilText(key)}`);
  const ways = [...inUse, ...loginNotes(reported).map(markdownText)];
  const cells = state === "suspended" ? ["suspended", "-"] : [places.join("<br>"), ways.join("<br>")];
  return `| ${[markdownText(name), markdownText(userName), ...cells].join(" | ")} |`;
}
