import type { Detail } from "../details";
import { isInput, isKey } from "../explained";
import { counted, plain, say, type Sentence } from "../sentence";
import { tell, type Mark } from "../telling";

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
    /** @param formerly The tenant that it opened until now. */
    say: ({ key, expires, formerly }: { key: ShownKey; expires: LastDay; formerly?: string | undefined }) =>
      say`${keyNamed(key)} is added, ${until(expires)}${formerly === undefined ? plain("") : say`; until now it opened ${formerly}`}`,
    marks: ({ formerly }) => (formerly === undefined ? [] : ["dangerous"]),
    explains: (detail, { key }) => isKey(detail, key.fingerprint),
  }),
  "key-removed": tell({
    /**
     * @param stay How many keys stay that could log in before: with none there is no time to change over. Undefined where
     * the tenant itself goes.
     * @param ended Its last day, where that has passed.
     */
    say: ({ key, stay, ended }: { key: ShownKey; stay?: number | undefined; ended?: LastDay }) =>
      ended !== undefined
        ? say`${keyNamed(key)} is removed: its last day was ${ended}`
        : stay === 0
          ? say`${keyNamed(key)} is removed, and no key that works today stays: whoever uses it is locked out at once`
          : say`${keyNamed(key)} is removed${plain(stay === undefined ? "" : `; ${counted(stay, "key")} that ${stay === 1 ? "works" : "work"} today ${stay === 1 ? "stays" : "stay"}`)}`,
    marks: ({ stay, ended }) => (stay === 0 && ended === undefined ? ["breaking"] : []),
    explains: (detail, { key }) => isKey(detail, key.fingerprint),
  }),
  "key-expiry-changed": tell({
    say: ({ key, to, from }: { readonly key: ShownKey } & Record<"from" | "to", LastDay>) =>
      say`${keyNamed(key)} works ${until(to)} instead of ${until(from)}`,
    explains: (detail, { key }) =>
      isInput(detail, "aws:transfer/sshKey:SshKey", "expires") &&
      detail.resource?.name.endsWith(key.fingerprint) === true,
  }),
  "password-admitted": tell({
    say: () => say`may log in with a password`,
    explains: (detail: Detail) => isInput(detail, userType, "password"),
  }),
  "password-refused": tell({
    marks: ["breaking"],
    say: () => say`can no longer log in with a password`,
    explains: (detail: Detail) => isInput(detail, userType, "password"),
  }),
  "addresses-changed": tell({
    marks: addressMarks,
    say: ({ from, to }: Addresses) =>
      to === undefined
        ? say`may log in from anywhere now; until now from ${listed(from)} only`
        : from === undefined
          ? say`may log in from these addresses only: ${listed(to)}`
          : say`may log in from these addresses only: ${listed(to)}; until now from ${listed(from)}`,
    explains: (detail) => isInput(detail, userType, "allowedCidrs"),
  }),
};

const userType = "aws:transfer/user:User";

/** Ranges that a tenant may come from; undefined: from anywhere. */
type Addresses = Readonly<Record<"from" | "to", readonly string[] | undefined>>;

/** Whoever comes from a range that goes is locked out; a guard that goes lets anybody try. */
function addressMarks({ from, to }: Addresses): readonly Mark[] {
  if (to === undefined) {
    return ["dangerous"];
  }
  return from === undefined || from.some((range) => !to.includes(range)) ? ["breaking"] : [];
}

function listed(ranges: readonly string[] = []): string {
  return ranges.join(", ");
}

/** What reviewers should know although the change has nothing to do with it. */
export const notices = {
  "key-expires-soon": tell({
    say: ({ key, expires }: { readonly key: ShownKey; readonly expires: string }) =>
      say`${keyNamed(key)} stops working after ${expires}; its successor should be here in time`,
  }),
  "no-key": tell({ say: () => say`has no key that is in use and cannot log in` }),
};

function keyNamed({ fingerprint, type, comment }: ShownKey): Sentence {
  const kind = plain(type === undefined ? "" : `${type} `);
  const whose = comment === undefined || comment === "" ? plain("") : say` ("${comment}")`;
  return say`key ${kind}${fingerprint}${whose}`;
}

function until(expires: LastDay): Sentence {
  return expires === undefined ? plain("without an end") : say`until ${expires}`;
}
