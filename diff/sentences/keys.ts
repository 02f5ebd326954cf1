import { isKey } from "../explained";
import { plain, say, type Sentence } from "../sentence";
import { tell } from "../telling";

/** A key as a reviewer recognises it: its comment says whose it is, its fingerprint which. */
export interface ShownKey {
  readonly fingerprint: string;
  /** Undefined where nothing but the fingerprint is known. */
  readonly type?: string | undefined;
  /** From tenants.yaml; undefined where it has none or the file is not known. */
  readonly comment?: string | undefined;
}

type LastDay = string | undefined;

export const keySentences = {
  "key-added": tell({
    say: ({ key, expires }: { readonly key: ShownKey; readonly expires: LastDay }) =>
      say`${keyNamed(key)} is added, ${until(expires)}`,
    explains: (detail, { key }) => isKey(detail, key.fingerprint),
  }),
  "key-removed": tell({
    /** @param alone Whether no key stays that could log in before: there is no time to change over. */
    say: ({ key, alone }: { readonly key: ShownKey; readonly alone: boolean }) =>
      alone
        ? say`${keyNamed(key)} is removed, and no key that works today stays: whoever uses it is locked out at once`
        : say`${keyNamed(key)} is removed`,
    marks: ({ alone }) => (alone ? ["breaking"] : []),
    explains: (detail, { key }) => isKey(detail, key.fingerprint),
  }),
  "key-expiry-changed": tell({
    say: ({ key, to, from }: { readonly key: ShownKey } & Record<"from" | "to", LastDay>) =>
      say`${keyNamed(key)} works ${until(to)} instead of ${until(from)}`,
  }),
};

/** What reviewers should know although the change has nothing to do with it. */
export const notices = {
  "key-expires-soon": tell({
    say: ({ key, expires }: { readonly key: ShownKey; readonly expires: string }) =>
      say`${keyNamed(key)} stops working after ${expires}; its successor should be here in time`,
  }),
  "no-key": tell({ say: () => say`has no key that is in use and cannot log in` }),
};

function keyNamed({ fingerprint, type, comment }: ShownKey): Sentence {
  const kind = type === undefined ? plain("") : say`${type} `;
  const whose = comment === undefined || comment === "" ? plain("") : say` (${comment})`;
  return say`key ${kind}${fingerprint}${whose}`;
}

function until(expires: LastDay): Sentence {
  return expires === undefined ? plain("without an end") : say`until ${expires}`;
}
