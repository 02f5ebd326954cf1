import { syntheticAccount } from "../../synth/computed";
import type { DeployedResource } from "../../synth/deployment";
import { resourceTypeName, resourceTypes } from "../../synth/resourceTypes";
import type { Question } from "./twoEvaluators";

const scope = { partition: "aws", region: "eu-central-1", account: syntheticAccount };

/**
 * The actions that IAM decides without a resource. The independent evaluator refuses to be asked otherwise.
 * Source: Service Authorization Reference.
 */
const withoutResource = new Set([
  ...["logs:DescribeLogGroups", "logs:DescribeQueryDefinitions", "logs:PutQueryDefinition"],
  ...["logs:DeleteQueryDefinition", "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery"],
  ...["logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"],
  "transfer:CreateServer",
  "kms:CreateKey",
  "kms:ListAliases",
]);

/** What working on the resources takes, each right as the question whether somebody has it. */
export interface Rights {
  readonly read: Question[];
  readonly write: Question[];
}

/** @param boundary ARN of the boundary that the resources' roles have. */
export function rightsFor(resource: DeployedResource, boundary: string): Rights {
  const { type, inputs, outputs } = resource;
  const { read, write, on } = resourceTypes[resourceTypeName(type)];
  const at = on?.(inputs, scope) ?? String(outputs["arn"]);
  const context = contextOf(resource, boundary);
  const ask = (action: string): Question => ({ action, at: placeOf(action, at), context });
  return { read: read.map(ask), write: [...write.map(ask), ...passing(resource)] };
}

/** Many resources take the same right: each question once. */
export function differentQuestions(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map((question) => [JSON.stringify(question), question])).values()];
}

/** What a person does with rights of its own: the server, and the key with the alias that roles know it by. */
const ofAPerson = new Set([
  ...["kms:CreateAlias", "kms:CreateKey", "kms:DeleteAlias", "kms:ScheduleKeyDeletion", "kms:UpdateAlias"],
  "transfer:CreateServer",
]);

/** Those that no workflow has, whatever a stack takes. */
export function isOfAPerson({ action }: Question): boolean {
  return ofAPerson.has(action);
}

/** Those that change something. */
export function isChange({ action }: Question): boolean {
  return !/:(List|Describe|Get)/.test(action);
}

function placeOf(action: string, at: string): string {
  if (withoutResource.has(action) || action.startsWith("ec2:Describe")) {
    return "*";
  }
  // A user that is not there yet is decided on its server.
  return action === "transfer:CreateUser" ? at.replace(/:user\/([^/]+)\/.*$/, ":server/$1") : at;
}

/** The name that a stack's network bears as a tag, each part of it or what it hangs on, and its key as an alias. */
function gatewayName({ urn }: DeployedResource): string {
  const [, , stack, , project] = urn.split(":");
  return `${project}-${stack}`;
}

function contextOf(resource: DeployedResource, boundary: string): NonNullable<Question["context"]> {
  const { type, inputs } = resource;
  const name = gatewayName(resource);
  if (type.startsWith("aws:iam/")) {
    return { "iam:PermissionsBoundary": boundary };
  }
  if (/^aws:(ec2|vpc)\//.test(type)) {
    const tags = { "aws:RequestTag/sftp-gateway": name, "aws:ResourceTag/sftp-gateway": name };
    return { ...tags, "ec2:CreateAction": "CreateVpc" };
  }
  if (type === "aws:route53/record:Record") {
    return { "route53:ChangeResourceRecordSetsNormalizedRecordNames": [String(inputs["name"])] };
  }
  if (type === "aws:lambda/permission:Permission") {
    return { "lambda:Principal": String(inputs["principal"]) };
  }
  if (type.startsWith("aws:kms/")) {
    return { "kms:ResourceAliases": [`alias/${name}`] };
  }
  return type === "aws:transfer/server:Server"
    ? { "transfer:RequestServerProtocols": inputs["protocols"] as readonly string[] }
    : {};
}

/** Who gives a service a role passes it on. */
function passing({ type, inputs }: DeployedResource): Question[] {
  const service = /^aws:(lambda\/function|transfer)/.exec(type)?.[1]?.replace("/function", "");
  const role = inputs["role"] ?? inputs["loggingRole"];
  return service === undefined || typeof role !== "string"
    ? []
    : [{ action: "iam:PassRole", at: role, context: { "iam:PassedToService": `${service}.amazonaws.com` } }];
}
