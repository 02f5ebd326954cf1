import type { PlacedSignIn } from "../tenancy/signIn";
import type { ConfigurationEntry } from "./stackFile";
import type { Settings } from "./table";

type Places = NonNullable<PlacedSignIn["places"]>;

/** Where settings stand that say how tenants log in, as `Pulumi.dev.yaml:7:3`; those that are left out stand nowhere. */
export function placesOfSignIn(entryOf: (name: keyof Places) => ConfigurationEntry | undefined): Places {
  const place = (name: keyof Places) => {
    const entry = entryOf(name);
    return entry === undefined ? {} : { [name]: `${entry.file}:${entry.key.line}:${entry.key.column}` };
  };
  return { ...place("identityProvider"), ...place("authentication"), ...place("allowedCidrs") };
}

/** How tenants log in; undefined where one of the settings is not known to be sound. */
export function signInOf({
  identityProvider,
  authentication,
  endpoint,
  allowedCidrs,
}: Partial<Settings>): PlacedSignIn | undefined {
  if (identityProvider === undefined || authentication === undefined) {
    return undefined;
  }
  const isOpen = endpoint === undefined || endpoint === "public" || allowedCidrs === undefined;
  return { identityProvider, authentication, ...(isOpen ? {} : { allowedCidrs }) };
}
