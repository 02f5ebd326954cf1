import type { listenerKeys, TenantsFile } from "./schema";

type Entry = Required<NonNullable<TenantsFile["spaces"][number]["notify"]>[number]>;

/** Who hears of the uploads into a tenant's own folders, or into a space. */
export type Listener = OwnQueue | ExistingListener;

/** A queue that is made for the tenant or space, with a dead-letter queue; others of the account need their own policies. */
export interface OwnQueue extends Pick<Entry, "readers" | "environments"> {
  readonly kind: "own-queue";
}

/** Something that exists already. */
export interface ExistingListener extends Pick<Entry, "environments"> {
  readonly kind: (typeof listenerKeys)[number];
  /** The ARN, the address or the URL, in one spelling: host names in lower case. */
  readonly endpoint: string;
}

/**
 * Filter policies of one topic, hence listeners of a stack.
 * Source: SNS Developer Guide, "Amazon SNS subscription filter policies", constraints.
 */
export const maxListeners = 200;

/** Combinations of values in one filter policy, hence owners that one listener hears of. Source: as above. */
export const maxOwnersOfListener = 150;
