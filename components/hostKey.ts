import * as pulumi from "@pulumi/pulumi";
import { faultOfHalves, faultOfHostKey } from "../settings/hostKey";
import { parsePublicKey } from "../tenancy/publicKey";
import { refusal } from "./refusal";

/**
 * The private half as a secret, which neither state nor output shows; undefined where none is given.
 * @param hostKey A text that was judged, or an Output, which is judged when it is known: the server's registration fails with
 * what is wrong.
 */
export function secretHostKey(
  hostKey: string | pulumi.Output<string>,
  hostKeyPublic: string,
): pulumi.Output<string> | undefined {
  if (typeof hostKey === "string") {
    return hostKey === "" ? undefined : pulumi.secret(wholeFile(hostKey));
  }
  return pulumi.secret(hostKey).apply((known) => {
    const fault = faultOfHostKey(known) ?? faultOfHalves(known, hostKeyPublic);
    if (fault !== undefined) {
      throw refusal(`"hostKey": ${fault}`);
    }
    return wholeFile(known);
  });
}

/** `pulumi config set` leaves out the last line break, which such files end with. */
function wholeFile(key: string): string {
  return `${key.trimEnd()}\n`;
}

/**
 * Lines for `known_hosts` of OpenSSH's clients: each name or address that leads to the server, with its host key.
 * @param names One that is there twice has one line.
 * @param hostKeyPublic The line of a `.pub` file; its comment is left out.
 * @throws Error for what is no public key.
 */
export function knownHosts(names: readonly string[], hostKeyPublic: string): string {
  const { key } = parsePublicKey(hostKeyPublic);
  if (key === undefined) {
    throw new Error("the public half of the host key was not checked");
  }
  return [...new Set(names)].map((name) => `${name} ${key.type} ${key.body}`).join("\n");
}
