import { tenantPrefix } from "../access/grant";
import { inventoryOf } from "../inventory/inventory";
import { Sessions } from "../inventory/session";
import { foldersOf, type MappedFolder } from "../inventory/user";
import { verbsAt } from "../inventory/verbs";
import type { Verb } from "../tenancy/access";
import type { SshKey, Tenant } from "../tenancy/model";
import { parsePublicKey } from "../tenancy/publicKey";
import { tenantOutputs, type Side } from "./side";

/** A folder as the client sees it, and where it lies in the landing bucket. */
export type TenantFolder = Pick<MappedFolder, "entry" | "prefix">;

/** An active tenant in one stack, as one side deploys it. */
export interface TenantState {
  /** From the stack output `tenants`, as the next one. */
  readonly userName: string;
  readonly landingFolder: string;
  /** Of the deployed keys, sorted. */
  readonly fingerprints: readonly string[];
  /** What tenants.yaml says of it, for what no deployment tells of one tenant. Undefined: not known. */
  readonly tenant: Tenant | undefined;
  /** From the user's logical mappings. */
  readonly places: readonly TenantFolder[];
  /** The prefix of the tenant's own files. */
  readonly ownPrefix: string;
  /** What the tenant may do with the files below a prefix of the landing bucket, by all documents that decide. */
  readonly reach: (prefix: string) => readonly Verb[];
  /** Those documents as one text. */
  readonly documents: string;
  /** Whether a password may open it. */
  readonly password: boolean;
  /** Ranges of addresses that it may come from; undefined: from anywhere. */
  readonly allowedCidrs: readonly string[] | undefined;
  /** Of the user. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Reads the active tenants of one side, which are those of its outputs; one whose user is missing can do nothing. */
export function tenantStates({ deployment, tenancy }: Side): (name: string) => TenantState {
  const sessions = new Sessions(inventoryOf(deployment));
  const users = new Map(sessions.inventory.users.map((user) => [user.userName, user]));
  const keyOfStack = ({ environments }: SshKey) => environments.includes(deployment.stack);
  const tenants = new Map(
    tenancy?.tenants.map((tenant) => [tenant.name, { ...tenant, sshKeys: tenant.sshKeys.filter(keyOfStack) }]),
  );
  const states = new Map<string, TenantState>();
  return (name) => {
    const state = states.get(name) ?? stateOf(name);
    states.set(name, state);
    return state;
  };

  function stateOf(name: string): TenantState {
    const output = tenantOutputs(deployment)[name];
    if (output === undefined) {
      throw new Error(`stack ${deployment.stack}: the tenant ${name} is not in the outputs`);
    }
    const published = {
      userName: output.userName,
      landingFolder: output.homeDirectory,
      tenant: tenants.get(name),
      ownPrefix: tenantPrefix(name),
    };
    const user = users.get(output.userName);
    if (user === undefined) {
      const waysIn = { fingerprints: [], password: false, allowedCidrs: undefined };
      return { ...published, ...waysIn, places: [], reach: () => [], documents: "", tags: {} };
    }
    const folders = foldersOf(user);
    const bucket = folders[0]?.bucket ?? "";
    const session = sessions.of(user);
    return {
      ...published,
      fingerprints: user.keys.map(({ body }) => shownOf(body)).sort(),
      password: user.password,
      allowedCidrs: user.allowedCidrs,
      places: folders.map(({ entry, prefix }) => ({ entry, prefix })),
      // Of most tenants nothing is asked, so their documents are never read.
      reach: (prefix) => verbsAt(session, { bucket, prefix }),
      documents: session.textsOn(bucket),
      tags: (user.resource.inputs["tags"] ?? {}) as Readonly<Record<string, string>>,
    };
  }
}

/** By the key's text: nearly all are the same on both sides, and it takes a while to see whether one is valid. */
const fingerprints = new Map<string, string>();

/** What is no key in our eyes opens nothing, and is shown as it stands. */
function shownOf(body: string): string {
  const fingerprint = fingerprints.get(body) ?? parsePublicKey(body).key?.fingerprint ?? body;
  fingerprints.set(body, fingerprint);
  return fingerprint;
}

/** The state of a tenant as if it bore another name already: what its files are compared under after a renaming. */
export function underName(state: TenantState, { ownPrefix: newPrefix }: TenantState): TenantState {
  const { ownPrefix, places, reach } = state;
  const moved = (prefix: string, from: string, to: string) =>
    prefix.startsWith(from) ? `${to}${prefix.slice(from.length)}` : prefix;
  return {
    ...state,
    ownPrefix: newPrefix,
    places: places.map(({ entry, prefix }) => ({ entry, prefix: moved(prefix, ownPrefix, newPrefix) })),
    reach: (prefix) => reach(moved(prefix, newPrefix, ownPrefix)),
  };
}
