/**
 * What the server tells the page. Every text is shown as it is: names from clients are in it, with what is invisible made
 * visible, and markup is nothing but characters.
 */

/** What is shown of the gateway; replaced as a whole when another deployment is served. */
export interface GatewayState {
  readonly stack: string;
  /** `127.0.0.1:2222`. */
  readonly endpoint: string;
  readonly hostKeyFingerprint: string;
  /** Where the objects lie. */
  readonly folder: string;
  readonly notes: readonly string[];
  /** Why the files as they were saved last are not served; undefined where they are. */
  readonly refusal?: string;
  readonly tenants: readonly TenantState[];
  readonly absent: readonly AbsentState[];
  /** How many tenants and absent ones are not among these, for there are too many. */
  readonly notShown: number;
  readonly queues: readonly QueueState[];
}

/** Somebody who may log in. */
export interface TenantState {
  readonly name: string;
  readonly userName: string;
  /** Each works as it stands in a shell, in any folder. */
  readonly commands: readonly string[];
  /** Of this run, as the terminal shows it. */
  readonly password?: string;
  /** Addresses from where alone it may log in. */
  readonly from?: string;
  /** Names of the spaces that it has: what is delivered of their files concerns it as well. */
  readonly spaces?: readonly string[];
}

/** Somebody who may not. */
export interface AbsentState {
  readonly name: string;
  readonly why: string;
}

export interface QueueState {
  /** Of its file: `queues/orders.jsonl`. */
  readonly name: string;
  readonly takesDeadLetters: boolean;
  /** Undefined where the file is too large to be counted. */
  readonly messages?: number;
}

/** All that there is to be shown, in the place of whatever was shown before. */
export interface Beginning {
  readonly state: GatewayState;
  /** What the logs of this run say last, oldest first. */
  readonly rows: readonly Row[];
}

/** Something that happened. */
export interface Row {
  /** ISO 8601. */
  readonly at: string;
  /** `log`: at the server. `delivery`: on the way of a notification. `function`: in a function. */
  readonly about: "log" | "delivery" | "function";
  readonly text: string;
  /** Whose it is; undefined for a name that is nobody's, and for what is of a space or says nothing of whose it is. */
  readonly tenant?: string;
  /** The space in which the file lies that it is about: it is of each tenant that has the space. */
  readonly space?: string;
  readonly isWrong?: boolean;
  /** What an upload or renaming has put into the bucket. */
  readonly arrived?: { readonly key: string; readonly bytes?: number };
  /** Of a denial the line of the log, about which `why` can be asked. */
  readonly denied?: string;
  /** The queue in which a message has arrived, by its name. */
  readonly queue?: string;
}

/** What a tenant finds at its paths. */
export interface Seen {
  readonly folders: readonly {
    readonly entry: string;
    readonly access: string;
    readonly bucket: string;
    readonly prefix: string;
    /** Paths below the folder; undefined where it cannot list them. */
    readonly names?: readonly string[];
    /** Whether there are more of them. */
    readonly hasMore: boolean;
  }[];
}

/** The last messages of a queue, the newest first. */
export interface QueueContent {
  readonly messages: readonly { readonly at: string; readonly body: string; readonly attributes: string }[];
}

/** What `why` answers, or why it cannot. */
export interface WhyContent {
  readonly verdict: "allowed" | "denied" | "unknown" | "no answer";
  readonly text: string;
}
