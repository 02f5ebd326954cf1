import type { AccessPlan, UserPlan } from "./plan";

/** All that the identity provider knows of one login: what the proof proved, as it is answered. */
export interface LoginRecord {
  /** What the client logs in as. */
  readonly userName: string;
  /** Whose login it is; the key of the tenant's item in the table. */
  readonly tenant: string;
  /** ARN of the role that the session takes on. */
  readonly role: string;
  /** Text of the session policy. */
  readonly policy: string;
  /** Text of the logical mappings: a list of `Entry` and `Target` in JSON, as Transfer Family takes `HomeDirectoryDetails`. */
  readonly mappings: string;
  /** Unset where the root only shows the entries. */
  readonly homeDirectory?: string;
  readonly keys: readonly LoginKey[];
  /** Whether a password of the table may admit. */
  readonly password: boolean;
  /** Ranges of addresses; unset: from anywhere. */
  readonly allowedCidrs?: readonly string[];
}

/** A key as Transfer Family takes it, without its comment. */
export interface LoginKey {
  /** Type and body: `ssh-ed25519 AAAA...`. */
  readonly key: string;
  /** The last day, in UTC, on which it admits. */
  readonly expires?: string;
}

/** One for each user of the plan, in its order: tenants that are suspended, or of other stacks, are not among them. */
export function loginRecords({ users }: Pick<AccessPlan, "users">): readonly LoginRecord[] {
  return users.map(loginRecord);
}

function loginRecord(user: UserPlan): LoginRecord {
  const { userName, tenant, mappings, homeDirectory, keys, password, allowedCidrs } = user;
  return {
    userName,
    tenant,
    role: user.roleArn,
    policy: user.session,
    mappings: JSON.stringify(mappings.map(({ entry, target }) => ({ Entry: entry, Target: target }))),
    ...(homeDirectory !== undefined && { homeDirectory }),
    keys: keys.map(({ type, body, expires }) => ({
      key: `${type} ${body}`,
      ...(expires !== undefined && { expires }),
    })),
    password,
    ...(allowedCidrs !== undefined && { allowedCidrs }),
  };
}
