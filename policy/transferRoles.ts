import { readStatements } from "./document";
import { roleTypes, serverTypes, userTypes, type PropertyOf, type ResourceType, type RoleType } from "./resourceTypes";
import { trustsTransfer } from "./roleTrust";
import { elements, member, notKnownYet, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";

/** Where something of a role stands, to be named in a message. */
interface PropertyOfResource {
  readonly resource: SeenResource;
  readonly property: PropertyOf<ResourceType>;
}

/** A policy document of a role. */
export interface RoleDocument extends PropertyOfResource {
  readonly value: unknown;
}

/** A policy that is not in the stack, by its ARN. */
export interface AttachedArn {
  readonly resource: SeenResource;
  readonly arn: string;
}

/** The roles that Transfer takes on: those that trust it, and those that a user or a server names. */
export function transferRoles(stack: Stack): SeenResource<RoleType>[] {
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

const rolePolicyTypes = ["aws:iam/rolePolicy:RolePolicy"] as const;
const attachmentTypes = ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"] as const;
/** Attaches to many at once. */
const attachmentToManyTypes = ["aws:iam/policyAttachment:PolicyAttachment"] as const;
const managedPolicyTypes = ["aws:iam/policy:Policy"] as const;

/** A role is named by its name; some programs give its ARN, from which the provider takes the name. */
const roleNames = ["name", "arn"] as const;

/** Every document of a role that is in the stack: inline, of resources of their own, and attached. */
export function documentsOf(role: SeenResource<RoleType>, stack: Stack): RoleDocument[] {
  const inline = elements(role.get("inlinePolicies")).map((policy): RoleDocument => ({
    resource: role,
    property: "inlinePolicies",
    value: policy === notKnownYet ? policy : member(policy, "policy"),
  }));
  const attached = attachmentsTo(role, stack).flatMap(({ resource, property }) =>
    stack.referredToBy(resource, property, managedPolicyTypes, "arn"),
  );
  const separate = [...stack.referringTo(role, roleNames, rolePolicyTypes, "role"), ...new Set(attached)];
  return [
    ...inline,
    ...separate.map((resource): RoleDocument => ({ resource, property: "policy", value: resource.get("policy") })),
  ];
}

/** The ARNs of managed policies that a role has, whether their documents are in the stack or not. */
export function attachedArns(role: SeenResource<RoleType>, stack: Stack): AttachedArn[] {
  return attachmentsTo(role, stack).flatMap(({ resource, property }) =>
    elements(resource.get(property)).flatMap((arn) => (typeof arn === "string" ? [{ resource, arn }] : [])),
  );
}

/** What attaches managed policies to a role, and the property that names them. */
function attachmentsTo(role: SeenResource<RoleType>, stack: Stack): PropertyOfResource[] {
  const links = [
    ...stack.referringTo(role, roleNames, attachmentTypes, "role"),
    ...stack.referringTo(role, roleNames, attachmentToManyTypes, "roles"),
  ];
  return [
    { resource: role, property: "managedPolicyArns" },
    ...links.map((resource): PropertyOfResource => ({ resource, property: "policyArn" })),
  ];
}
