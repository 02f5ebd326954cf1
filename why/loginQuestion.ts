import type { Edit } from "../editing/edit";
import type { Path } from "../tenancy/tree";
import type { LoginAnswer } from "./answer";

/** A public key that a client shows. */
export interface ShownKey {
  /** `SHA256:...`, as OpenSSH and the logs show it. */
  readonly fingerprint: string;
  /** Type and body, where more than the fingerprint is known. */
  readonly body?: string;
}

/** What a line of a log says of a login. */
export interface LoginOutcome {
  readonly letIn: boolean;
  readonly reason?: string | undefined;
}

/** Who wants to log in, and what is known of it. */
export interface LoginQuestion {
  readonly key?: ShownKey | undefined;
  /** What is shown, where the key is not known. Default: whatever the tenant has. */
  readonly way?: "key" | "password" | undefined;
  /** Of a line of a log: the client has shown neither a key nor a password. */
  readonly showsNothing?: true;
  /** The client's address; undefined: any that the tenant may come from. */
  readonly address?: string | undefined;
  /** Of a line of the server's own log: whatever stands before the server has let the client through. */
  readonly hasArrived?: true;
  /** Of a line of a log: what came of it, and the reason where the line has one. */
  readonly outcome?: LoginOutcome | undefined;
  readonly now: Date;
}

/** What is decided of a login, before it is put into words or changed. */
export interface LoginJudgement extends Pick<LoginAnswer, "verdict" | "cause" | "found" | "place" | "keyOf"> {
  /** What would have to be said in tenants.yaml; undefined where nothing there is to blame. */
  readonly wish?: Wish;
}

/** What an entry of tenants.yaml would have to say, as people read it and as it is written. Paths begin in the entry. */
export interface Wish {
  /** Of what is changed. */
  readonly path: Path;
  /** As it is, where it is said. */
  readonly from?: string;
  readonly to: string;
  readonly edits: readonly Edit[];
}
