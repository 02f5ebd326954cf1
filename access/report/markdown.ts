import { markdownCellCode, markdownText } from "./escape";
import type { AccessReport, ReportedTenant } from "./model";
import { aboutLines, filesTexts, keyText, loginTexts, shutOutText } from "./wording";

/** The report as a Markdown table, a row for each tenant. Every text from tenants.yaml is escaped. */
export function accessMarkdown(report: AccessReport): string {
  return [
    `## Access of stack ${markdownText(report.stack)} on ${report.today}`,
    "",
    ...aboutLines(report).map((line) => `- ${markdownText(line)}`),
    "",
    "| tenant | login | folders | logs in | files |",
    "|---|---|---|---|---|",
    ...report.tenants.map((tenant) => row(tenant, report.today)),
    "",
  ].join("\n");
}

function row(tenant: ReportedTenant, today: string): string {
  const code = markdownCellCode;
  const { name, userName, folders, keys } = tenant;
  const shutOut = shutOutText(tenant);
  const places = folders.map(({ entry, access, prefix }) => `${code(entry)} ${access} (${code(prefix)})`);
  const waysIn = [
    ...(shutOut === undefined ? [] : [shutOut]),
    ...keys.map((key) => `${code(key.fingerprint)} ${markdownText(keyText(key, today))}`),
    ...loginTexts(tenant).map(markdownText),
  ];
  const cells = [places, waysIn, filesTexts(tenant).map(markdownText)].map((texts) => texts.join("<br>") || "-");
  return `| ${[markdownText(name), markdownText(userName), ...cells].join(" | ")} |`;
}
