import type { DeployedUser } from "../inventory/user";
import { isExpired } from "../tenancy/deployed";
import type { TenantEntry } from "../tenancy/entries";
import { fingerprintOfLine } from "../tenancy/fingerprint";
import type { LoginJudgement, ShownKey, Wish } from "./loginQuestion";
import { placeIn, type Known, type Subject } from "./subject";

/** Whether a key opens the account, whose it is if not, and what tenants.yaml says of it. */
export function judgeKey(
  known: Known,
  { entry }: Subject,
  user: DeployedUser,
  shown: ShownKey | undefined,
  today: string,
): LoginJudgement {
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
    const found = [`its last day was ${expires}, today is ${today}`];
    const wish = said && {
      path: ["sshKeys", index, "expires"],
      from: expires ?? "",
      to: today,
      edits: [{ kind: "set" as const, path: ["sshKeys", index], key: "expires", value: today }],
    };
    return { verdict: "denied", cause: "expired-key", found, ...at, ...(wish && { wish }) };
  }
  if (deployed !== undefined) {
    return { verdict: "allowed", found: [`${shown.fingerprint} is one of its keys`], ...at };
  }
  const { stack } = known.inventory.deployment;
  if (said?.environments?.includes(stack) === false) {
    const [from, to] = [said.environments, [...said.environments, stack]];
    const found = [`the key is of ${from.join(", ")} only`];
    const wish: Wish = {
      path: ["sshKeys", index, "environments"],
      from: `[${from.join(", ")}]`,
      to: `[${to.join(", ")}]`,
      edits: [{ kind: "append", path: ["sshKeys", index], key: "environments", values: [stack] }],
    };
    return { verdict: "denied", cause: "wrong-key", found, ...at, wish };
  }
  if (said !== undefined) {
    const found = [`${shown.fingerprint} stands in ${entries?.file} and is not deployed`];
    return { verdict: "denied", cause: "wrong-key", found, ...at };
  }
  const owner = ownerOf(known, shown);
  // A key opens one account: one that is another's is not to be added.
  const wish = owner.keyOf === undefined && entry !== undefined ? addition(entry, shown) : undefined;
  return { verdict: "denied", cause: "wrong-key", ...owner, ...(wish && { wish }) };
}

function addition({ tenant: { sshKeys } }: TenantEntry, { body }: ShownKey): Wish | undefined {
  return body === undefined
    ? undefined
    : {
        path: ["sshKeys", sshKeys.length],
        to: body,
        edits: [{ kind: "append", path: [], key: "sshKeys", values: [body] }],
      };
}

/** Whose key it is: of the deployment, or of a tenant of the file that is not in it. */
function ownerOf({ inventory, entries }: Known, shown: ShownKey): Pick<LoginJudgement, "found" | "keyOf" | "place"> {
  const user = ownersIn(inventory.users).get(shown.fingerprint);
  const [, body] = shown.body?.split(" ") ?? [];
  const has = (tenant: TenantEntry["tenant"]) =>
    tenant.sshKeys.findIndex(({ key }) => key.fingerprint === shown.fingerprint);
  const entry = entries?.find(body ?? user?.tenant ?? "", (tenant) => has(tenant) >= 0);
  const owner = user?.tenant ?? user?.userName ?? entry?.tenant.name;
  const place = entries && entry ? { place: placeIn(entries, entry, ["sshKeys", has(entry.tenant)]) } : {};
  return owner === undefined
    ? { found: [`${shown.fingerprint} is nobody's of the deployment`] }
    : { found: [`${shown.fingerprint} is a key of ${owner}`], keyOf: owner, ...place };
}

const owners = new WeakMap<readonly DeployedUser[], ReadonlyMap<string, DeployedUser>>();

/** By fingerprint. Made once: whoever offers many keys would have all of them hashed for each. */
function ownersIn(users: readonly DeployedUser[]): ReadonlyMap<string, DeployedUser> {
  const known =
    owners.get(users) ??
    new Map(users.flatMap((user) => user.keys.map(({ body }) => [fingerprintOfLine(body), user] as const)));
  owners.set(users, known);
  return known;
}
