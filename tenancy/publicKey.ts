import { visibleLine } from "../invisible";
import { faultOfEdwardsPoint } from "./edwardsPoint";
import { fingerprintOf } from "./fingerprint";
import { faultOfBlob, identityOfBlob } from "./keyBlob";
import { faultOfSpace, quoted } from "./quote";

/** What Transfer Family accepts of the OpenSSH key types. Source: API reference, ImportSshPublicKey. */
export const keyTypes = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "ssh-rsa",
] as const;

/** Longest type and body, which is what Transfer Family is given. Source: its API reference, SshPublicKeyBody. */
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

/** How the private half begins in the files of OpenSSH, OpenSSL and RFC 4716, and what begins the whole file of PuTTY. */
const privateKeyBegin = /-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File/gi;

const privateKeyPart = /(?:BEGIN|END) [A-Z0-9 ]*PRIVATE KEY/i;
const puttyFile = /PuTTY-User-Key-File/i;

const newPair = "and make a new key pair: everyone who can read this file may have copied it";
const privateKeyFault = `this is a private key; remove it, give the public one (the file ending in .pub), ${newPair}`;
const puttyFault =
  "this is a file of PuTTY, which holds the private key; remove it, give what " +
  `"puttygen FILE -O public-openssh" prints, ${newPair}`;

/**
 * Where private keys begin in a text, and what to tell about each; they never belong into one that others read, not even
 * into a comment.
 */
export function privateKeysIn(text: string): { readonly offset: number; readonly fault: string }[] {
  return Array.from(text.matchAll(privateKeyBegin), ({ 0: begin, index: offset }) => ({
    offset,
    fault: faultOfPrivate(begin) ?? privateKeyFault,
  }));
}

/** Whether a fault is that of a private key, which {@link privateKeysIn} finds as well. */
export function isOfPrivateKey(fault: string): boolean {
  return fault === privateKeyFault || fault === puttyFault;
}

function faultOfPrivate(text: string): string | undefined {
  return puttyFile.test(text) ? puttyFault : privateKeyPart.test(text) ? privateKeyFault : undefined;
}

/** Exactly the base64 of the strings "ssh-ed25519" and 32 bytes: spares nearly every key of a long file the decoding. */
const ed25519Body = /^AAAAC3NzaC1lZDI1NTE5AAAAI[A-P][A-Za-z0-9+/]{42}$/;

const plainComment = /^[ -~]*$/;

const typeOfKey = String.raw`(?:${keyTypes.join("|")}|ssh-dss|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)`;

/** How the blobs of the types begin, wherever they stand; the length of a type and the first letters of its name. */
const beginOfBlob = "AAAA(?:C3NzaC1lZDI1NTE5|B3NzaC1yc2|E2VjZHNhLXNoYT)";

/** A key, behind the body of another: a type with base64 text behind it, or the text that every blob begins with. */
const furtherKey = new RegExp(
  String.raw`${typeOfKey}\s+(?:AAAA|[A-Za-z0-9+/]{16})|(?<=[^A-Za-z0-9+/])AAAA[A-Z][A-Za-z0-9+/]{20}|${beginOfBlob}`,
);

/**
 * Reads one line of an OpenSSH `.pub` file: type, base64 blob and an optional comment. White space around it is dropped, and
 * a tab counts as a space.
 */
export function parsePublicKey(text: string): ParsedKey {
  const line = text.trim().replaceAll("\t", " ");
  const [type, rest] = firstWord(line);
  const [body, comment] = firstWord(rest);
  const isPlain = type === "ssh-ed25519" && ed25519Body.test(body) && plainComment.test(comment);
  const fault =
    faultOfPrivate(line) ??
    (isPlain
      ? (faultOfFurtherKey(comment) ?? faultOfEdwardsPoint(body))
      : (faultOfType(type, line) ?? faultOfText(type, body, comment) ?? faultOfBlob(type, body)));
  return fault === undefined
    ? { key: { type, body, comment, fingerprint: fingerprintOf(Buffer.from(body, "base64")) } }
    : { fault };
}

/** Two keys with the same are one key, whatever their comments. */
export function identityOf({ type, body }: Pick<PublicKey, "type" | "body">): string {
  return identityOfBlob(type, body);
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

/** Its first line or, where only others were copied, its header or its last one. */
const rfc4716Line = /^-{4,5} ?BEGIN SSH2 PUBLIC KEY|^Comment: "|-{4,5} ?END SSH2 PUBLIC KEY/i;

/** What to tell about the form that PuTTYgen saves. */
export const rfc4716Fault = `the key is in RFC 4716 form; convert it with "ssh-keygen -i -f FILE"; ${expected}`;

/** What to tell about a key of which a line is not indented. */
export const keyContinuedFault = "the text of a key goes on here, in column 1; write the key on one line";

/** What is put in the place of a key by mistake, by what such a line looks like. */
const mistakes: readonly (readonly [line: RegExp, fault: string])[] = [
  [/^$/, `the key is empty; ${expected}`],
  [/(?:^| )ssh-dss( |$)/, "DSA keys (ssh-dss) are too weak; use ssh-ed25519, or RSA with at least 2048 bits"],
  [
    /(?:^| )(?:webauthn-)?sk-(?:ssh|ecdsa)-/,
    "keys of security tokens (sk-...) do not work with Transfer Family; use ssh-ed25519, ECDSA or RSA",
  ],
  [
    /(?:^| )[^ ]*-cert-v\d\d@openssh\.com( |$)/,
    "this is a certificate, which Transfer Family does not take; put the public key it was made from",
  ],
  [
    /^["'`<«\u2018-\u201f]/,
    "quotes or brackets stand around the key, and not as YAML has them; remove them, begin with the key type",
  ],
  [
    new RegExp(`(${keyTypes.join("|")}) `),
    "options in front of a key (authorized_keys) are not supported; begin with the key type",
  ],
  [rfc4716Line, rfc4716Fault],
  [
    /^-{5}BEGIN PUBLIC KEY/,
    `the key is in OpenSSL's form; convert it with "ssh-keygen -i -m PKCS8 -f FILE"; ${expected}`,
  ],
  [
    /^-{5}BEGIN RSA PUBLIC KEY/,
    `the key is in OpenSSL's form; convert it with "ssh-keygen -i -m PEM -f FILE"; ${expected}`,
  ],
  [/^-{5}BEGIN CERTIFICATE/, `this is a certificate of TLS, not a key for SSH; ${expected}`],
  [/^-{5}BEGIN PGP /, `this is a key of OpenPGP, not one for SSH; ${expected}`],
  [/^AAAA[A-Za-z0-9+/]{20}/, `the key's type is missing before it; ${expected}`],
  [
    /^[^ ]+\.(?:pub|keys)$|^(?:~|\.{0,2})\/[^ ]+$/,
    "this is the name of a file; put the line that stands in the file, since no other file is read",
  ],
  [/^(?:\d+ )?(?:SHA256:|MD5:|(?:[\da-f]{2}:){15})/, `this is a fingerprint, not a key; ${expected}`],
];

function faultOfType(type: string, line: string): string | undefined {
  const isKnown = keyTypes.some((known) => known === type);
  const mistake = isKnown ? undefined : mistakes.find(([begin]) => begin.test(line))?.[1];
  if (mistake !== undefined) {
    return mistake;
  }
  if (/[\r\n]/.test(line)) {
    // Without the first letter of its own body, which would be taken for another key's.
    const behind = line.slice(type.length).trimStart().slice(1);
    return faultOfFurtherKey(behind) ?? "the key has several lines; write it on one line";
  }
  return isKnown
    ? undefined
    : (faultOfSpace(type) ?? `unknown key type ${quoted(type)}; ${expected}, of type ${keyTypes.join(", ")}`);
}

function faultOfText(type: string, body: string, comment: string): string | undefined {
  if (body === "") {
    return `the key ends after its type; ${expected}`;
  }
  const length = type.length + 1 + body.length;
  if (length > maxKeyLength) {
    return `the key has ${length} characters without its comment; Transfer Family takes at most ${maxKeyLength}`;
  }
  return (
    faultOfFurtherKey(`${body} ${comment}`.slice(1)) ??
    faultOfSpace(body) ??
    (visibleLine.test(comment) ? undefined : "the key's comment holds a control character; remove it")
  );
}

/** Whoever forgets a dash, or joins keys by a comma, has one key with the next one for its comment, which logs nobody in. */
function faultOfFurtherKey(behind: string): string | undefined {
  return furtherKey.test(` ${behind}`)
    ? 'the entry holds two keys; make each an entry of its own, with a "- " before it'
    : undefined;
}
