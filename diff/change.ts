import type { Verb } from "../tenancy/access";

/** Something that changes for one tenant in one stack. */
export type TenantChange =
  | {
      readonly kind: "tenant-added";
      readonly userName: string;
      readonly description?: string;
      readonly contact?: string;
    }
  /** In tenants.yaml from now on, but without a user. */
  | { readonly kind: "tenant-added-suspended" }
  /** Gone from tenants.yaml; its files stay at the prefix. */
  | { readonly kind: "tenant-removed"; readonly prefix: string }
  /** Still in tenants.yaml, and of this stack no longer. */
  | { readonly kind: "tenant-left"; readonly prefix: string }
  | { readonly kind: "tenant-suspended" }
  | { readonly kind: "tenant-resumed"; readonly userName: string }
  /** Removed, and another may be given the name, and with it the files. */
  | { readonly kind: "name-not-retired"; readonly prefix: string }
  /** It was among the names that nobody may bear again, and is no longer. */
  | { readonly kind: "name-unretired"; readonly prefix: string }
  /** The tenant has another name now: its files stay where they were. */
  | { readonly kind: "tenant-renamed"; readonly from: string; readonly oldPrefix: string; readonly newPrefix: string }
  /** Another login name: AWS replaces the user. */
  | { readonly kind: "user-recreated"; readonly from: string; readonly to: string }
  | { readonly kind: "landing-folder-moved"; readonly from: string; readonly to: string }
  | {
      readonly kind: "folder-renamed";
      readonly from: string;
      readonly to: string;
      readonly oldPrefix: string;
      readonly newPrefix: string;
    }
  /** The same files under another path. */
  | { readonly kind: "path-moved"; readonly from: string; readonly to: string; readonly prefix: string }
  | ({ readonly kind: "access-lost" } & AccessChange)
  | ({ readonly kind: "access-gained" } & AccessChange)
  | { readonly kind: "key-added"; readonly fingerprint: string; readonly expires?: string }
  | { readonly kind: "key-removed"; readonly fingerprint: string }
  | { readonly kind: "key-expiry-changed"; readonly fingerprint: string; readonly from?: string; readonly to?: string }
  | { readonly kind: "retention-shortened"; readonly from?: number; readonly to: number }
  | { readonly kind: "retention-lengthened"; readonly from: number; readonly to?: number }
  | { readonly kind: "listener-added"; readonly listener: string }
  | { readonly kind: "listener-removed"; readonly listener: string }
  /** Hours of silence after which an alarm begins; undefined: never. */
  | { readonly kind: "expectation-changed"; readonly from?: number; readonly to?: number }
  /** Other documents with the same effect in the tenant's folders. */
  | { readonly kind: "policy-rewritten" };

/** What may be done in a folder changes. */
export interface AccessChange {
  readonly entry: string;
  readonly prefix: string;
  /** What is lost or gained. */
  readonly verbs: readonly Verb[];
  /** What it may do there from now on. */
  readonly remaining: readonly Verb[];
}

/** Something that changes for every tenant of a stack. */
export type StackChange =
  | { readonly kind: "stack-added" }
  | { readonly kind: "stack-removed" }
  | { readonly kind: "server-replaced" }
  | { readonly kind: "endpoint-moved"; readonly from: string; readonly to: string }
  | { readonly kind: "bucket-moved"; readonly from: string; readonly to: string };

export type Change = TenantChange | StackChange;

/**
 * What makes a client fail that may still log in, loses files, or puts them into another's hands. To end a tenant's access
 * (suspend, remove and retire, take out of a stack) is what was asked for, and not among these.
 */
const breakingKinds: ReadonlySet<Change["kind"]> = new Set<Change["kind"]>([
  "name-not-retired",
  "name-unretired",
  "tenant-renamed",
  "user-recreated",
  "landing-folder-moved",
  "folder-renamed",
  "path-moved",
  "access-lost",
  "retention-shortened",
  "stack-removed",
  "server-replaced",
  "endpoint-moved",
  "bucket-moved",
]);

export function isBreaking({ kind }: Change): boolean {
  return breakingKinds.has(kind);
}

/** What reviewers should know although the change has nothing to do with it. */
export type Notice =
  | { readonly kind: "key-expires-soon"; readonly fingerprint: string; readonly expires: string }
  | { readonly kind: "no-key" };
