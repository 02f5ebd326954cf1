import { accessNames, accessProfiles, type Access } from "../../tenancy/access";
import { htmlText } from "./escape";
import { loginNotes, untilText, type AccessReport, type ReportedFolder, type ReportedTenant } from "./model";

/**
 * The report as one HTML page without scripts or anything from elsewhere: the matrix of tenants and folders, then each
 * tenant with its places and what opens it. Every text from tenants.yaml is escaped.
 */
export function accessHtml(report: AccessReport): string {
  const title = `Access of stack ${htmlText(report.stack)} on ${report.today}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
${matrix(report.tenants)}
${report.tenants.map(tenantSection).join("\n")}
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; padding: 0 1rem; }
.matrix { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: center; white-space: nowrap; }
tbody th { background: Canvas; left: 0; position: sticky; text-align: left; }
${accessNames.map((access, at) => `.${access} { background: hsl(${(at * 360) / accessNames.length} 60% 50% / 35%); }`).join(" ")}
section { border-top: 1px solid #8888; margin-top: 1.5rem; }
code { overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; }
`;

/** The short form of a profile; what is given without being one has none. */
function markOf(access: string): string | undefined {
  return Object.hasOwn(accessProfiles, access) ? accessProfiles[access as Access].mark : undefined;
}

/** Columns: folders by their paths, then a tenant's own files, and spaces by name. */
function columnOf({ entry, space }: ReportedFolder): string {
  return space !== undefined ? `space ${space}` : entry === "/" || entry === "/home" ? "own files" : entry;
}

function matrix(tenants: readonly ReportedTenant[]): string {
  const columns = [...new Set(tenants.flatMap(({ folders }) => folders.map(columnOf)))].sort();
  const head = columns.map((column) => `<th scope="col">${htmlText(column)}</th>`).join("");
  const rows = tenants.map((tenant) => {
    const cells = columns.map((column) => cell(tenant.folders.find((folder) => columnOf(folder) === column)));
    return `<tr><th scope="row"><a href="#${htmlText(tenant.name)}">${htmlText(tenant.name)}</a></th>${cells.join("")}</tr>`;
  });
  const key = accessNames.map((access) => `${accessProfiles[access].mark} ${access}`);
  return `<div class="matrix"><table>
<thead><tr><th scope="col">tenant</th>${head}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>
<p>${key.join(", ")}; an empty cell: no access.</p>`;
}

function cell(folder: ReportedFolder | undefined): string {
  if (folder === undefined) {
    return "<td></td>";
  }
  const access = htmlText(folder.access);
  return `<td class="${access}" title="${access}">${markOf(folder.access) ?? access}</td>`;
}

function tenantSection(tenant: ReportedTenant): string {
  const { name, userName, description, contact, state } = tenant;
  const about = [description, contact].flatMap((text) => (text === undefined ? [] : `<br>${htmlText(text)}`));
  return `<section id="${htmlText(name)}">
<h2>${htmlText(name)}</h2>
<p>Logs in as ${code(userName)}${about.join("")}</p>
${state === "suspended" ? "<p>Suspended: cannot log in.</p>" : accessLists(tenant)}
</section>`;
}

function accessLists(reported: ReportedTenant): string {
  const { folders, keys, landingFolder } = reported;
  const places = folders.map(({ entry, access, prefix }) => `<li>${code(entry)} ${access}: ${code(prefix)}</li>`);
  const inUse = keys.map((key) => `<li>${code(key.fingerprint)} ${htmlText(key.comment)} (${untilText(key)})</li>`);
  const notes = loginNotes(reported).map((note) => `<li>${htmlText(note)}</li>`);
  return `<p>Lands in ${code(landingFolder)}</p>
<ul>${places.join("")}</ul>
<p>Logs in with</p>
<ul>${[...inUse, ...notes].join("")}</ul>`;
}

function code(text: string): string {
  return `<code>${htmlText(text)}</code>`;
}
