import { z } from "zod";
import { parsePublicKey } from "../tenancy/publicKey";
import { quoted } from "../tenancy/quote";
import { UserError } from "../userError";

/** Where a gateway is, and how a client knows that it is the gateway. */
export interface Host {
  readonly name: string;
  readonly port: number;
  /** Fixed ones, for partners' firewalls; empty where AWS changes them. */
  readonly addresses: readonly string[];
  /** `SHA256:...` of each key that is known of it; empty where none has been published. */
  readonly fingerprints: readonly string[];
  /** Lines of a file `known_hosts`; empty where the public half of the host key is not known. */
  readonly knownHosts: readonly string[];
}

/** What a stack says of one tenant. */
export type PublishedTenant = z.output<typeof tenantOutput>;

const tenantOutput = z.looseObject({
  userName: z.string(),
  homeDirectory: z.string(),
  prefixes: z.array(z.string()),
  keyFingerprints: z.array(z.string()),
});

/** A name or an address: it comes to stand in commands. */
const hostName = z.string().regex(/^\w[\w.:-]*$/, "no host name");

const knownHostsPattern = /^\[?\w[\w.:-]*(\]:\d+)? (ssh|ecdsa)-[\w-]+ [\w+/]+=*$/;

/** Whether it names a host and a public key that OpenSSH reads. */
function isKnownHostsLine(line: string): boolean {
  return knownHostsPattern.test(line) && parsePublicKey(keyIn(line)).key !== undefined;
}

const stackOutputs = z
  .looseObject({
    bucketName: z.string().optional(),
    endpoint: hostName,
    hostname: hostName.optional(),
    addresses: z.array(hostName).default([]),
    hostKeyFingerprint: z
      .string()
      .regex(/^SHA256:[\w+/]+=*$/, "no fingerprint")
      .optional(),
    knownHosts: z
      .string()
      .default("")
      .transform((lines) => lines.split("\n").filter((line) => line !== ""))
      .refine((lines) => lines.every(isKnownHostsLine), "no lines of known_hosts"),
    tenants: z.record(z.string(), tenantOutput).optional(),
  })
  .refine(
    // A client would ask about a host that no line names, or refuse it.
    ({ endpoint, hostname = endpoint, knownHosts }) =>
      knownHosts.length === 0 || knownHosts.some((line) => line.startsWith(`${hostname} `)),
    { path: ["knownHosts"], message: "no line of the host that is connected to" },
  );

/** The port of every server of Transfer Family. */
const sftpPort = 22;

/**
 * Reads what `pulumi stack output --json` has printed.
 * @param file How messages name it.
 * @returns The host, the landing bucket's name, and what the stack says of its tenants; undefined where it says nothing of them.
 * @throws UserError for anything else.
 */
export function readOutputs(text: string, file: string) {
  const { success, data, error } = stackOutputs.safeParse(parsed(text));
  if (!success) {
    const [{ path = [], message = "" } = {}] = error.issues;
    const what = message.endsWith("received undefined") ? " is missing" : `: ${message}`;
    const at = path.length === 0 ? "" : `, ${quoted(path.join("."))}${what}`;
    throw new UserError(`${file}: not the outputs of a stack${at}; write them with \`pulumi stack output --json\``);
  }
  const { bucketName, endpoint, hostname, addresses, hostKeyFingerprint, knownHosts, tenants } = data;
  const host: Host = {
    name: hostname ?? endpoint,
    port: sftpPort,
    addresses,
    fingerprints: knownHosts.length > 0 ? fingerprintsIn(knownHosts) : [hostKeyFingerprint ?? []].flat(),
    knownHosts,
  };
  return { host, bucketName, tenants };
}

function parsed(text: string): unknown {
  try {
    // PowerShell begins a file with a mark of its encoding.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/**
 * The host of the local gateway by the `known_hosts` that it keeps.
 * @param file How messages name it.
 * @throws UserError when that is no line of the local gateway's.
 */
export function readLocalHost(text: string, file: string): Host {
  const lines = text.split("\n").filter((line) => line !== "");
  const [, name, port = String(sftpPort)] = /^\[?([\d.]+)(?:\]:(\d+))? /.exec(lines[0] ?? "") ?? [];
  if (name === undefined || !lines.every(isKnownHostsLine)) {
    throw new UserError(`${file}: not the host keys of a local gateway; npm start writes them`);
  }
  return { name, port: Number(port), addresses: [], fingerprints: fingerprintsIn(lines), knownHosts: lines };
}

/** A key has a line for each name of the host. */
function fingerprintsIn(lines: readonly string[]): string[] {
  const keys = lines.map((line) => parsePublicKey(keyIn(line)).key?.fingerprint);
  return [...new Set(keys.filter((fingerprint) => fingerprint !== undefined))];
}

/** What stands behind the host's name. */
function keyIn(line: string): string {
  return line.slice(line.indexOf(" ") + 1);
}
