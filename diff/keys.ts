import { addDays } from "../tenancy/date";
import { noticeDays } from "../tenancy/deployed";
import type { Notice, TenantChange } from "./change";
import type { TenantState } from "./tenantState";

/** Keys that a tenant can log in with from now on or no longer, and those whose last day is another one. */
export function keyChanges(before: TenantState, after: TenantState): TenantChange[] {
  const stayed = after.fingerprints.filter((fingerprint) => before.fingerprints.includes(fingerprint));
  return [
    ...after.fingerprints
      .filter((fingerprint) => !before.fingerprints.includes(fingerprint))
      .map((fingerprint) => addedKey(fingerprint, after.expiries)),
    ...before.fingerprints
      .filter((fingerprint) => !after.fingerprints.includes(fingerprint))
      .map((fingerprint) => ({ kind: "key-removed", fingerprint }) as const),
    ...stayed.flatMap((fingerprint) => expiryChange(fingerprint, before, after)),
  ];
}

/** A key that the tenant can log in with from now on. */
export function addedKey(fingerprint: string, expiries: TenantState["expiries"]): TenantChange {
  const expires = expiries?.get(fingerprint);
  return { kind: "key-added", fingerprint, ...(expires === undefined ? {} : { expires }) };
}

function expiryChange(fingerprint: string, before: TenantState, after: TenantState): TenantChange[] {
  const [from, to] = [before.expiries?.get(fingerprint), after.expiries?.get(fingerprint)];
  if (before.expiries === undefined || after.expiries === undefined || from === to) {
    return [];
  }
  return [
    {
      kind: "key-expiry-changed",
      fingerprint,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  ];
}

/** What there is to know of the keys that a tenant has afterwards. */
export function keyNotices({ fingerprints, expiries }: TenantState, today: string): Notice[] {
  const soon = addDays(today, noticeDays);
  const ending = fingerprints.flatMap((fingerprint): Notice[] => {
    const expires = expiries?.get(fingerprint);
    return expires !== undefined && expires <= soon ? [{ kind: "key-expires-soon", fingerprint, expires }] : [];
  });
  return [...ending, ...(fingerprints.length === 0 ? [{ kind: "no-key" } as const] : [])];
}
