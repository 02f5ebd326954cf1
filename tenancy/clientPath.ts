import { quoted, quotedPath } from "./quote";

/** Letters and digits of ASCII alone: two paths that look the same are the same. */
const part = String.raw`(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-](?:[A-Za-z0-9 ._-]*[A-Za-z0-9._-])?`;

/** The path at which clients see a folder or space. It is none of bucket or policy, so it may hold more than a name does. */
export const clientPath = new RegExp(String.raw`^(?:\/${part}){1,8}$`);
export const clientPathRule =
  "1 to 8 parts as in /Out/From_Us, each of ASCII letters, digits, spaces and . _ -, without a space at its ends, and not . or ..";

/** Source: Transfer Family API reference, HomeDirectoryMapEntry, Entry. */
export const clientPathLimit = 1024;

/** The client's path of a tenant's own files once a space stands beside them, hence no folder's or space's. */
export const homePath = "/home";

/** The path of a folder or space that gives none. */
export function defaultPath(name: string): string {
  return `/${name}`;
}

/** The folders on the way to a path, and itself: `/Out`, `/Out/From_Us`. */
export function stepsTo(path: string): string[] {
  const [, ...parts] = path.split("/");
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}

/**
 * Name and path, as tenants.yaml takes them, for a folder that clients know as something that is no name: `Outbound`,
 * `in/archive`. Undefined where it can be no path either.
 * @param isName Whether a text is a name.
 */
export function nameWithPath(text: string, isName: RegExp): string | undefined {
  const path = text.startsWith("/") ? text : defaultPath(text);
  const name = (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
  const isShownWhole = quoted(name) === `"${name}"` && quotedPath(path) === `"${path}"`;
  return clientPath.test(path) && isName.test(name) && isShownWhole ? `name: ${name}, path: ${path}` : undefined;
}
