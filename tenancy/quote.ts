import { otherSpace, printable } from "../invisible";

/** Long enough to recognise a name, short enough for one line of a terminal. */
const maxQuoted = 60;

/** More than is shown, so that what is cut off still counts when key material is recognised. */
const maxLooked = 1000;

/** Runs this long look like key material or a password, which never reaches a message. */
const secretLike = /[A-Za-z0-9+/=]{24,}/g;

/** Text as a message may show it: quoted, at most 60 characters, controls escaped, what looks like key material left out. */
export function quoted(text: string): string {
  return cut(masked(text.slice(0, maxLooked)));
}

/** The same for a path, whose slashes are no part of what could be key material. */
export function quotedPath(path: string): string {
  return cut(path.slice(0, maxLooked).split("/").map(masked).join("/"));
}

/** What a message may show of a URL: neither a password nor what follows a `?`, which may be a token. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/.*@/s, "//...@").replace(/[?#].+$/s, "?...");
}

function masked(text: string): string {
  return text.replace(secretLike, "...");
}

function cut(text: string): string {
  return `"${printable(text.length > maxQuoted ? `${text.slice(0, maxQuoted)}...` : text)}"`;
}

/** `U+0007`, for a message about the character itself. */
export function characterName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `U+0430` of a text in which only characters of ASCII are right, whatever others look like; undefined where it is. */
export function foreignCharacter(text: string): string | undefined {
  const [character] = /[^\0-\x7f]/u.exec(text) ?? [];
  return character && characterName(character);
}

/** For text in which only plain spaces part words. */
export function faultOfSpace(text: string): string | undefined {
  const [character] = otherSpace.exec(text) ?? [];
  return character && `the character ${characterName(character)} looks like a space and is none; type a space instead`;
}

/** `dev`, `dev and prod`, `dev, prod and test`. */
export function listed(words: readonly string[], conjunction = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
