import type { Deployment } from "../../synth/deployment";
import type { DataFolder } from "../dataFolder";
import type { ReportDelivery } from "../delivery/event";
import type { DeployedServer } from "../service/deployedServer";
import type { RunTable } from "../table/runTable";
import type { IdentityProvider } from "./identityProvider";
import type { ThrowAwayPasswords } from "./throwAwayPasswords";

/** A tenant and what opens its account in this run. */
export interface ServedTenant {
  readonly name: string;
  readonly userName: string;
  /** File of a private key, Ed25519 in OpenSSH's form; undefined where the server takes none. */
  readonly privateKey?: string;
  /** File of another one, ECDSA in PEM. */
  readonly privateKeyPem?: string;
  /** The public halves of both, `ssh-ed25519 BODY`. */
  readonly publicKeys: readonly string[];
  /** Undefined where the tenant has none. */
  readonly password?: string;
  /** From where alone it may log in; undefined: from anywhere. */
  readonly allowedCidrs?: readonly string[];
}

/** Who may log in, in this run. */
export interface Logins {
  readonly provider: IdentityProvider;
  readonly tenants: readonly ServedTenant[];
  /** Where DynamoDB's client finds the table of passwords and stops; undefined where there is none. */
  readonly tableEndpoint?: string;
  /** Ends what stood up for it once nobody waits for an answer of it. */
  retire(): Promise<void>;
  /** Ends it at once. */
  end(): Promise<void>;
}

export interface LoginsOptions {
  /** As it is registered. */
  readonly deployment: Deployment;
  readonly server: DeployedServer;
  readonly data: DataFolder;
  readonly table: RunTable;
  /** In that table. */
  readonly passwords: ThrowAwayPasswords;
  /** Where the code of functions lies. */
  readonly codeFolder: string;
  /** Hears of what a function writes and counts. */
  readonly report: ReportDelivery;
}
