import type { AuthContext, ParsedKey } from "ssh2";
import type { ServedUser } from "../service/users";

/**
 * Lets users in by their SSH keys, the only method of a server whose users the service manages.
 * @returns The user's key that the client offers, and whether it has signed: before, it asks whether the key would do.
 * Undefined when the client must be refused.
 */
export function admittedKey(
  context: AuthContext,
  user: ServedUser,
): { readonly key: ParsedKey; readonly signed: boolean } | undefined {
  if (context.method !== "publickey" || !user.assumption.allowed) {
    return undefined;
  }
  const { key: offered, signature, blob, hashAlgo } = context;
  const key = user.keys.find((each) => offered.algo === each.type && each.getPublicSSH().equals(offered.data));
  if (key === undefined) {
    return undefined;
  }
  if (signature === undefined || blob === undefined) {
    return { key, signed: false };
  }
  // ssh2 names the hash of rsa-sha2-* apart; without one it is SHA-1, which no policy of today admits.
  const sha1 = offered.algo === "ssh-rsa" && hashAlgo === undefined;
  return !sha1 && key.verify(blob, signature, hashAlgo) ? { key, signed: true } : undefined;
}
