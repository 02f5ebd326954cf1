import { asciiLowerCase } from "../iam/asciiCase";
import { namedStatements, readStatements } from "./document";
import { roleTypes, serverTypes, userTypes, type RoleType } from "./resourceTypes";
import { trustsTransfer } from "./roleTrust";
import {
  elements,
  holdsInAny,
  holdsUnknown,
  member,
  NotKnownYet,
  notKnownYet,
  Place,
  type SeenResource,
} from "./seenResource";
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
const exclusiveTypes = ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"] as const;
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

/** The managed policies of a role whose documents are not in the stack: the place of each ARN. */
export function strangePolicies(role: SeenResource<RoleType>, stack: Stack): Place[] {
  return attachmentsTo(role, stack).flatMap((attachment) => {
    const { resource, property, value } = attachment;
    const inStack = stack.referredToBy(resource, property, managedPolicyTypes, "arn");
    const known = new Set(inStack.map((policy) => policy.get("arn")));
    const strange = elements(value).filter((arn) => !known.has(arn));
    // What is not known yet comes from the policies of the stack that the property depends on, one from each.
    const fromStack = inStack.filter((policy) => resource.dependenciesOf(property).includes(policy.urn)).length;
    const unknown = strange.filter((arn) => arn === notKnownYet).slice(fromStack);
    return [...strange.filter((arn) => arn !== notKnownYet), ...unknown].map(
      (arn) => new Place(resource, property, arn),
    );
  });
}

/** What attaches managed policies to a role: the properties that name them. */
function attachmentsTo(role: SeenResource<RoleType>, stack: Stack): Place[] {
  return [
    role.at("managedPolicyArns"),
    ...stack.referringTo(role, roleNames, attachmentTypes, "role").map((link) => link.at("policyArn")),
    ...stack.referringTo(role, roleNames, attachmentToManyTypes, "roles").map((link) => link.at("policyArn")),
    ...stack.referringTo(role, roleNames, exclusiveTypes, "roleName").map((link) => link.at("policyArns")),
  ];
}

/**
 * Whether an ARN is that of a role which Transfer takes on, in whatever case: no two names of roles differ by case alone.
 * Source: IAM User Guide, "IAM and AWS STS quotas".
 * @throws NotKnownYet while a role has neither ARN nor name.
 */
export function isTransferRole(arn: string, stack: Stack): boolean {
  const asked = asciiLowerCase(arn);
  const isAsked = (known: unknown) => typeof known === "string" && asciiLowerCase(known) === asked;
  const roles = transferRoles(stack);
  if (
    stack.ofType(userTypes).some((user) => isAsked(user.get("role"))) ||
    roles.some((role) => isAsked(role.get("arn")))
  ) {
    return true;
  }
  return holdsInAny(
    roles.filter((role) => typeof role.get("arn") !== "string"),
    (role) => {
      const name = role.get("name");
      if (typeof name !== "string") {
        throw new NotKnownYet(role, "arn");
      }
      return asked.endsWith(`/${asciiLowerCase(name)}`);
    },
  );
}
