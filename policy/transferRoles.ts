import { namedStatements, readStatements } from "./document";
import { roleTypes, serverTypes, userTypes, type RoleType } from "./resourceTypes";
import { trustsTransfer } from "./roleTrust";
import { elements, holdsUnknown, member, notKnownYet, Place, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";

/** The roles that Transfer takes on: those that trust it, and those that a user or a server names. */
export function transferRoles(stack: Stack): SeenResource<RoleType>[] {
  return stack
    .ofType(roleTypes)
    .filter(
      (role) =>
        stack.referringTo(role, ["arn"], userTypes, "role").length > 0 ||
        stack.referringTo(role, ["arn"], serverTypes, "loggingRole").length > 0 ||
        trustNamesTransfer(role.at("assumeRolePolicy")),
    );
}

function trustNamesTransfer(trust: Place): boolean {
  return (
    !holdsUnknown(trust.value) &&
    namedStatements(readStatements(trust)).some(({ statement }) => trustsTransfer(statement))
  );
}

const rolePolicyTypes = ["aws:iam/rolePolicy:RolePolicy"] as const;
const attachmentTypes = ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"] as const;
/** Attaches to many at once. */
const attachmentToManyTypes = ["aws:iam/policyAttachment:PolicyAttachment"] as const;
const managedPolicyTypes = ["aws:iam/policy:Policy"] as const;

/** A role is named by its name; some programs give its ARN, from which the provider takes the name. */
const roleNames = ["name", "arn"] as const;

/** Every document of a role that is in the stack: inline, of resources of their own, and attached. */
export function documentsOf(role: SeenResource<RoleType>, stack: Stack): Place[] {
  const inline = elements(role.get("inlinePolicies")).map(
    (policy) => new Place(role, "inlinePolicies", policy === notKnownYet ? policy : member(policy, "policy")),
  );
  const attached = attachmentsTo(role, stack).flatMap(({ resource, property }) =>
    stack.referredToBy(resource, property, managedPolicyTypes, "arn"),
  );
  const separate = [...stack.referringTo(role, roleNames, rolePolicyTypes, "role"), ...new Set(attached)];
  return [...inline, ...separate.map((resource) => resource.at("policy"))];
}

/** The ARNs of managed policies that a role has, whether their documents are in the stack or not. */
export function attachedArns(role: SeenResource<RoleType>, stack: Stack): Place[] {
  return attachmentsTo(role, stack).flatMap(({ resource, property, value }) =>
    elements(value).map((arn) => new Place(resource, property, arn)),
  );
}

/** What attaches managed policies to a role: the properties that name them. */
function attachmentsTo(role: SeenResource<RoleType>, stack: Stack): Place[] {
  return [
    role.at("managedPolicyArns"),
    ...stack.referringTo(role, roleNames, attachmentTypes, "role").map((link) => link.at("policyArn")),
    ...stack.referringTo(role, roleNames, attachmentToManyTypes, "roles").map((link) => link.at("policyArn")),
  ];
}
