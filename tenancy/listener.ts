/** Who hears of the uploads into a tenant's own folders, or into a space. */
export type Listener = OwnQueue | ExistingListener;

/** A queue that is made for the tenant or space, with a dead-letter queue. */
export interface OwnQueue {
  readonly kind: "own-queue";
  /** ARNs of the roles and users that may receive and delete; others of the account need their own policies. */
  readonly readers: readonly string[];
  /** Stacks that deploy it. Default: the tenant's; a space's: every stack. */
  readonly environments: readonly string[];
}

/** Something that exists already. */
export interface ExistingListener {
  readonly kind: "queue" | "function" | "email" | "https";
  /** The ARN, the address or the URL, in one spelling: host names in lower case. */
  readonly endpoint: string;
  readonly environments: readonly string[];
}

/** The keys of an entry of `notify` that say who listens; each entry has exactly one. */
export const listenerKeys = ["queue", "function", "email", "https"] as const;

/**
 * Filter policies of one topic, hence listeners of a stack.
 * Source: SNS Developer Guide, "Amazon SNS subscription filter policies", constraints.
 */
export const maxListeners = 200;

/** Combinations of values in one filter policy, hence owners that one listener hears of. Source: as above. */
export const maxOwnersOfListener = 150;
