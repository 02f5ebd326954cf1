import { readSecurityPolicy, type SecurityPolicyName } from "./securityPolicy";

/** The algorithms of one of Transfer's security policies, in the service's order. */
export interface AlgorithmSet {
  readonly ciphers: readonly string[];
  readonly kexs: readonly string[];
  readonly macs: readonly string[];
  /** Whether RSA host keys may sign with SHA-1. */
  readonly sha1HostKeys?: true;
}

const gcm = ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com"];
const ctr256And192 = ["aes256-ctr", "aes192-ctr"];
const ctr = [...ctr256And192, "aes128-ctr"];
const chacha = "chacha20-poly1305@openssh.com";

/** Key exchange that a quantum computer does not break. */
export const postQuantum = ["mlkem768x25519-sha256", "mlkem768nistp256-sha256", "mlkem1024nistp384-sha384"];
const nist = ["ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521"];
const curve25519 = ["curve25519-sha256", "curve25519-sha256@libssh.org"];
const largeGroups = [
  "diffie-hellman-group16-sha512",
  "diffie-hellman-group18-sha512",
  "diffie-hellman-group-exchange-sha256",
];

const etm = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"];
const hmac = ["hmac-sha2-256", "hmac-sha2-512"];

const of2024 = { ciphers: [...gcm, ...ctr], kexs: [...nist, ...curve25519, ...largeGroups], macs: etm };
const of2025 = { ...of2024, kexs: [...postQuantum, ...of2024.kexs] };
const fipsOf2024 = { ciphers: [...gcm, ...ctr], kexs: [...nist, ...largeGroups], macs: etm };

type Variant = Exclude<SecurityPolicyName["variant"], "Restricted-">;

/**
 * Each set by the month in its name.
 * Source: AWS Transfer Family User Guide, "Security policies for AWS Transfer Family servers", read on 2026-11-25. Where its
 * tables and its listings disagree (group 14 in 2025-03), the listing counts: it is what DescribeSecurityPolicy answers.
 */
const sets: Readonly<Record<Variant, Readonly<Record<string, AlgorithmSet>>>> = {
  "": {
    "2018-11": {
      ciphers: [chacha, ...ctr, ...gcm],
      kexs: [...curve25519, ...nist, ...largeGroups, "diffie-hellman-group14-sha256", "diffie-hellman-group14-sha1"],
      macs: [
        ...["umac-64-etm@openssh.com", "umac-128-etm@openssh.com", ...etm, "hmac-sha1-etm@openssh.com"],
        ...["umac-64@openssh.com", "umac-128@openssh.com", ...hmac, "hmac-sha1"],
      ],
      sha1HostKeys: true,
    },
    "2020-06": {
      ciphers: [chacha, ...ctr, ...gcm],
      kexs: [...nist, ...largeGroups, "diffie-hellman-group14-sha256"],
      macs: ["umac-128-etm@openssh.com", ...etm, "umac-128@openssh.com", ...hmac],
      sha1HostKeys: true,
    },
    "2022-03": { ciphers: [...gcm, ...ctr256And192], kexs: [...curve25519, ...largeGroups], macs: [...etm, ...hmac] },
    "2023-05": { ciphers: [...gcm, ...ctr256And192], kexs: [...curve25519, ...largeGroups], macs: etm },
    "2024-01": of2024,
    "2025-03": of2025,
  },
  "FIPS-": {
    "2020-06": {
      ciphers: [...ctr, ...gcm],
      kexs: [...nist, ...largeGroups, "diffie-hellman-group14-sha256"],
      macs: [...etm, ...hmac],
      sha1HostKeys: true,
    },
    "2023-05": { ciphers: [...gcm, ...ctr256And192], kexs: largeGroups, macs: etm, sha1HostKeys: true },
    "2024-01": { ...fipsOf2024, sha1HostKeys: true },
    "2024-05": fipsOf2024,
    "2025-03": { ...fipsOf2024, kexs: [...postQuantum, ...fipsOf2024.kexs] },
  },
  "SshAuditCompliant-": {
    "2025-02": { ciphers: [...gcm, ...ctr], kexs: [...curve25519, ...largeGroups], macs: etm },
  },
  "AS2Restricted-": { "2025-07": of2025 },
};

/** What a restricted set leaves out of the plain set of its month. Source: the same page. */
const notRestricted = new Set([chacha]);

/** What is known of a security policy. */
export interface PolicyAlgorithms {
  readonly set: AlgorithmSet;
  /** Of which month the set is. */
  readonly month: string;
  /** Whether it is the very set of the name. */
  readonly exact: boolean;
}

/**
 * The algorithms of a security policy, or of the newest before it: of a month that is not known, and of restricted sets beside the
 * plain ones. Undefined for a name that is none.
 */
export function algorithmsOf(policyName: string): PolicyAlgorithms | undefined {
  const policy = readSecurityPolicy(policyName);
  if (policy === undefined) {
    return undefined;
  }
  const { variant, month: wanted } = policy;
  const known = sets[variant === "Restricted-" ? "" : variant];
  const month = Object.keys(known)
    .filter((each) => each <= wanted)
    .at(-1)!;
  const set = known[month]!;
  return {
    set: variant === "Restricted-" ? { ...set, ciphers: set.ciphers.filter((name) => !notRestricted.has(name)) } : set,
    month,
    exact: month === wanted,
  };
}
