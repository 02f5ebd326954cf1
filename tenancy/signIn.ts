/** Who knows the users of a stack's server: the service itself, by keys alone, or the function that answers each login. */
export const identityProviders = ["service-managed", "lambda"] as const;
export type IdentityProvider = (typeof identityProviders)[number];

/**
 * What a client shows to log in to a server whose users a function knows. Source: Transfer Family API reference, CreateServer,
 * IdentityProviderDetails, SftpAuthenticationMethods.
 */
export const authentications = ["PASSWORD", "PUBLIC_KEY", "PUBLIC_KEY_OR_PASSWORD", "PUBLIC_KEY_AND_PASSWORD"] as const;
export type Authentication = (typeof authentications)[number];

/** What an unchanged gateway has; a service-managed server takes keys, whatever stands here. */
export const defaultAuthentication: Authentication = "PUBLIC_KEY_OR_PASSWORD";

/** How tenants log in to a stack. */
export interface SignIn {
  readonly identityProvider: IdentityProvider;
  readonly authentication: Authentication;
}

/** How it is where nothing is said. */
export const serviceManaged: SignIn = { identityProvider: "service-managed", authentication: defaultAuthentication };

/** The same with where the stack's settings say so, as `Pulumi.dev.yaml:7:3`; undefined where they leave it out. */
export interface PlacedSignIn extends SignIn {
  /** Ranges of addresses that get as far as the server; undefined: all do. */
  readonly allowedCidrs?: readonly string[];
  readonly places?: Readonly<Partial<Record<keyof SignIn | "allowedCidrs", string>>>;
}

/** Whether a password opens the stack to a tenant that has one, perhaps beside a key. */
export function takesPasswords({ identityProvider, authentication }: SignIn): boolean {
  return identityProvider === "lambda" && authentication !== "PUBLIC_KEY";
}

/** Whether nobody gets in without a password. */
export function needsPassword({ identityProvider, authentication }: SignIn): boolean {
  return identityProvider === "lambda" && /^PASSWORD$|_AND_PASSWORD$/.test(authentication);
}

/** Whether nobody gets in without a key. */
export function needsKey({ identityProvider, authentication }: SignIn): boolean {
  return identityProvider === "service-managed" || /^PUBLIC_KEY$|_AND_PASSWORD$/.test(authentication);
}

/** Whether a key or a password lets somebody in, each by itself. */
export function takesEither(signIn: SignIn): boolean {
  return takesPasswords(signIn) && !needsPassword(signIn) && !needsKey(signIn);
}

/** `dev ("authentication" is PASSWORD, Pulumi.dev.yaml:8:3)`: a stack, and the setting that says how tenants log in to it. */
export function stackWithSetting(
  stack: string,
  { identityProvider, authentication, places = {} }: PlacedSignIn,
): string {
  const setting = identityProvider === "lambda" ? "authentication" : "identityProvider";
  const value = identityProvider === "lambda" ? authentication : identityProvider;
  const place = places[setting];
  return `${stack} ("${setting}" is ${value}${place === undefined ? " by default" : `, ${place}`})`;
}
