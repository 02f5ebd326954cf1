import type { DeployedResource, Deployment } from "../../synth/deployment";
import { documentOf, servedRoles, type ServedBucket, type ServedRole } from "./documents";
import { blockOf, labelOf, NotServedError, refuseInputs, resourcesOf, textOf, valueOf } from "./resources";
import { servedUsers, type ServedUser } from "./users";

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
  readonly buckets: readonly ServedBucket[];
  /** Of the whole deployment, by ARN. */
  readonly roles: ReadonlyMap<string, ServedRole>;
  readonly users: ReadonlyMap<string, ServedUser>;
}

/** @throws NotServedError for a deployment that cannot be reproduced faithfully. */
export function deployedServer(deployment: Deployment): DeployedServer {
  const server = theServer(deployment);
  const buckets = resourcesOf(deployment, "aws:s3/bucket:Bucket").map((bucket) => servedBucket(deployment, bucket));
  const arn = textOf(server, "arn");
  const roles = servedRoles(deployment);
  const banner = valueOf(server, "preAuthenticationLoginBanner");
  return {
    id: serverId(server),
    arn,
    banner: typeof banner === "string" ? banner : undefined,
    setStatSucceeds: choiceOf(server, "protocolDetails", "setStatOption", "ENABLE_NO_OP"),
    createsMappedFolders: choiceOf(server, "s3StorageOptions", "directoryListingOptimization", "ENABLED"),
    buckets,
    roles,
    users: servedUsers(deployment, { id: serverId(server), arn }, roles, buckets),
  };
}

function theServer(deployment: Deployment): DeployedResource {
  const [server, ...others] = resourcesOf(deployment, "aws:transfer/server:Server");
  if (server === undefined || others.length > 0) {
    throw new NotServedError(`stack ${deployment.stack}`, "exactly one Transfer server can be served");
  }
  const protocols = valueOf(server, "protocols") ?? ["SFTP"];
  if (!Array.isArray(protocols) || protocols.join() !== "SFTP") {
    throw new NotServedError(labelOf(server), 'only a server whose "protocols" are ["SFTP"] can be served');
  }
  if ((valueOf(server, "identityProviderType") ?? "SERVICE_MANAGED") !== "SERVICE_MANAGED") {
    throw new NotServedError(labelOf(server), 'only "identityProviderType" SERVICE_MANAGED can be served');
  }
  if ((valueOf(server, "domain") ?? "S3") !== "S3") {
    throw new NotServedError(labelOf(server), 'only "domain" S3 can be served');
  }
  refuseInputs(server, "workflowDetails");
  return server;
}

function serverId(server: DeployedResource): string {
  if (server.id === null) {
    throw new NotServedError(labelOf(server), "it has no id");
  }
  return server.id;
}

function choiceOf(server: DeployedResource, block: string, key: string, chosen: string): boolean {
  return blockOf(server, block)[key] === chosen;
}

/** S3's rules for names, as far as they keep a name from leading out of a folder. */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function servedBucket(deployment: Deployment, bucket: DeployedResource): ServedBucket {
  const name = textOf(bucket, "bucket");
  if (!bucketName.test(name)) {
    throw new NotServedError(labelOf(bucket), `"${name}" is no name for a bucket`);
  }
  const ofBucket = (type: string) =>
    resourcesOf(deployment, type).filter((resource) => valueOf(resource, "bucket") === name);
  const [policy] = ofBucket("aws:s3/bucketPolicy:BucketPolicy");
  const [encryption] = ofBucket(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  );
  return {
    name,
    policy: policy === undefined ? undefined : documentOf("policy")(policy),
    encryptionKey: encryption === undefined ? undefined : encryptionKeyOf(encryption),
  };
}

function encryptionKeyOf(encryption: DeployedResource): string | undefined {
  const rules = valueOf(encryption, "rules") as readonly Record<string, unknown>[] | undefined;
  const byDefault = (rules?.[0]?.["applyServerSideEncryptionByDefault"] ?? {}) as Record<string, unknown>;
  const { sseAlgorithm, kmsMasterKeyId } = byDefault;
  if (sseAlgorithm === "AES256") {
    return undefined;
  }
  if (sseAlgorithm !== "aws:kms" || typeof kmsMasterKeyId !== "string" || !kmsMasterKeyId.startsWith("arn:")) {
    throw new NotServedError(labelOf(encryption), 'only AES256, or "aws:kms" with the ARN of a key, is reproduced');
  }
  return kmsMasterKeyId;
}
