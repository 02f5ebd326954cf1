import { hash } from "node:crypto";

import { visibleLine } from "../invisible";
import { faultOfBlob } from "./keyBlob";
import { quoted } from "./quote";

/** What Transfer Family accepts of the OpenSSH key types. Source: API reference, ImportSshPublicKey. */
export const keyTypes = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "ssh-rsa",
] as const;

/** Longest key with its comment. Source: Transfer Family API reference, SshPublicKeyBody. */
export const maxKeyLength = 2048;

/** A parsed OpenSSH public key. */
export interface PublicKey {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  /** The base64 blob. */
  readonly body: string;
  readonly comment: string;
  /** `SHA256:...`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** Either the key, or what is wrong with it in the words of whoever pasted it; never the pasted text. */
export type ParsedKey =
  { readonly key: PublicKey; readonly fault?: undefined } | { readonly key?: undefined; readonly fault: string };

const expected = `a public key is one line like "ssh-ed25519 AAAA... comment"`;

/** How the private half begins in the files of OpenSSH, OpenSSL, RFC 4716 and PuTTY. */
const privateKeyBegin = /-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File/gi;

const privateKeyPart = /(?:BEGIN|END) [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File/i;

/** Where private keys begin in a text; they never belong into one that others read, not even into a comment. */
export function privateKeysIn(text: string): number[] {
  return Array.from(text.matchAll(privateKeyBegin), ({ index }) => index);
}

/** What to tell about a private key. */
export const privateKeyFault =
  "this is a private key; remove it, give the public one (the file ending in .pub), and make a new key pair: " +
  "everyone who can read this file may have copied it";

/** Exactly the base64 of the strings "ssh-ed25519" and 32 bytes: spares nearly every key of a long file the decoding. */
const ed25519Body = /^AAAAC3NzaC1lZDI1NTE5AAAAI[A-P][A-Za-z0-9+/]{42}$/;

const plainComment = /^[ -~]*$/;

/** Reads one line of an OpenSSH `.pub` file: type, base64 blob and an optional comment. White space around it is dropped. */
export function parsePublicKey(text: string): ParsedKey {
  if (privateKeyPart.test(text)) {
    return { fault: privateKeyFault };
  }
  const line = text.trim();
  if (line.length > maxKeyLength) {
    return { fault: `the key has ${line.length} characters; Transfer Family takes at most ${maxKeyLength}` };
  }
  if (/[\r\n]/.test(line)) {
    return { fault: "the key has several lines; write one public key per entry, on one line" };
  }
  const [type, rest] = firstWord(line);
  const [body, comment] = firstWord(rest);
  if (type === "ssh-ed25519" && ed25519Body.test(body) && plainComment.test(comment)) {
    return { key: { type, body, comment, fingerprint: fingerprintOf(body) } };
  }
  const fault = faultOfType(type, line) ?? faultOfText(body, comment) ?? faultOfBlob(type, body);
  return fault === undefined ? { key: { type, body, comment, fingerprint: fingerprintOf(body) } } : { fault };
}

/** The key as one line, which {@link parsePublicKey} reads back to the same. */
export function publicKeyLine({ type, body, comment }: PublicKey): string {
  return comment === "" ? `${type} ${body}` : `${type} ${body} ${comment}`;
}

/** The text up to the first space, and what follows the spaces after it. */
function firstWord(text: string): [word: string, rest: string] {
  const end = text.indexOf(" ");
  return end === -1 ? [text, ""] : [text.slice(0, end), text.slice(end).trimStart()];
}

/** Base64 without padding of the blob's SHA-256, as `ssh-keygen -l` prints it. */
function fingerprintOf(body: string): string {
  return `SHA256:${hash("sha256", Buffer.from(body, "base64"), "base64").slice(0, 43)}`;
}

/** What is put in the place of a key by mistake, by what such a line looks like. */
const mistakes: readonly (readonly [line: RegExp, fault: string])[] = [
  [/^$/, `the key is empty; ${expected}`],
  [/^ssh-dss( |$)/, "DSA keys (ssh-dss) are too weak; use ssh-ed25519, or RSA with at least 2048 bits"],
  [/^sk-/, "keys of security tokens (sk-...) do not work with Transfer Family; use ssh-ed25519, ECDSA or RSA"],
  [
    /^[^ ]*-cert-v\d\d@openssh\.com( |$)/,
    "this is a certificate, which Transfer Family does not take; put the public key it was made from",
  ],
  [
    new RegExp(`(${keyTypes.join("|")}) `),
    "options in front of a key (authorized_keys) are not supported; begin with the key type",
  ],
  [/^---- BEGIN SSH2 PUBLIC KEY/, `the key is in RFC 4716 form; convert it with "ssh-keygen -i -f FILE"; ${expected}`],
  [/^SHA256:|^MD5:/, `this is a fingerprint, not a key; ${expected}`],
];

function faultOfType(type: string, line: string): string | undefined {
  return keyTypes.some((known) => known === type)
    ? undefined
    : (mistakes.find(([begin]) => begin.test(line))?.[1] ??
        `unknown key type ${quoted(type)}; ${expected}, of type ${keyTypes.join(", ")}`);
}

function faultOfText(body: string, comment: string): string | undefined {
  if (body === "") {
    return `the key ends after its type; ${expected}`;
  }
  return visibleLine.test(comment) ? undefined : "the key's comment holds a control character; remove it";
}
