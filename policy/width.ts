import { asciiLowerCase } from "../iam/asciiCase";
import { listOf, type Statement } from "../iam/policy";
import { namesKeyByAlias } from "./keyAlias";

/**
 * What they tell, names and places of buckets and of logs, holds nothing of anybody's files, nor does a line in a log; AWS
 * gives the first no resource.
 */
const harmlessAnywhere: ReadonlySet<string> = new Set([
  "s3:listallmybuckets",
  "s3:getbucketlocation",
  "logs:createloggroup",
  "logs:createlogstream",
  "logs:describeloggroups",
  "logs:describelogstreams",
  "logs:putlogevents",
]);

/** Whether an action tells nothing of anybody's files, whatever resource it is allowed on. */
export function isHarmlessAnywhere(action: string): boolean {
  return harmlessAnywhere.has(asciiLowerCase(action));
}

/**
 * What makes an Allow as wide as a service, for a message, or undefined where actions and resources are named: an action
 * of S3 by its service and the beginning of its name (`s3:Get*`), a resource by its service and the beginning of its name.
 */
export function widthOf(statement: Statement): string | undefined {
  const { Effect, Action, NotAction, Resource, NotResource } = statement;
  if (Effect === "Deny") {
    return undefined;
  }
  if (NotAction !== undefined || NotResource !== undefined) {
    return `everything but what ${NotAction === undefined ? "NotResource" : "NotAction"} lists`;
  }
  const actions = listOf(Action);
  if (!actions.every(isNamedAction)) {
    return "actions by a pattern that may stand for every action on S3";
  }
  const isNamed = (resource: string) => isNamedResource(resource) || namesKeyByAlias(statement, resource);
  return actions.every(isHarmlessAnywhere) || listOf(Resource).every(isNamed)
    ? undefined
    : "resources by a pattern that may stand for every one";
}

/** Of other services than those of S3, only the service has to be named. */
function isNamedAction(action: string): boolean {
  return /^[a-z0-9-]+:[a-z][a-z0-9*?]*$/i.test(action) || /^(?!s3)[a-z0-9-]+:[a-z0-9*?]+$/i.test(action);
}

const namedResources: readonly RegExp[] = [
  // A bucket's name has three characters at least. Source: S3 User Guide, "General purpose bucket naming rules".
  /^arn:[a-z-]+:s3:::[a-zA-Z0-9][\w.-]{2}/,
  /^arn:[a-z-]+:s3[a-z-]*:[a-z0-9-]+:\d{12}:[a-z]+\/[a-zA-Z0-9]/,
  // Ids of keys are random, so that the beginning of one names none.
  /^arn:[a-z-]+:kms:[^:]*:[^:]*:(key\/[\w-]+$|alias\/[\w-])/,
  /^arn:[a-z-]+:iam:[^:]*:[^:]*:[a-z-]+\/[\w+=,.@-]/,
  /^arn:[a-z-]+:(?!s3|kms:|iam:)[a-z0-9-]+:[^:]*:[^:]*:[^*?$]/,
];

function isNamedResource(resource: string): boolean {
  return namedResources.some((shape) => shape.test(resource));
}
