import { createPrivateKey, sign, verify, type KeyObject } from "node:crypto";
import { publicKeyObject, stringsOf } from "../tenancy/keyBlob";
import { parsePublicKey } from "../tenancy/publicKey";
import { secretStandIn } from "./secret";

/** Longest private half in characters. Source: Transfer Family API reference, CreateServer, HostKey. */
const maxLength = 4096;

/** What to do with a key that is in another form, on a copy since ssh-keygen changes the file. */
const converted = "convert a copy of it with \"ssh-keygen -p -m PEM -N '' -f COPY\"";

const passphrase = `the key has a passphrase, which a server cannot be asked for; ${converted}`;
const damaged = "the key is damaged; take the whole file once more";
const publicInstead =
  "this is a public key; the private one stands here, and the public one in the setting hostKeyPublic";

/** Either the key, or what is wrong with it; never a part of its text. */
type ReadKey = { readonly key: KeyObject; readonly fault?: undefined } | { readonly fault: string };

/**
 * What is wrong with the private half of a host key and what would be right; undefined: nothing, or that it is not known
 * here. Transfer takes RSA and ECDSA keys as PEM and Ed25519 keys in OpenSSH's form.
 * Source: Transfer Family API reference, CreateServer, HostKey.
 */
export function faultOfHostKey(text: string): string | undefined {
  if (text === secretStandIn) {
    return undefined;
  }
  return text.trim().length > maxLength
    ? `the key has ${text.trim().length} characters; Transfer takes at most ${maxLength}, which an RSA key of 4096 bits has room in`
    : readPrivateKey(text).fault;
}

/** What is wrong with the public half, to be read after which setting it is; undefined: nothing. */
export function faultOfHostKeyPublic(line: string): string | undefined {
  return parsePublicKey(line).fault;
}

/** Why two halves without a fault of their own are not one key; undefined: they are, or that it is not known here. */
export function faultOfHalves(privateHalf: string, publicLine: string): string | undefined {
  const { key: publicHalf } = parsePublicKey(publicLine);
  const read = privateHalf === secretStandIn ? undefined : readPrivateKey(privateHalf);
  return publicHalf === undefined || read === undefined || read.fault !== undefined || isPair(read.key, publicHalf)
    ? undefined
    : `they are halves of two keys; "ssh-keygen -y -f FILE" prints the public half of the private one`;
}

/** What the one signs the other has to verify: the public half that a private one carries along proves nothing. */
function isPair(privateHalf: KeyObject, { type, body }: { readonly type: string; readonly body: string }): boolean {
  const publicHalf = publicKeyObject(type, body);
  const hash = privateHalf.asymmetricKeyType === "ed25519" ? null : "sha256";
  const challenge = Buffer.from("one key");
  return (
    privateHalf.asymmetricKeyType === publicHalf.asymmetricKeyType &&
    verify(hash, challenge, publicHalf, sign(hash, challenge, privateHalf))
  );
}

function readPrivateKey(text: string): ReadKey {
  const [, form = ""] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text) ?? [];
  switch (form) {
    case "RSA PRIVATE KEY":
    case "EC PRIVATE KEY":
      return text.includes("ENCRYPTED") ? { fault: passphrase } : readPem(text);
    case "OPENSSH PRIVATE KEY":
      return readOpenSsh(text);
    case "ENCRYPTED PRIVATE KEY":
      return { fault: passphrase };
    case "PRIVATE KEY":
      return { fault: `the key is in the form PKCS#8, of which Transfer's documentation says nothing; ${converted}` };
    case "DSA PRIVATE KEY":
      return { fault: "DSA keys are too weak; use ssh-ed25519, or RSA with at least 2048 bits" };
    default:
      return { fault: faultOfOtherText(text, form) };
  }
}

function faultOfOtherText(text: string, form: string): string {
  if (text.includes("PuTTY-User-Key-File")) {
    return 'the key is a file of PuTTY; convert it with "puttygen FILE -O private-openssh -o COPY"';
  }
  return form.endsWith("PUBLIC KEY") || parsePublicKey(text).fault === undefined
    ? publicInstead
    : 'this is no private key; a file of one begins with "-----BEGIN ... PRIVATE KEY-----"';
}

function readPem(text: string): ReadKey {
  try {
    return { key: createPrivateKey(text) };
  } catch {
    return { fault: damaged };
  }
}

const magic = "openssh-key-v1\0";

/** What stands before the 32 bytes of an Ed25519 key in DER. Source: RFC 8410, section 7. */
const ed25519Der = Buffer.from("302e020100300506032b657004220420", "hex");

/** Source: OpenSSH, PROTOCOL.key. */
function readOpenSsh(text: string): ReadKey {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)-----END/.exec(text)?.[1] ?? "";
  const blob = Buffer.from(base64, "base64");
  const [cipher, ...derivation] = stringsOf(blob.subarray(magic.length)).slice(0, 3);
  if (blob.toString("latin1", 0, magic.length) !== magic || cipher === undefined) {
    return { fault: damaged };
  }
  if (cipher.toString("latin1") !== "none") {
    return { fault: passphrase };
  }
  // Three strings with their lengths, and how many keys there are.
  const header = [cipher, ...derivation].reduce((size, field) => size + 4 + (field?.length ?? 0), 4);
  const [, secret = Buffer.alloc(0)] = stringsOf(blob.subarray(magic.length + header));
  // Two check numbers stand before the fields of the key.
  const [type, , seedAndPoint] = stringsOf(secret.subarray(8));
  if (type !== undefined && /^(ssh-rsa|ecdsa-)/.test(type.toString("latin1"))) {
    return { fault: `an RSA or ECDSA key has to be PEM for Transfer, and is in OpenSSH's form; ${converted}` };
  }
  if (type?.toString("latin1") !== "ssh-ed25519" || seedAndPoint?.length !== 64) {
    return { fault: damaged };
  }
  const der = Buffer.concat([ed25519Der, seedAndPoint.subarray(0, 32)]);
  return { key: createPrivateKey({ key: der, format: "der", type: "pkcs8" }) };
}
