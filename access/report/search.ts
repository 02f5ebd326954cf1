import { createHash } from "node:crypto";

/**
 * The one script of the page: hides the tenants of which no text holds what is typed, and opens what is printed. Without scripts there is no field, and
 * the browser's own search finds the same.
 */
export const searchScript = `
const field = document.querySelector("#search");
const found = document.querySelector("#found");
const rows = [...document.querySelectorAll("tbody tr")];
const sections = [...document.querySelectorAll("details")];
const texts = rows.map((row, at) => (row.textContent + " " + sections[at].textContent).toLowerCase());
function show() {
  const wanted = field.value.trim().toLowerCase();
  const shown = texts.map((text) => text.includes(wanted));
  shown.forEach((isShown, at) => { rows[at].hidden = sections[at].hidden = !isShown; });
  found.textContent = shown.filter(Boolean).length + " of " + rows.length + " tenants";
}
field.parentElement.hidden = false;
field.addEventListener("input", show);
addEventListener("hashchange", open);
addEventListener("beforeprint", () => sections.forEach((section) => { section.open = true; }));
function open() {
  const section = sections.find(({ id }) => "#" + id === decodeURIComponent(location.hash));
  if (section) { section.open = true; }
}
show();
open();
`;

/** How the page's policy names the script, so that no other one runs. Source: CSP Level 3, "hash-source". */
export const searchScriptSource = `'sha256-${createHash("sha256").update(searchScript).digest("base64")}'`;
