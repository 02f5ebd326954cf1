import { keyAdditionOf, keyRemovalOf, keyToEnd, keyWith, rotationOf } from "../../editing/tenantEdits";
import { sameKey, type WrittenTenant } from "../../editing/tenantsText";
import { tenantNamed } from "../../tenancy/tenantNamed";
import { addDays } from "../../tenancy/date";
import type { PublicKey } from "../../tenancy/publicKey";
import { UsageError } from "../arguments";
import { editing } from "./editing";
import { dayFlag, environmentsFlag, fingerprintFlag, keyFlag, namesIn, readKey } from "./flags";

/** How many days a key goes on beside the one that follows it, unless its end is given. */
const overlapDays = 14;

export const addKey = editing(
  {
    usage: "add-key NAME [FLAGS]\n\nGives a tenant a further key.",
    options: {
      key: keyFlag,
      expires: dayFlag("Its last day. Default: it never expires."),
      environments: { ...environmentsFlag, description: "Stacks that deploy it. Default: the tenant's." },
    },
  },
  (file, name, { key: keyFile, expires, environments }) => {
    const tenant = tenantNamed(name, file);
    const key = readKey(keyFile);
    const edits = keyAdditionOf(tenant, { key, expires, environments: namesIn(environments) });
    return { edits, done: `tenant "${name}" has the key ${key.fingerprint}`, commit: `Add a key of tenant ${name}` };
  },
);

export const removeKey = editing(
  {
    usage: "remove-key NAME [FLAGS]\n\nTakes a key from a tenant.",
    options: { key: keyFlag, fingerprint: fingerprintFlag("The key, instead of --key.") },
  },
  (file, name, { key: keyFile, fingerprint }) => {
    if (fingerprint !== undefined && keyFile !== keyFlag.default) {
      throw new UsageError("--key and --fingerprint exclude each other: both say which key");
    }
    const tenant = tenantNamed(name, file);
    const wanted = fingerprint ?? fingerprintIn(tenant, readKey(keyFile));
    const edits = keyRemovalOf(tenant, keyWith(tenant, wanted));
    return { edits, done: `tenant "${name}" has the key ${wanted} no more`, commit: `Remove a key of tenant ${name}` };
  },
);

/** An RSA key is the same with another exponent, and has another fingerprint then. */
function fingerprintIn(tenant: WrittenTenant, key: PublicKey): string {
  return (sameKey(tenant, key)?.key ?? key).fingerprint;
}

export const rotateKey = editing(
  {
    usage: `rotate-key NAME [FLAGS]\n\nGives a tenant a key that follows another one, which ends ${overlapDays} days later or as --expires says.`,
    options: {
      key: {
        ...keyFlag,
        description: "The new public key, in any form that ssh-keygen -i reads; - is standard input.",
      },
      fingerprint: fingerprintFlag("The old key. Default: the tenant's only one without an end."),
      expires: dayFlag(`Last day of the old key. Default: in ${overlapDays} days.`),
    },
  },
  (file, name, { key: keyFile, fingerprint, expires }, today) => {
    const tenant = tenantNamed(name, file);
    const old = keyToEnd(tenant, fingerprint);
    const until = expires ?? addDays(today, overlapDays);
    const key = readKey(keyFile);
    const last = old.expires !== undefined && old.expires < until ? old.expires : until;
    const done = `tenant "${name}" has the key ${key.fingerprint}; ${old.key.fingerprint} ends with ${last}`;
    const further = `npm run tenant -- remove-key ${name} --fingerprint ${old.key.fingerprint} # after ${last}`;
    return { edits: rotationOf(tenant, old, key, until), done, commit: `Rotate a key of tenant ${name}`, further };
  },
);
