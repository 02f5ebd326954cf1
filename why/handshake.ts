import type { Inventory } from "../inventory/inventory";
import { labelOf, valueOf } from "../inventory/resources";
import { algorithmsOf, type AlgorithmSet } from "../settings/securityPolicyAlgorithms";
import { defaultSecurityPolicy } from "../settings/securityPolicy";
import type { LoginAnswer } from "./answer";

/** A client that has come no further than the choice of algorithms. */
export interface HandshakeQuestion {
  /** What the log says of it: `no matching cipher`. */
  readonly message: string;
  /** What the client has of what the message is about; undefined where the log does not tell. */
  readonly offered: readonly string[] | undefined;
}

/** What a message is about, and what a security policy has of it. Host keys are the server's, and no matter of the policy. */
const parts: readonly (readonly [about: RegExp, name: string, has: (set: AlgorithmSet) => readonly string[]])[] = [
  [/key exchange|\bkex\b/i, "key exchange methods", ({ kexs }) => kexs],
  [/cipher|encryption/i, "ciphers", ({ ciphers }) => ciphers],
  [/\bmac\b/i, "MACs", ({ macs }) => macs],
];

/** Why client and server have found no algorithm that both know. */
export function handshakeAnswer(inventory: Inventory, { message, offered }: HandshakeQuestion): LoginAnswer {
  const common = {
    about: "login",
    stack: inventory.deployment.stack,
    userName: "somebody",
    cause: "handshake",
  } as const;
  const server = inventory.servers[0]?.resource;
  const said = server && valueOf(server, "securityPolicyName");
  const policy = typeof said === "string" ? said : defaultSecurityPolicy;
  const known = algorithmsOf(policy);
  const [, name, has] = parts.find(([about]) => about.test(message)) ?? [];
  const client = offered === undefined ? [] : [`the client has ${offered.join(", ") || "none"}`];
  if (server === undefined || known === undefined || name === undefined || has === undefined) {
    const notKnown = ["which algorithms the server has for it; those of host keys are of the types of its keys"];
    return { ...common, verdict: "unknown", found: [message || "the log says nothing of it", ...client], notKnown };
  }
  const offers = has(known.set);
  const both = offers.filter((each) => offered?.includes(each));
  const found = [`${policy} of ${labelOf(server)} has the ${name} ${offers.join(", ")}`, ...client];
  const notKnown = [
    ...(known.exact ? [] : [`what ${policy} has newly; the algorithms are those of ${known.month}`]),
    ...(offered === undefined ? ["what the client has; its own verbose output tells"] : []),
    ...(both.length === 0 ? [] : [`why ${both.join(", ")} was not taken; the gateway of npm start says what it lacks`]),
  ];
  return both.length > 0
    ? { ...common, verdict: "unknown", found, notKnown }
    : { ...common, verdict: "denied", found, change: { kind: "client", algorithms: offers }, notKnown };
}
