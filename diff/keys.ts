import { addDays } from "../tenancy/date";
import { noticeDays } from "../tenancy/deployed";
import { without, type Change, type Notice } from "./change";
import type { ShownKey } from "./sentences/keys";
import type { TenantState } from "./tenantState";

/** Says which tenant a key opened before the change. */
export type HolderOf = (fingerprint: string) => string | undefined;

/** Keys that a tenant can log in with from now on or no longer, and those whose last day is another one. */
export function keyChanges(before: TenantState, after: TenantState, holderOf: HolderOf): Change[] {
  const [then, now] = [before.fingerprints, after.fingerprints];
  const stayed = now.filter((fingerprint) => then.includes(fingerprint));
  return [
    ...without(now, then).map((fingerprint) => addedKey(fingerprint, after, holderOf)),
    ...without(then, now).map((fingerprint): Change => {
      // Still in the file, and of this stack: it is the day that removes it.
      const ended = expiryOf(fingerprint, after);
      return { kind: "key-removed", key: shownKey(fingerprint, before), stay: stayed.length, ended };
    }),
    ...stayed.flatMap((fingerprint) => expiryChange(fingerprint, before, after)),
  ];
}

/** A key that the tenant can log in with from now on. */
export function addedKey(fingerprint: string, state: TenantState, holderOf: HolderOf): Change {
  const [key, expires] = [shownKey(fingerprint, state), expiryOf(fingerprint, state)];
  return { kind: "key-added", key, expires, formerly: holderOf(fingerprint) };
}

/** All keys of a tenant that can no longer log in. */
export function goneKeys(before: TenantState): Change[] {
  return before.fingerprints.map((fingerprint) => ({ kind: "key-removed", key: shownKey(fingerprint, before) }));
}

/** What there is to know of the keys that a tenant has afterwards. */
export function keyNotices(state: TenantState, today: string): Notice[] {
  const soon = addDays(today, noticeDays);
  const ending = state.fingerprints.flatMap((fingerprint): Notice[] => {
    const expires = expiryOf(fingerprint, state);
    const key = shownKey(fingerprint, state);
    return expires !== undefined && expires <= soon ? [{ kind: "key-expires-soon", key, expires }] : [];
  });
  return state.fingerprints.length === 0 && !state.password ? [{ kind: "no-key" }] : ending;
}

function expiryChange(fingerprint: string, before: TenantState, after: TenantState): Change[] {
  const [from, to] = [expiryOf(fingerprint, before), expiryOf(fingerprint, after)];
  const isKnown = before.tenant !== undefined && after.tenant !== undefined;
  const key = shownKey(fingerprint, after);
  return isKnown && from !== to ? [{ kind: "key-expiry-changed", key, from, to }] : [];
}

/** The last day of a key; undefined when it has none or tenants.yaml is not known. */
function expiryOf(fingerprint: string, state: TenantState): string | undefined {
  return keyInFile(fingerprint, state)?.expires;
}

function shownKey(fingerprint: string, state: TenantState): ShownKey {
  const { type, comment } = keyInFile(fingerprint, state) ?? {};
  return { fingerprint, type, comment };
}

function keyInFile(fingerprint: string, { tenant }: TenantState) {
  return tenant?.sshKeys.find((key) => key.fingerprint === fingerprint);
}
