import type { DeployedUser } from "../inventory/user";
import { isExpired } from "../tenancy/deployed";
import { fingerprintOfLine } from "../tenancy/fingerprint";
import type { LoginAnswer } from "./answer";
import { placeIn, type Known, type Subject } from "./subject";

/** A public key that a client shows. */
export interface ShownKey {
  /** `SHA256:...`, as OpenSSH and the logs show it. */
  readonly fingerprint: string;
  /** Type and body, where more than the fingerprint is known. */
  readonly body?: string;
}

type Found = Pick<LoginAnswer, "verdict" | "cause" | "found" | "place" | "keyOf" | "change">;

/** Whether a key opens the account, whose it is if not, and what tenants.yaml says of it. */
export function foundOfKey(
  known: Known,
  { entry }: Subject,
  user: DeployedUser,
  shown: ShownKey | undefined,
  today: string,
): Found {
  if (shown === undefined) {
    const keys = user.keys.map(({ body }) => fingerprintOfLine(body));
    return { verdict: "unknown", cause: "no-key", found: [`its keys are ${keys.join(", ") || "none"}`] };
  }
  const { entries } = known;
  const index = entry?.tenant.sshKeys.findIndex(({ key }) => key.fingerprint === shown.fingerprint) ?? -1;
  const said = entry?.tenant.sshKeys[index];
  const at = entries && entry && said ? { place: placeIn(entries, entry, ["sshKeys", index]) } : {};
  const deployed = user.keys.find(({ body }) => fingerprintOfLine(body) === shown.fingerprint);
  const expires = deployed?.expires ?? said?.expires;
  if (isExpired({ expires }, today)) {
    return {
      verdict: "denied",
      cause: "expired-key",
      found: [`its last day was ${expires}, today is ${today}`],
      ...at,
    };
  }
  if (deployed !== undefined) {
    return { verdict: "allowed", found: [`${shown.fingerprint} is one of its keys`], ...at };
  }
  const { stack } = known.inventory.deployment;
  if (said?.environments?.includes(stack) === false) {
    return {
      verdict: "denied",
      cause: "wrong-key",
      found: [`the key is of ${said.environments.join(", ")} only`],
      ...at,
    };
  }
  if (said !== undefined) {
    const found = [`${shown.fingerprint} stands in ${entries?.file} and is not deployed`];
    return { verdict: "denied", cause: "wrong-key", found, ...at, change: { kind: "deploy", writes: [] } };
  }
  const owner = ownerOf(known, shown);
  // A key opens one account: one that is another's is not to be added.
  const addition = owner.keyOf === undefined ? additionOf(known, { entry }, shown) : {};
  return { verdict: "denied", cause: "wrong-key", ...owner, ...addition };
}

/** Whose key it is: of the deployment, or of a tenant of the file that is not in it. */
function ownerOf({ inventory, entries }: Known, shown: ShownKey): Pick<Found, "found" | "keyOf" | "place"> {
  const user = inventory.users.find(({ keys }) =>
    keys.some(({ body }) => fingerprintOfLine(body) === shown.fingerprint),
  );
  const [, body] = shown.body?.split(" ") ?? [];
  const has = (tenant: { readonly sshKeys: readonly { readonly key: { readonly fingerprint: string } }[] }) =>
    tenant.sshKeys.findIndex(({ key }) => key.fingerprint === shown.fingerprint);
  const entry = body === undefined ? undefined : entries?.find(body, (tenant) => has(tenant) >= 0);
  const owner = user?.tenant ?? user?.userName ?? entry?.tenant.name;
  const place = entries && entry ? { place: placeIn(entries, entry, ["sshKeys", has(entry.tenant)]) } : {};
  return owner === undefined
    ? { found: [`${shown.fingerprint} is nobody's of the deployment`] }
    : { found: [`${shown.fingerprint} is a key of ${owner}`], keyOf: owner, ...place };
}

function additionOf({ entries }: Known, { entry }: Pick<Subject, "entry">, { body }: ShownKey): Pick<Found, "change"> {
  if (entries === undefined || entry === undefined || body === undefined) {
    return {};
  }
  const place = placeIn(entries, entry, ["sshKeys"]);
  const edit = { place, tenant: entry.tenant.name, key: `sshKeys[${entry.tenant.sshKeys.length}]`, to: body };
  return { change: { kind: "tenants", edits: [edit], writes: [] } };
}
