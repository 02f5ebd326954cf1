import type { Deployment } from "../synth/deployment";
import type { Inventory } from "../inventory/inventory";
import { labelOf, UnreadableDeploymentError } from "../inventory/resources";
import type { DeployedUser } from "../inventory/user";
import type { Written } from "./answer";

/** What decides about one user: everything but the other users, their keys, and what is no matter of access. */
const deciding = /^aws:(transfer\/server:|iam\/|s3\/bucket(Policy|ServerSideEncryptionConfiguration)?:|kms\/)/;

/** The deployment as if nobody else were in it, small enough to try changes on. */
export function excerptOf({ deployment }: Inventory, user: DeployedUser): Deployment {
  const resources = deployment.resources.filter((each) => each === user.resource || deciding.test(each.type));
  // A function that is asked about logins is not asked here: the user has been read from its records.
  const servers = resources.map((each) =>
    each.type === "aws:transfer/server:Server"
      ? { ...each, inputs: { ...each.inputs, identityProviderType: undefined, function: undefined } }
      : each,
  );
  return { ...deployment, resources: servers };
}

/** The deployment with other values. @throws UnreadableDeploymentError for a value of a resource that is not in it. */
export function withWritten(deployment: Deployment, writes: readonly Written[]): Deployment {
  const urns = new Set(deployment.resources.map(({ urn }) => urn));
  const strange = writes.find(({ urn }) => !urns.has(urn));
  if (strange !== undefined) {
    throw new UnreadableDeploymentError(strange.urn, "the deployment has no such resource");
  }
  const resources = deployment.resources.map((each) => {
    const values = Object.fromEntries(
      writes.filter(({ urn }) => urn === each.urn).map(({ input, value }) => [input, value]),
    );
    return Object.keys(values).length > 0
      ? { ...each, inputs: { ...each.inputs, ...values }, outputs: { ...each.outputs, ...values } }
      : each;
  });
  return { ...deployment, resources };
}

/** The user of that login name. */
export function userIn({ users }: Inventory, { resource }: DeployedUser): DeployedUser {
  const found = users.find((each) => each.resource.urn === resource.urn);
  if (found === undefined) {
    throw new UnreadableDeploymentError(labelOf(resource), "it is not part of the deployment");
  }
  return found;
}
