import { listOf } from "../iam/policy";
import type { Statement } from "../iam/policy";
import { readStatements, statementName } from "./document";
import type { RoleType } from "./resourceTypes";
import type { StackRule, Findings } from "./rule";
import type { SeenResource } from "./seenResource";
import { attachedArns, documentsOf, transferRoles, type RoleDocument } from "./transferRoles";

/** A session policy is only as good as the role is narrow: where it is missing or wrong, the role is what is left. */
export const roleWithoutWildcards: StackRule = {
  name: "transfer-role-has-no-wildcards",
  description: "No role of Transfer may do everything on S3, or something on every resource.",
  level: "mandatory",
  checkStack(stack, findings) {
    for (const role of transferRoles(stack)) {
      for (const document of documentsOf(role, stack)) {
        checkDocument(document, role, findings);
      }
      for (const { resource, arn } of attachedArns(role, stack)) {
        if (isBroadManagedPolicy(arn)) {
          findings.violation(
            resource,
            `${role.label}, which Transfer takes on, has a managed policy of AWS that speaks of every bucket. ` +
              "Write a policy that names the actions and the bucket.",
          );
        }
      }
    }
  },
};

function checkDocument(
  { resource, property, value }: RoleDocument,
  role: SeenResource<RoleType>,
  findings: Findings,
): void {
  const reading = readStatements(value);
  if (reading.kind === "not-known-yet") {
    findings.notChecked(resource, property);
  } else if (reading.kind === "unreadable") {
    findings.violation(resource, `A policy in ${resource.label} cannot be read. Make it a policy document in JSON.`);
  }
  const statements = reading.kind === "document" ? reading.document.Statement : [];
  for (const [index, statement] of statements.entries()) {
    if (isWildcard(statement)) {
      findings.violation(
        resource,
        `In ${resource.label}, ${statementName(statement, index)} opens every S3 action or every resource to ` +
          `${role.label}, which Transfer takes on. Name the actions, and the bucket's ARN in \`Resource\`.`,
      );
    }
  }
}

function isWildcard({ Effect, Action, NotAction, Resource, NotResource }: Statement): boolean {
  return (
    Effect === "Allow" &&
    (NotAction !== undefined ||
      NotResource !== undefined ||
      listOf(Action).some((action) => /^(s3:)?\*+$/i.test(action)) ||
      listOf(Resource).some((resource) => /^(arn:[^:]*:s3:::)?\*+(\/\**)?$/.test(resource)))
  );
}

/** Those of AWS's own policies that people attach to a role for S3; their documents are not in any stack. */
const broadManagedPolicies = ["AdministratorAccess", "PowerUserAccess", "AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"];

function isBroadManagedPolicy(arn: string): boolean {
  const [, name = ""] = /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return broadManagedPolicies.includes(name);
}
