import { accessNames, accessProfiles, type Access } from "../../tenancy/access";
import { htmlText } from "./escape";
import type { AccessReport, ReportedFolder, ReportedTenant } from "./model";
import { searchScript, searchScriptSource } from "./search";
import { aboutLines, filesTexts, keyText, loginTexts, shutOutText } from "./wording";

/**
 * The report as one HTML page with nothing from elsewhere: the matrix of tenants and spaces, in which each tenant's own folders
 * stand by themselves, then each tenant with its places, ways in and listeners. Every text from tenants.yaml is escaped, and
 * the page's policy runs its own script alone.
 */
export function accessHtml(report: AccessReport): string {
  const title = `Access of stack ${htmlText(report.stack)} on ${report.today}`;
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src ${searchScriptSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<ul>${items(aboutLines(report).map(htmlText))}</ul>
<p hidden><label for="search">Search</label> <input id="search" type="search" autocomplete="off"> <output id="found"></output></p>
${matrix(report.tenants)}
${report.tenants.map((tenant) => tenantDetails(tenant, report.today)).join("\n")}
<script>${searchScript}</script>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem; }
[hidden] { display: none !important; }
input { font: inherit; max-width: 100%; padding: .3rem .6rem; }
.matrix { max-height: 80vh; overflow: auto; }
table { border-collapse: separate; border-spacing: 0; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: Canvas; position: sticky; }
thead th { top: 0; z-index: 1; }
tbody th, thead th:first-child { left: 0; }
thead th:first-child { z-index: 2; }
td span { border-radius: .3rem; display: inline-block; margin: .1rem; padding: 0 .3rem; }
${accessNames.map((access, at) => `.${access} { background: hsl(${(at * 360) / accessNames.length} 60% 50% / 35%); }`).join(" ")}
details { border-top: 1px solid #8888; padding: .5rem 0; }
summary { cursor: pointer; font-weight: bold; }
code, td, th { overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; }
@media (max-width: 40rem) { body { padding: 0 .5rem; } th, td { padding: .2rem .3rem; } tbody th { max-width: 8rem; } }
@media print { .matrix { max-height: none; overflow: visible; } th { position: static; } }
`;

/** The short form of a profile; what is given without being one has none. */
function markOf(access: string): string {
  return Object.hasOwn(accessProfiles, access) ? accessProfiles[access as Access].mark : access;
}

/** A space is one place for all its members, so it has a column; folders of tenants have the same names and nothing else. */
function matrix(tenants: readonly ReportedTenant[]): string {
  const spaces = [...new Set(tenants.flatMap(({ folders }) => folders.flatMap(({ space }) => space ?? [])))].sort();
  const head = ["tenant", "own folders, which no other tenant has", ...spaces.map((space) => `space ${space}`)];
  const rows = tenants.map((tenant) => {
    const own = tenant.folders.filter(({ space }) => space === undefined).map((folder) => badge(folder, folder.entry));
    const inSpaces = spaces.map((name) => tenant.folders.filter(({ space }) => space === name).map((at) => badge(at)));
    const shutOut = shutOutText(tenant);
    const first = shutOut === undefined ? own : [`${htmlText(shutOut)} `, ...own];
    const cells = [first, ...inSpaces].map((shown) => `<td>${shown.join("")}</td>`);
    return `<tr><th scope="row"><a href="#tenant-${htmlText(tenant.name)}">${htmlText(tenant.name)}</a></th>${cells.join("")}</tr>`;
  });
  const key = accessNames.map((access) => `${accessProfiles[access].mark} ${access}`);
  return `<div class="matrix"><table>
<thead><tr>${head.map((column) => `<th scope="col">${htmlText(column)}</th>`).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>
<p>${key.join(", ")}; an empty cell: no access.</p>`;
}

/** What may be done in a folder, with the path that the client sees where the column does not say it. */
function badge({ access, prefix }: ReportedFolder, entry = ""): string {
  const shown = htmlText([entry, markOf(access)].filter(Boolean).join(" "));
  return `<span class="${htmlText(access)}" title="${htmlText(`${access}: ${prefix}`)}">${shown}</span>`;
}

function tenantDetails(tenant: ReportedTenant, today: string): string {
  const { name, userName, description, contact, landingFolder, folders, keys } = tenant;
  const shutOut = shutOutText(tenant);
  const about = [description, contact].flatMap((text) => (text === undefined ? [] : `<br>${htmlText(text)}`));
  const places = folders.map(({ entry, access, prefix, space }) => {
    const owner = space === undefined ? "" : `, space ${htmlText(space)}`;
    return `${code(entry)} ${htmlText(access)}: ${code(prefix)}${owner}`;
  });
  const waysIn = [
    ...keys.map((key) => `${code(key.fingerprint)} ${htmlText(keyText(key, today))}`),
    ...loginTexts(tenant).map(htmlText),
  ];
  return `<details id="tenant-${htmlText(name)}">
<summary>${htmlText(name)}${shutOut === undefined ? "" : ` (${htmlText(shutOut)})`}</summary>
<p>Logs in as ${code(userName)}${about.join("")}</p>
${list(`Folders, landing in ${code(landingFolder)}`, places)}
${list("Ways in", waysIn)}
${list("Files", filesTexts(tenant).map(htmlText))}
</details>`;
}

function list(heading: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : `<p>${heading}</p>\n<ul>${items(entries)}</ul>`;
}

function items(entries: readonly string[]): string {
  return entries.map((entry) => `<li>${entry}</li>`).join("");
}

function code(text: string): string {
  return `<code>${htmlText(text)}</code>`;
}
