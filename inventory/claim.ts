import type { KeyReference } from "../access/encryption";
import type { Grant } from "../access/grant";
import type { Claim, UserClaim } from "../access/isolation";
import type { Inventory } from "./inventory";
import { UnreadableDeploymentError } from "./resources";
import type { DeployedUser } from "./user";

/** Whom tenants.yaml grants something: the measure of what is deployed. */
export interface GrantedUser {
  readonly tenant: string;
  readonly userName: string;
  readonly grants: readonly Pick<Grant, "prefix" | "access" | "shared">[];
}

/**
 * What is to be proven of a deployment: the documents are its resources', wherever in the program they come from. Users of
 * all servers are among them; one whose login name is nobody's has no grants.
 * @throws UnreadableDeploymentError when a document that decides is not in the deployment.
 */
export function claimOf(inventory: Inventory, granted: readonly GrantedUser[]): Claim {
  const { deployment, servers, users, roles, buckets } = inventory;
  const byUserName = new Map(granted.map((user) => [user.userName, user]));
  const takenOn = [...roles.values()].filter(({ arn }) => users.some(({ roleArn }) => roleArn === arn));
  // One of the outputs, which are what everything outside knows of a stack.
  const bucket = deployment.outputs["bucketName"];
  if (typeof bucket !== "string") {
    throw new UnreadableDeploymentError(`stack ${deployment.stack}`, 'the output "bucketName" is missing');
  }
  const [server] = servers;
  if (server === undefined) {
    throw new UnreadableDeploymentError(`stack ${deployment.stack}`, "there is no Transfer server");
  }
  const [, partition = "", , region = "", account = ""] = server.arn.split(":");
  return {
    scope: { partition, region, account },
    bucket,
    users: users.map((user) => userClaim(user, byUserName.get(user.userName))),
    roles: takenOn.map(({ arn, policies, trust }) => ({
      arn,
      policies: policies().map(({ text }) => text),
      trust: trust.text,
    })),
    bucketPolicy: buckets.get(bucket)?.policy?.text,
    keys: keysOf(inventory, bucket),
    keyPolicy: buckets.get(bucket)?.encryptionKey?.policy?.text,
    serverAssumes: servers.some(({ resource }) => resource.inputs["identityProviderType"] === "AWS_LAMBDA"),
  };
}

/** How documents may name the key of the files, and of those of an earlier time: by its ARN, or by an alias that it bears. */
function keysOf({ deployment, buckets }: Inventory, bucket: string): KeyReference[] {
  const current = buckets.get(bucket)?.encryptionKey;
  const byAlias = (current?.aliases ?? []).map((alias) => ({
    resource: `${current?.arn.slice(0, current.arn.lastIndexOf("/"))}/*`,
    alias,
  }));
  const named = [current?.arn, deployment.outputs["encryptionKeyArn"]].filter((arn) => typeof arn === "string");
  return [...named.map((resource) => ({ resource })), ...byAlias];
}

function userClaim(user: DeployedUser, granted: GrantedUser | undefined): UserClaim {
  const { userName, roleArn, mappings } = user;
  return {
    tenant: granted?.tenant ?? user.tenant ?? userName,
    userName,
    grants: granted?.grants ?? [],
    session: user.session?.text,
    roleArn,
    ...(mappings === undefined ? {} : { mappings }),
  };
}
