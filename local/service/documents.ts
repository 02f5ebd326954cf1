import { parsePolicy, UnsupportedPolicyError } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { labelOf, NotServedError, refuseInputs, resourcesOf, textOf, valueOf } from "./resources";

/** A bucket that users' folders lie in. */
export interface ServedBucket {
  readonly name: string;
  readonly policy: PolicyDocument | undefined;
  /** ARN of the KMS key that encrypts objects; undefined when S3 does it with keys of its own. */
  readonly encryptionKey: string | undefined;
}

/** A role that users take on, with everything IAM knows of it. */
export interface ServedRole {
  readonly arn: string;
  readonly account: string;
  readonly partition: string;
  readonly policies: readonly PolicyDocument[];
  /** Who may take it on. */
  readonly trust: PolicyDocument;
}

/** The roles of a deployment by ARN. @throws NotServedError when one has policies that are not in the deployment. */
export function servedRoles(deployment: Deployment): ReadonlyMap<string, ServedRole> {
  const attached = resourcesOf(deployment, "aws:iam/rolePolicy:RolePolicy");
  for (const type of ["rolePolicyAttachment:RolePolicyAttachment", "policyAttachment:PolicyAttachment"]) {
    const [attachment] = resourcesOf(deployment, `aws:iam/${type}`);
    if (attachment !== undefined) {
      throw new NotServedError(labelOf(attachment), "only inline policies of roles are reproduced");
    }
  }
  const roles = resourcesOf(deployment, "aws:iam/role:Role").map((role): [string, ServedRole] => {
    refuseInputs(role, "inlinePolicies", "managedPolicyArns", "permissionsBoundary");
    const arn = textOf(role, "arn");
    const [, partition = "", , , account = ""] = arn.split(":");
    const names = [role.id, valueOf(role, "name")];
    const policies = attached.filter((policy) => names.includes(textOf(policy, "role"))).map(documentOf("policy"));
    return [arn, { arn, partition, account, policies, trust: documentOf("assumeRolePolicy")(role) }];
  });
  return new Map(roles);
}

/** Reads a policy document, given as JSON text or as the object itself, out of a resource. */
export function documentOf(key: string): (resource: DeployedResource) => PolicyDocument {
  return (resource) => {
    const value = valueOf(resource, key);
    const where = `${labelOf(resource)}, "${key}"`;
    return refusingUnsupported(where, () => parsePolicy(typeof value === "string" ? parsed(value, where) : value, key));
  };
}

/** Runs a step that reads policies; what it cannot evaluate becomes a refusal to serve. */
export function refusingUnsupported<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      throw new NotServedError(where, error.message);
    }
    throw error;
  }
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotServedError(where, "this is not JSON");
  }
}
