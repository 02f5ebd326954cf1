import type { DeployedBucket } from "../../inventory/bucket";
import { inventoryOf, type Inventory, type TransferServer } from "../../inventory/inventory";
import { blockOf, labelOf, valueOf } from "../../inventory/resources";
import type { Deployment } from "../../synth/deployment";
import { defaultSecurityPolicy, faultOfSecurityPolicy } from "../../settings/securityPolicy";
import { offerOf, type Offer } from "../ssh/policyAlgorithms";
import { NotServedError, refuseInputs, requireInput } from "./notServed";
import { servedUsers } from "./users";

/** What one server of a deployment serves, read from the synthesised resources and nothing else. */
export type DeployedServer = Awaited<ReturnType<typeof deployedServer>>;

/** @throws UnreadableDeploymentError for a deployment that cannot be reproduced faithfully. */
export async function deployedServer(deployment: Deployment) {
  const inventory = inventoryOf(deployment);
  const { id, arn, resource } = theServer(inventory);
  inventory.buckets.forEach(requireBucketName);
  const banner = valueOf(resource, "preAuthenticationLoginBanner");
  return {
    id,
    arn,
    resource,
    inventory,
    /** Whether users are resources; otherwise a function is asked about each login. */
    isServiceManaged: valueOf(resource, "identityProviderType") !== "AWS_LAMBDA",
    /** The SSH algorithms of its security policy. */
    offer: offerOfServer(resource),
    /** Shown before login. */
    banner: typeof banner === "string" ? banner : undefined,
    /** Whether changing times and modes succeeds without doing anything, or fails. */
    setStatSucceeds: blockOf(resource, "protocolDetails")["setStatOption"] === "ENABLE_NO_OP",
    /** Whether mapped folders exist before anything lies in them. */
    createsMappedFolders: blockOf(resource, "s3StorageOptions")["directoryListingOptimization"] === "ENABLED",
    /** The names of the buckets that folders may lie in. */
    buckets: [...inventory.buckets.keys()],
    users: await servedUsers(inventory, id),
  };
}

function theServer({ servers, deployment }: Inventory): TransferServer {
  const [server, ...others] = servers;
  if (server === undefined || others.length > 0) {
    throw new NotServedError(`stack ${deployment.stack}`, "exactly one Transfer server can be served");
  }
  const { resource } = server;
  requireInput(resource, "protocols", ["SFTP"]);
  if (valueOf(resource, "identityProviderType") !== "AWS_LAMBDA") {
    requireInput(resource, "identityProviderType", "SERVICE_MANAGED");
  }
  requireInput(resource, "domain", "S3");
  refuseInputs(resource, "workflowDetails");
  return server;
}

function offerOfServer(resource: TransferServer["resource"]): Offer {
  const given = valueOf(resource, "securityPolicyName");
  const name = typeof given === "string" ? given : defaultSecurityPolicy;
  const offer = offerOf(name);
  if (offer === undefined) {
    throw new NotServedError(labelOf(resource), `"securityPolicyName": ${faultOfSecurityPolicy(name)}`);
  }
  return offer;
}

/** S3's rules for names, as far as they keep a name from leading out of a folder. */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function requireBucketName({ name, label }: DeployedBucket): void {
  if (!bucketName.test(name)) {
    throw new NotServedError(label, `"${name}" is no name for a bucket`);
  }
}
