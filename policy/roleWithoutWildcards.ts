import { listOf, type Statement } from "../iam/policy";
import { namedStatements, readStatements } from "./document";
import type { RoleType } from "./resourceTypes";
import { asFarAsKnown, type Remark, type Rule } from "./rule";
import type { Place, SeenResource } from "./seenResource";
import { attachedArns, documentsOf, transferRoles } from "./transferRoles";

/** A session policy is only as good as the role is narrow: where it is missing or wrong, the role is what is left. */
export const roleWithoutWildcards: Rule<RoleType> = {
  name: "transfer-role-has-no-wildcards",
  description: "No role of Transfer may do everything on S3, or something on every resource.",
  subjects: transferRoles,
  *check(role, { stack }) {
    for (const document of documentsOf(role, stack)) {
      yield* asFarAsKnown(wildcardsIn(document, role));
    }
    for (const { resource, value: arn } of attachedArns(role, stack)) {
      if (isBroadManagedPolicy(String(arn))) {
        const message =
          `${role.label}, which Transfer takes on, has a managed policy of AWS that speaks of every bucket. ` +
          "Write a policy that names the actions and the bucket.";
        yield { resource, message };
      }
    }
  },
};

function* wildcardsIn(document: Place, role: SeenResource<RoleType>): Iterable<Remark> {
  const { resource } = document;
  const reading = readStatements(document);
  if (reading === "unreadable") {
    yield { resource, message: `A policy in ${resource.label} cannot be read. Make it a policy document in JSON.` };
  }
  for (const { name, statement } of namedStatements(reading)) {
    if (isWildcard(statement)) {
      const message =
        `In ${resource.label}, ${name} opens every S3 action or every resource to ` +
        `${role.label}, which Transfer takes on. Name the actions, and the bucket's ARN in \`Resource\`.`;
      yield { resource, message };
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
