import type { DeployedResource, Deployment } from "../synth/deployment";
import { deployedBuckets, type DeployedBucket } from "./bucket";
import { usersOfRecords } from "./records";
import { labelOf, resourcesOf, textOf, UnreadableDeploymentError } from "./resources";
import { deployedRoles, type DeployedRole } from "./role";
import { deployedUsers, recordedUser, type DeployedUser } from "./user";

/** A Transfer server. */
export interface TransferServer {
  readonly id: string;
  readonly arn: string;
  readonly resource: DeployedResource;
}

/** What a deployment has for whom. Everybody who asks what is deployed asks this; documents are read when they are needed. */
export interface Inventory {
  /** With the users whom a function knows among its resources. */
  readonly deployment: Deployment;
  readonly servers: readonly TransferServer[];
  /** Of all servers: those whom the service knows, in the deployment's order, and those whom functions know. */
  readonly users: readonly DeployedUser[];
  /** By ARN. */
  readonly roles: ReadonlyMap<string, DeployedRole>;
  /** By name. */
  readonly buckets: ReadonlyMap<string, DeployedBucket>;
}

/** Deployments do not change, and whoever compares or explains reads the same one often. */
const known = new WeakMap<Deployment, Inventory>();

/** @throws UnreadableDeploymentError for a resource that does not say who or what it is. */
export function inventoryOf(registered: Deployment): Inventory {
  const inventory = known.get(registered) ?? read(registered);
  known.set(registered, inventory);
  return inventory;
}

function read(registered: Deployment): Inventory {
  const recorded = usersOfRecords(registered);
  const deployment = {
    ...registered,
    resources: [...registered.resources, ...recorded.map(({ resource }) => resource)],
  };
  return {
    deployment,
    servers: resourcesOf(deployment, "aws:transfer/server:Server").map(transferServer),
    users: [...deployedUsers(registered), ...recorded.map(recordedUser)],
    roles: deployedRoles(deployment),
    buckets: deployedBuckets(deployment),
  };
}

function transferServer(resource: DeployedResource): TransferServer {
  if (resource.id === null) {
    throw new UnreadableDeploymentError(labelOf(resource), "it has no id");
  }
  return { id: resource.id, arn: textOf(resource, "arn"), resource };
}
