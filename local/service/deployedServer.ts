import type { PolicyDocument } from "../../iam/policy";
import type { DeployedBucket } from "../../inventory/bucket";
import { inventoryOf, type Inventory, type TransferServer } from "../../inventory/inventory";
import { blockOf, labelOf, valueOf } from "../../inventory/resources";
import type { DeployedRole } from "../../inventory/role";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { NotServedError, refuseInputs, requireServed } from "./notServed";
import { servedUsers, type ServedUser } from "./users";

/** A role that users or functions take on, its documents read. */
export interface ServedRole {
  readonly arn: string;
  readonly account: string;
  readonly policies: readonly PolicyDocument[];
  /** Who may take it on. */
  readonly trust: PolicyDocument;
}

/** What one server of a deployment serves, read from the synthesised resources and nothing else. */
export interface DeployedServer {
  readonly id: string;
  readonly arn: string;
  /** Shown before login. */
  readonly banner: string | undefined;
  /** Whether changing times and modes succeeds without doing anything, or fails. */
  readonly setStatSucceeds: boolean;
  /** Whether mapped folders exist before anything lies in them. */
  readonly createsMappedFolders: boolean;
  /** The names of the buckets that folders may lie in. */
  readonly buckets: readonly string[];
  /** Of the whole deployment, by ARN. */
  readonly roles: ReadonlyMap<string, ServedRole>;
  readonly users: ReadonlyMap<string, ServedUser>;
}

/** @throws NotServedError for a deployment that cannot be reproduced faithfully. */
export function deployedServer(deployment: Deployment): DeployedServer {
  return requireServed(() => {
    const inventory = inventoryOf(deployment);
    const { id, arn, resource } = theServer(inventory);
    inventory.buckets.forEach(requireBucketName);
    const banner = valueOf(resource, "preAuthenticationLoginBanner");
    return {
      id,
      arn,
      banner: typeof banner === "string" ? banner : undefined,
      setStatSucceeds: choiceOf(resource, "protocolDetails", "setStatOption", "ENABLE_NO_OP"),
      createsMappedFolders: choiceOf(resource, "s3StorageOptions", "directoryListingOptimization", "ENABLED"),
      buckets: [...inventory.buckets.keys()],
      roles: new Map([...inventory.roles].map(([roleArn, role]) => [roleArn, servedRole(role)])),
      users: servedUsers(inventory, id),
    };
  });
}

function theServer({ servers, deployment }: Inventory): TransferServer {
  const [server, ...others] = servers;
  if (server === undefined || others.length > 0) {
    throw new NotServedError(`stack ${deployment.stack}`, "exactly one Transfer server can be served");
  }
  const { resource } = server;
  const protocols = valueOf(resource, "protocols") ?? ["SFTP"];
  if (!Array.isArray(protocols) || protocols.join() !== "SFTP") {
    throw new NotServedError(labelOf(resource), 'only a server whose "protocols" are ["SFTP"] can be served');
  }
  if ((valueOf(resource, "identityProviderType") ?? "SERVICE_MANAGED") !== "SERVICE_MANAGED") {
    throw new NotServedError(labelOf(resource), 'only "identityProviderType" SERVICE_MANAGED can be served');
  }
  if ((valueOf(resource, "domain") ?? "S3") !== "S3") {
    throw new NotServedError(labelOf(resource), 'only "domain" S3 can be served');
  }
  refuseInputs(resource, "workflowDetails");
  return server;
}

function choiceOf(server: DeployedResource, block: string, key: string, chosen: string): boolean {
  return blockOf(server, block)[key] === chosen;
}

/** S3's rules for names, as far as they keep a name from leading out of a folder. */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function requireBucketName({ name, label }: DeployedBucket): void {
  if (!bucketName.test(name)) {
    throw new NotServedError(label, `"${name}" is no name for a bucket`);
  }
}

function servedRole({ arn, account, policies, trust }: DeployedRole): ServedRole {
  return { arn, account, policies: policies().map(({ content }) => content), trust: trust.content };
}
