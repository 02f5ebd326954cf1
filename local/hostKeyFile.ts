import { createPublicKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { utils } from "ssh2";
import { UserError } from "../userError";

/** Source: Transfer Family API reference, CreateServer, HostKey. */
const leastRsaBits = 2048;

/**
 * The private key of a host in a file of one, as PEM or in OpenSSH's form, such as OpenSSH's own server has.
 * @throws UserError saying what is wrong with the file and what would be right; it never shows what stands in it.
 */
export function readHostKeyFile(file: string): string {
  const text = contentOf(file);
  const fault = faultOfKey(text);
  if (fault !== undefined) {
    throw new UserError(`--host-key ${file}: ${fault}`);
  }
  return text;
}

function contentOf(file: string): string {
  try {
    const found = statSync(file);
    // As OpenSSH's server: a host key that others can read is no proof of who serves.
    if (!found.isDirectory() && (found.mode & 0o077) !== 0) {
      throw new UserError(`--host-key ${file}: others than its owner may read or write it; "chmod 600 ${file}"`);
    }
    return readFileSync(file, "utf8");
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`--host-key ${file}: ${reasonOf(error)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it; copy the key as root, and give the copy to yourself",
  EISDIR: "this is a folder; the file with the private key is wanted",
};

function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}

function faultOfKey(text: string): string | undefined {
  // A file may hold several keys; the types do not say that ssh2 then returns a list.
  const [key] = [utils.parseKey(text)].flat();
  if (key === undefined || key instanceof Error) {
    return faultOfUnreadable(text, key?.message ?? "");
  }
  if (!key.isPrivateKey()) {
    return "this is the public key; the private one is the file without .pub";
  }
  if (key.type === "ssh-dss") {
    return "DSA keys are too weak; no client of today takes one";
  }
  const { modulusLength: bits = leastRsaBits } = createPublicKey(key.getPublicPEM()).asymmetricKeyDetails ?? {};
  return bits < leastRsaBits
    ? `the RSA key has ${bits} bits; OpenSSH's clients and Transfer take ${leastRsaBits} at least`
    : undefined;
}

function faultOfUnreadable(text: string, message: string): string {
  if (/passphrase/i.test(message) || text.includes("BEGIN ENCRYPTED PRIVATE KEY")) {
    return 'the key has a passphrase, which a server cannot be asked for; take it off a copy with "ssh-keygen -p -f COPY"';
  }
  return text.includes("-----BEGIN PRIVATE KEY-----")
    ? "the key is in the form PKCS#8; convert a copy of it with \"ssh-keygen -p -m PEM -N '' -f COPY\""
    : "this is no private key as PEM or in OpenSSH's form";
}
