import { createPublicKey, type JsonWebKey } from "node:crypto";

import { parsePublicKey, privateKeysIn, type PublicKey } from "../tenancy/publicKey";
import { quotedPath } from "../tenancy/quote";
import { UserError } from "../userError";

/** A line that is neither empty nor a comment, and its number in the file. */
export interface KeyLine {
  readonly line: number;
  readonly text: string;
}

const puttyBegin = /^PuTTY-User-Key-File-\d/;
const rfc4716Begin = /^---- BEGIN SSH2 PUBLIC KEY ----$/;
const pemBegin = /^-----BEGIN (?:RSA )?PUBLIC KEY-----$/;

/**
 * The public key of a file in any form that `ssh-keygen -i` reads: RFC 4716 (what PuTTYgen saves as public key), PEM with
 * SubjectPublicKeyInfo ("BEGIN PUBLIC KEY") or PKCS #1 ("BEGIN RSA PUBLIC KEY"); or one line of OpenSSH.
 * @param file What the messages call it.
 * @throws UserError for anything else, and for what Transfer Family does not take; it never quotes the text.
 */
export function keyOfFile(file: string, text: string): PublicKey {
  const lines = keyLines(text);
  const [first] = lines;
  const name = quotedPath(file).slice(1, -1);
  if (first === undefined) {
    throw new UserError(`${name}: there is no key in it`);
  }
  const place = `${name}:${first.line}`;
  if (puttyBegin.test(first.text)) {
    throw new UserError(
      `${place}: this is a file of PuTTY with the private key, which stays with its owner; ` +
        `"puttygen FILE.ppk -O public-openssh" prints the public one (PuTTYgen: the text under "Public key for pasting")`,
    );
  }
  if (privateKeysIn(text).length > 0) {
    throw new UserError(
      `${place}: this is a private key, which stays with its owner; give the public one (the file ending in .pub, ` +
        'or what "ssh-keygen -y -f FILE" prints)',
    );
  }
  if (isConverted(first.text)) {
    return converted(place, first.text, text);
  }
  const [, second] = lines;
  if (second !== undefined) {
    throw new UserError(`${name}:${second.line}: a second key begins here; give one key a file`);
  }
  return keyOfLine(place, first.text);
}

/** Whether a file that begins with this line holds one key in a form that is converted. */
export function isConverted(firstLine: string): boolean {
  return rfc4716Begin.test(firstLine) || pemBegin.test(firstLine);
}

/** What lines a file of keys has, as sshd reads `authorized_keys`: without empty ones and comments. */
export function keyLines(text: string): KeyLine[] {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter((line) => line.text !== "" && !line.text.startsWith("#"));
}

/** @throws UserError with the place, for what is no key that can be deployed. */
function keyOfLine(place: string, line: string): PublicKey {
  const { key, fault } = parsePublicKey(line);
  if (fault !== undefined) {
    throw new UserError(`${place}: ${fault}`);
  }
  return key;
}

function converted(place: string, begin: string, text: string): PublicKey {
  const { blob, comment } = rfc4716Begin.test(begin)
    ? ofRfc4716(place, text)
    : { blob: ofPem(place, text), comment: "" };
  const type = blob.length < 4 ? "" : blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("latin1");
  return keyOfLine(place, `${type} ${blob.toString("base64")} ${comment}`.trimEnd());
}

/** Source: RFC 4716, section 3: headers, of which a line that ends in a backslash goes on in the next, then base64. */
function ofRfc4716(place: string, text: string): { readonly blob: Buffer; readonly comment: string } {
  const [, inside] = /^---- BEGIN SSH2 PUBLIC KEY ----$([\s\S]*?)^---- END SSH2 PUBLIC KEY ----\s*$/m.exec(
    text.replace(/\r\n?/g, "\n"),
  ) ?? [undefined, undefined];
  if (inside === undefined) {
    throw new UserError(`${place}: the line "---- END SSH2 PUBLIC KEY ----" is missing; the file is cut short`);
  }
  const lines = inside.replace(/\\\n/g, "").trim().split("\n");
  const headers = lines.filter((line) => line.includes(":"));
  const [, comment = ""] = /^comment:\s*"?(.*?)"?\s*$/im.exec(headers.join("\n")) ?? [];
  return { blob: Buffer.from(lines.filter((line) => !line.includes(":")).join(""), "base64"), comment };
}

function ofPem(place: string, text: string): Buffer {
  try {
    const key = createPublicKey(text);
    return blobOf(key.asymmetricKeyType ?? "", key.export({ format: "jwk" }));
  } catch (error) {
    if (error instanceof UserError) {
      throw error;
    }
    throw new UserError(`${place}: this is not a public key that can be read; copy it again from where it was made`);
  }

  /** Source: RFC 4253, section 6.6 (RSA); RFC 5656, section 3.1 (ECDSA); RFC 8709, section 4 (Ed25519). */
  function blobOf(kind: string, { n = "", e = "", x = "", y = "", crv = "" }: JsonWebKey): Buffer {
    if (kind === "rsa") {
      return strings("ssh-rsa", mpint(e), mpint(n));
    }
    if (kind === "ed25519") {
      return strings("ssh-ed25519", Buffer.from(x, "base64url"));
    }
    const curve = curves[crv];
    if (curve === undefined) {
      throw new UserError(
        `${place}: the key is ${kind}; Transfer Family takes Ed25519, ECDSA (P-256, P-384, P-521) and RSA`,
      );
    }
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
    return strings(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
  }
}

/** The curves by their names in RFC 7518: their names in RFC 5656. */
const curves: Readonly<Record<string, string>> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

/** A positive number as SSH has it: with a zero byte before a highest bit that would be a sign (RFC 4251, section 5). */
function mpint(base64url: string): Buffer {
  const digits = Buffer.from(base64url, "base64url");
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
}

function strings(type: string, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(
    [Buffer.from(type), ...fields].flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}
