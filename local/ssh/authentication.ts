import type { AuthContext, AuthenticationType, ParsedKey, PasswordAuthContext, PublicKeyAuthContext } from "ssh2";
import { unknownText } from "../../iam/evaluate";
import type { AuthenticationMethods, IdentityProvider } from "../logins/identityProvider";
import type { ServedUser } from "../service/users";

/** What becomes of one attempt. */
export type Verdict =
  /** With the key that has signed; a password alone has none. */
  | { readonly kind: "logged-in"; readonly user: ServedUser; readonly key: ParsedKey | undefined }
  /** The client may sign with the key that it asked about. */
  | { readonly kind: "key-would-do" }
  /** The key is proven, the password is still to come. */
  | { readonly kind: "half" }
  /** With a reason where there is more to say than that key or password are not the user's; for the operator alone. */
  | { readonly kind: "refused"; readonly reason?: string }
  /** Refused because it cannot be judged, which no document says. */
  | { readonly kind: "unjudged"; readonly reason: string };

const atFirst: Readonly<Record<AuthenticationMethods, readonly AuthenticationType[]>> = {
  PUBLIC_KEY: ["publickey"],
  PASSWORD: ["password"],
  PUBLIC_KEY_OR_PASSWORD: ["publickey", "password"],
  // The service checks the key first. Source: AWS Transfer Family User Guide, "Using multiple authentication methods".
  PUBLIC_KEY_AND_PASSWORD: ["publickey"],
};

/**
 * How far one client is with logging in. The name is the same in all its attempts: ssh2 ends a connection that changes it,
 * as RFC 4252, section 5, allows.
 */
export class Authentication {
  /** The key that has signed, where a password must follow it. */
  private proven: ParsedKey | undefined;
  /** Asked for once in a connection, however many keys the client offers. */
  private keyHolder: Promise<ServedUser | undefined> | undefined;

  constructor(
    private readonly provider: IdentityProvider,
    private readonly sourceIp: string,
  ) {}

  /** The methods by which the client can go on. */
  get methods(): AuthenticationType[] {
    return this.proven === undefined ? [...atFirst[this.provider.methods]] : ["password"];
  }

  /** Judges one attempt. Never rejects: what cannot be judged is refused. */
  async judge(context: AuthContext): Promise<Verdict> {
    if (!this.methods.includes(context.method)) {
      return { kind: "refused" };
    }
    try {
      return context.method === "publickey"
        ? await this.judgeKey(context)
        : await this.judgePassword(context as PasswordAuthContext);
    } catch (error) {
      return { kind: "unjudged", reason: (error as Error).message };
    }
  }

  private async judgeKey(context: PublicKeyAuthContext): Promise<Verdict> {
    const { username: userName } = context;
    const user = await (this.keyHolder ??= this.provider.ask({ userName, sourceIp: this.sourceIp }));
    const admitted = user?.assumption.allowed ? admittedKey(context, user.keys) : undefined;
    if (user === undefined || admitted === undefined) {
      return refusal(user);
    }
    if (!admitted.signed) {
      return { kind: "key-would-do" };
    }
    if (this.provider.methods === "PUBLIC_KEY_AND_PASSWORD") {
      this.proven = admitted.key;
      return { kind: "half" };
    }
    return { kind: "logged-in", user, key: admitted.key };
  }

  /** The session is the one of the answer to the password: it is the later one. */
  private async judgePassword({ username: userName, password }: PasswordAuthContext): Promise<Verdict> {
    // A change of passwords, which ssh2 gives as an object, is nothing that an identity provider knows.
    const asked = typeof password === "string" ? { userName, password, sourceIp: this.sourceIp } : undefined;
    const user = asked && (await this.provider.ask(asked));
    return user?.assumption.allowed ? { kind: "logged-in", user, key: this.proven } : refusal(user);
  }
}

function refusal(user: ServedUser | undefined): Extract<Verdict, { readonly kind: "refused" }> {
  if (user === undefined) {
    return { kind: "refused", reason: "the identity provider does not let it in" };
  }
  const { assumption } = user;
  return assumption.allowed
    ? { kind: "refused" }
    : { kind: "refused", reason: unknownText(assumption) ?? "the service may not take on the user's role" };
}

/**
 * @returns The one of these keys that the client offers, and whether it has signed: before, it asks whether the key would do.
 * Undefined when the client must be refused.
 */
function admittedKey(
  { key: offered, signature, blob, hashAlgo }: PublicKeyAuthContext,
  keys: readonly ParsedKey[],
): { readonly key: ParsedKey; readonly signed: boolean } | undefined {
  const key = keys.find((each) => offered.algo === each.type && each.getPublicSSH().equals(offered.data));
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
