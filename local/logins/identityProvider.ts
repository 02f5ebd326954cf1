import type { ServedUser } from "../service/users";

/**
 * By what a client logs in, in the words of `sftpAuthenticationMethods`.
 * Source: AWS Transfer Family API Reference, "IdentityProviderDetails".
 */
export const authenticationMethods = [
  "PUBLIC_KEY",
  "PASSWORD",
  "PUBLIC_KEY_OR_PASSWORD",
  "PUBLIC_KEY_AND_PASSWORD",
] as const;

export type AuthenticationMethods = (typeof authenticationMethods)[number];

/** What the service asks: without a password, which keys would do; with one, whether it does. */
export interface LoginRequest {
  readonly userName: string;
  readonly password?: string;
  readonly sourceIp: string;
}

/** Who says of a server's clients who they are. */
export interface IdentityProvider {
  readonly methods: AuthenticationMethods;
  /**
   * Whoever is meant, as the session would be; undefined for nobody.
   * @throws Error when it cannot be asked, or answers what the service does not take: nobody is let in then either.
   */
  ask(request: LoginRequest): Promise<ServedUser | undefined>;
}
