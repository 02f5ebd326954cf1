import type { PlacedSignIn, SignIn } from "../tenancy/signIn";
import type { ConfigurationEntry } from "./stackFile";
import type { Settings } from "./table";

type Places = NonNullable<PlacedSignIn["places"]>;

/** Where settings stand that say how tenants log in, as `Pulumi.dev.yaml:7:3`; those that are left out stand nowhere. */
export function placesOfSignIn(entryOf: (name: keyof SignIn) => ConfigurationEntry | undefined): Places {
  const place = (name: keyof SignIn) => {
    const entry = entryOf(name);
    return entry === undefined ? {} : { [name]: `${entry.file}:${entry.key.line}:${entry.key.column}` };
  };
  return { ...place("identityProvider"), ...place("authentication") };
}

/** How tenants log in; undefined where one of the settings is not known to be sound. */
export function signInOf({ identityProvider, authentication }: Partial<Settings>): SignIn | undefined {
  return identityProvider === undefined || authentication === undefined
    ? undefined
    : { identityProvider, authentication };
}
