import { unknownValue } from "./apiModel";
import type { ResourceType } from "./resourceTypes";
import { ServiceError, type Properties, type Service } from "./service";

const roleType = "aws:iam/role:Role";
const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";

/** Inline policies of a role, together, without white space. Source: IAM User Guide, "IAM and AWS STS quotas". */
const inlinePolicyLimit = 10_240;

/** The documents that IAM takes are JSON objects with a version and statements. */
export function requireDocument(text: unknown): void {
  if (text === unknownValue) {
    return;
  }
  let document: unknown;
  try {
    document = JSON.parse(String(text));
  } catch {
    throw new ServiceError("MalformedPolicyDocument", "the policy is not JSON");
  }
  const { Version, Statement } = document as Readonly<Record<string, unknown>>;
  if (Version !== "2012-10-17" || !Array.isArray(Statement) || Statement.length === 0) {
    throw new ServiceError("MalformedPolicyDocument", "the policy lacks its version or its statements");
  }
}

/** @throws ServiceError when no role has this ARN. */
export function requireRole(service: Service, arn: unknown): void {
  if (!service.all(roleType).some(({ computed }) => computed["arn"] === arn)) {
    throw new ServiceError("InvalidRequestException", `the role ${String(arn)} does not exist or cannot be assumed`);
  }
}

function policiesOf(service: Service, role: unknown) {
  return service.all(rolePolicyType).filter(({ inputs }) => inputs["role"] === role);
}

/** IAM: roles and their inline policies. */
export const iamTypes: Readonly<Record<string, ResourceType>> = {
  [roleType]: {
    requests: ({ name, assumeRolePolicy, ...rest }) => [
      {
        operation: "iam:CreateRole",
        parameters: { roleName: name, assumeRolePolicyDocument: assumeRolePolicy, ...rest },
      },
    ],
    replaceOn: ["name", "path"],
    whenExists: { refuse: "EntityAlreadyExists" },
    autoNamed: "name",
    accept: (_, { assumeRolePolicy }) => requireDocument(assumeRolePolicy),
    release: (service, { id }) => {
      if (policiesOf(service, id).length > 0) {
        throw new ServiceError("DeleteConflict", `cannot delete the role ${id}, delete its policies first`);
      }
    },
  },
  [rolePolicyType]: {
    requests: ({ role, name, policy, ...rest }) => [
      {
        operation: "iam:PutRolePolicy",
        parameters: { roleName: role, policyName: name, policyDocument: policy, ...rest },
      },
    ],
    replaceOn: ["role", "name"],
    whenExists: "overwrite",
    autoNamed: "name",
    accept: acceptRolePolicy,
  },
};

function acceptRolePolicy(service: Service, { role, name, policy }: Properties): void {
  requireDocument(policy);
  if (service.find(roleType, String(role)) === undefined) {
    throw new ServiceError("NoSuchEntity", `the role with name ${String(role)} cannot be found`);
  }
  const others = policiesOf(service, role).filter(({ inputs }) => inputs["name"] !== name);
  const size = [policy, ...others.map(({ inputs }) => inputs["policy"])].join("").length;
  if (size > inlinePolicyLimit) {
    throw new ServiceError("LimitExceeded", `the inline policies of ${String(role)} have ${size} characters`);
  }
}
