/** What a client does with the files of a folder. Every profile lists: what cannot be seen cannot be named. */
export const verbs = ["list", "read", "write", "delete"] as const;

export type Verb = (typeof verbs)[number];

/** What a profile lets a client do, and how reports show it. */
interface AccessProfile {
  /** In the order of {@link verbs}. */
  readonly verbs: readonly Verb[];
  /** Short enough for a phone's columns. */
  readonly mark: string;
}

/**
 * What a tenant may be given in a folder or space. Schema, S3 actions, roles, proof and reports follow from this table; a further
 * profile is a further entry here.
 */
export const accessProfiles = {
  "read-write": { verbs: ["list", "read", "write", "delete"], mark: "RW" },
  "read-only": { verbs: ["list", "read"], mark: "R" },
  /** For partners who fetch and then delete, and put nothing. */
  "read-delete": { verbs: ["list", "read", "delete"], mark: "RD" },
  /** A drop box: what is put there cannot be read back. */
  "write-only": { verbs: ["list", "write"], mark: "W" },
} as const satisfies Readonly<Record<string, AccessProfile>>;

export type Access = keyof typeof accessProfiles;

/** The names of all profiles. */
export const accessNames = Object.keys(accessProfiles) as readonly Access[];

const narrowestFirst = [...accessNames].sort((a, b) => verbsOf(a).length - verbsOf(b).length);

const heldBy: ReadonlyMap<Access, ReadonlySet<Access>> = new Map(
  accessNames.map((wide) => [wide, new Set(accessNames.filter((narrow) => holds(wide, narrow)))]),
);

/** The narrowest profile that lets a client do all that these do. */
export function narrowestHolding(accesses: readonly Access[]): Access {
  return narrowestFirst.find((wide) => accesses.every((access) => heldBy.get(wide)?.has(access))) ?? "read-write";
}

function holds(wide: Access, narrow: Access): boolean {
  return verbsOf(narrow).every((verb) => verbsOf(wide).includes(verb));
}

function verbsOf(access: Access): readonly Verb[] {
  return accessProfiles[access].verbs;
}
