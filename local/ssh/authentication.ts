import type { AuthContext, ParsedKey, PublicKeyAuthContext } from "ssh2";
import type { ServedUser } from "../service/users";

/** Keys that open a user's account in this run, besides the deployed ones. */
export type FurtherKeys = ReadonlyMap<string, readonly ParsedKey[]>;

/** What an attempt to log in comes to. */
export type Attempt =
  | { readonly outcome: "accepted"; readonly user: ServedUser; readonly key: ParsedKey }
  /** The client asks whether the key would do, before it signs. */
  | { readonly outcome: "welcome" }
  | { readonly outcome: "refused" }
  /** Clients begin with this to learn which methods there are. */
  | { readonly outcome: "asked" };

/** Lets users in by their SSH keys, the only method of a server whose users the service manages. */
export class Authentication {
  constructor(
    private readonly users: ReadonlyMap<string, ServedUser>,
    private readonly furtherKeys: FurtherKeys,
  ) {}

  check(context: AuthContext): Attempt {
    if (context.method === "none") {
      return { outcome: "asked" };
    }
    const user = this.users.get(context.username);
    if (context.method !== "publickey" || user === undefined || !user.assumable) {
      return { outcome: "refused" };
    }
    const keys = [...user.keys, ...(this.furtherKeys.get(user.userName) ?? [])];
    const key = keys.find((candidate) => isKeyOf(context, candidate));
    if (key === undefined) {
      return { outcome: "refused" };
    }
    if (context.signature === undefined || context.blob === undefined) {
      return { outcome: "welcome" };
    }
    return isSignedWith(context, key) ? { outcome: "accepted", user, key } : { outcome: "refused" };
  }
}

function isKeyOf({ key }: PublicKeyAuthContext, candidate: ParsedKey): boolean {
  // ssh2 names the hash of rsa-sha2-* apart; without one it is SHA-1, which no policy of today admits.
  return key.algo === candidate.type && candidate.getPublicSSH().equals(key.data);
}

function isSignedWith({ blob, signature, hashAlgo, key }: PublicKeyAuthContext, candidate: ParsedKey): boolean {
  const sha1 = key.algo === "ssh-rsa" && hashAlgo === undefined;
  return !sha1 && candidate.verify(blob!, signature!, hashAlgo);
}
