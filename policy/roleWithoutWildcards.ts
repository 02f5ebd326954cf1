import { namedStatements, readStatements } from "./document";
import type { RoleType } from "./resourceTypes";
import { asFarAsKnown, type Remark, type Rule } from "./rule";
import { elements, type Place, type SeenResource } from "./seenResource";
import { documentsOf, strangePolicies, transferRoles } from "./transferRoles";
import { widthOf } from "./width";

/** A session policy is only as good as the role is narrow: where it is missing or wrong, the role is what is left. */
export const roleWithoutWildcards: Rule<RoleType> = {
  name: "transfer-role-has-no-wildcards",
  description:
    "No role of Transfer may do everything on S3, or something on every resource, or has a managed policy that nobody read.",
  subjects: transferRoles,
  configSchema: {
    properties: {
      checkedPolicies: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "ARNs of managed policies outside of the stack that somebody has read and found narrow.",
      },
    },
  },
  *check(role, { stack, config }) {
    for (const document of documentsOf(role, stack)) {
      yield* asFarAsKnown(wildcardsIn(document, role));
    }
    const checked = elements(config["checkedPolicies"]);
    for (const place of strangePolicies(role, stack)) {
      yield* asFarAsKnown(remarkOnStranger(place, role, checked));
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
    const width = widthOf(statement);
    if (width !== undefined) {
      const message =
        `In ${resource.label}, ${name} allows ${width} to ${role.label}, which Transfer takes on. ` +
        "Name the actions, at most as `s3:Get*`, and the bucket's ARN in `Resource`.";
      yield { resource, message };
    }
  }
}

function* remarkOnStranger(place: Place, role: SeenResource<RoleType>, checked: readonly unknown[]): Iterable<Remark> {
  const { resource } = place;
  const arn = String(place.known());
  const [, owner, name = "without a name"] = /^arn:[a-z-]+:iam::([^:]*):policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (checked.includes(arn) || (owner === "aws" && withoutS3.has(name))) {
    return;
  }
  const found = `${role.label}, which Transfer takes on, has the managed policy ${name}`;
  const message =
    owner === "aws"
      ? `${found} of AWS, which is not known to leave every bucket alone. Write a policy that names the actions and the bucket.`
      : `${found}, whose document is not in this stack. Bring the document into the stack, or list the policy's ARN in ` +
        "`checkedPolicies` once somebody has read it.";
  yield { resource, message };
}

/** Those of AWS's own policies that roles of Transfer bear for logs and that say nothing of S3. */
const withoutS3: ReadonlySet<string> = new Set([
  "AWSTransferLoggingAccess",
  "AmazonAPIGatewayInvokeFullAccess",
  "AWSLambdaBasicExecutionRole",
  "CloudWatchLogsFullAccess",
]);
