import type { Algorithms } from "ssh2";
import { algorithmsOf, postQuantum } from "../../settings/securityPolicyAlgorithms";

/**
 * What ssh2 1.17 does not have as a server: hybrid key exchange, UMAC, and groups that the client asks for. SHA-1 signatures
 * of host keys it has; they are left out because nobody should come to rely on them.
 */
const lacking = new Set([
  ...postQuantum,
  "diffie-hellman-group-exchange-sha256",
  ...["umac-64", "umac-128"].flatMap((name) => [`${name}@openssh.com`, `${name}-etm@openssh.com`]),
]);

/** As ssh2 takes them, each list in the order in which it is offered. */
export type OfferedAlgorithms = Algorithms & { readonly hmac: Extract<Algorithms["hmac"], readonly string[]> };

/** What a gateway offers to SSH clients, and where that is not what the service would offer. */
export interface Offer {
  readonly algorithms: OfferedAlgorithms;
  /** Sentences for whoever starts the gateway. */
  readonly notes: readonly string[];
}

/** What the service offers under a security policy, as far as the SSH library goes; undefined for a name that is none. */
export function offerOf(policyName: string): Offer | undefined {
  const known = algorithmsOf(policyName);
  if (known === undefined) {
    return undefined;
  }
  const { set, month, exact } = known;
  const missing = [...set.kexs, ...set.ciphers, ...set.macs].filter((name) => lacking.has(name));
  const left = [...missing, ...(set.sha1HostKeys ? ["ssh-rsa (SHA-1) host key signatures"] : [])];
  return {
    algorithms: {
      kex: offered(set.kexs) as Algorithms["kex"] & string[],
      cipher: offered(set.ciphers) as Algorithms["cipher"] & string[],
      hmac: offered(set.macs) as OfferedAlgorithms["hmac"],
      compress: ["none"],
    },
    notes: [
      ...(exact ? [] : [`the algorithms of ${policyName} are not known here; those of ${month} are offered`]),
      ...(left.length > 0 ? [`${policyName} has on AWS, and not here: ${left.join(", ")}`] : []),
    ],
  };
}

function offered(names: readonly string[]): string[] {
  return names.filter((name) => !lacking.has(name));
}
