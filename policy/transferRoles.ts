import { readStatements } from "./document";
import { roleTypes, serverTypes, userTypes } from "./resourceTypes";
import { trustsTransfer } from "./roleTrust";
import { elements, member, notKnownYet, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";

/** A policy document of a role: where it stands, to be named in a message. */
export interface RoleDocument {
  readonly resource: SeenResource;
  readonly property: string;
  readonly value: unknown;
}

/** A policy that is not in the stack, by its ARN. */
export interface AttachedArn {
  readonly resource: SeenResource;
  readonly arn: string;
}

/** The roles that Transfer takes on: those that trust it, and those that a user or a server names. */
export function transferRoles(stack: Stack): SeenResource[] {
  return stack
    .ofType(roleTypes)
    .filter(
      (role) =>
        stack.referringTo(role, ["arn"], userTypes, "role").length > 0 ||
        stack.referringTo(role, ["arn"], serverTypes, "loggingRole").length > 0 ||
        trustNamesTransfer(role.get("assumeRolePolicy")),
    );
}

function trustNamesTransfer(trust: unknown): boolean {
  const reading = readStatements(trust);
  return reading.kind === "document" && reading.document.Statement.some(trustsTransfer);
}

const rolePolicyTypes = ["aws:iam/rolePolicy:RolePolicy"];
const attachmentTypes = ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
/** Attaches to many at once. */
const attachmentToManyTypes = ["aws:iam/policyAttachment:PolicyAttachment"];
const managedPolicyTypes = ["aws:iam/policy:Policy"];

/** A role is named by its name; some programs give its ARN, from which the provider takes the name. */
const roleNames = ["name", "arn"];

/** Every document of a role that is in the stack: inline, of resources of their own, and attached. */
export function documentsOf(role: SeenResource, stack: Stack): RoleDocument[] {
  const inline = elements(role.get("inlinePolicies")).map((policy) => ({
    resource: role,
    property: "inlinePolicies",
    value: policy === notKnownYet ? policy : member(policy, "policy"),
  }));
  const attached = attachmentsTo(role, stack).flatMap(({ resource, property }) =>
    stack.referredToBy(resource, property, managedPolicyTypes, "arn"),
  );
  const separate = [...stack.referringTo(role, roleNames, rolePolicyTypes, "role"), ...new Set(attached)];
  return [...inline, ...separate.map((resource) => ({ resource, property: "policy", value: resource.get("policy") }))];
}

/** The ARNs of managed policies that a role has, whether their documents are in the stack or not. */
export function attachedArns(role: SeenResource, stack: Stack): AttachedArn[] {
  return attachmentsTo(role, stack).flatMap(({ resource, property }) =>
    elements(resource.get(property)).flatMap((arn) => (typeof arn === "string" ? [{ resource, arn }] : [])),
  );
}

/** What attaches managed policies to a role, and the property that names them. */
function attachmentsTo(role: SeenResource, stack: Stack): { resource: SeenResource; property: string }[] {
  const links = [
    ...stack.referringTo(role, roleNames, attachmentTypes, "role"),
    ...stack.referringTo(role, roleNames, attachmentToManyTypes, "roles"),
  ];
  return [
    { resource: role, property: "managedPolicyArns" },
    ...links.map((resource) => ({ resource, property: "policyArn" })),
  ];
}
