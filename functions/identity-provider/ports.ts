import type { Authentication } from "../../tenancy/signIn";
import type { hashPassword } from "./credentials";

/** All that the function asks of the world. It changes nothing there but its log. */
export interface Ports {
  readonly authentication: Authentication;
  /** CloudWatch namespace of the metrics. */
  readonly metricsNamespace: string;
  /** The text of a file of the package; undefined where there is none. */
  readonly recordFile: (name: string) => Promise<string | undefined>;
  /** The item of the table under a key, as plain values; undefined where there is none. Settles within a second. */
  readonly item: (tenant: string) => Promise<unknown>;
  readonly hash: typeof hashPassword;
  readonly now: () => Date;
}
