import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { blockOf, labelOf, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { DeadLetters } from "../deadLetters";
import { optionalTextOf, type AwsLocation } from "./values";
import type { ReportDelivery } from "../event";
import { fieldsOf, patternOf } from "./eventPattern";
import { EventRule, type RuleTarget } from "../eventRule";
import type { LambdaFunction } from "../function/lambdaFunction";
import type { Queue } from "../queue";
import { uploadFailed } from "../shapes/transferEvent";

/** The rules that may be meant for Transfer Family. A schedule, or a rule for other services, waits for what never happens. */
export function rulesOf(deployment: Deployment): DeployedResource[] {
  return resourcesOf(deployment, "aws:cloudwatch/eventRule:EventRule").filter((rule) => {
    const pattern = optionalTextOf(rule, "eventPattern");
    const source = pattern === undefined ? [] : fieldsOf(pattern, labelOf(rule))["source"];
    const names = Array.isArray(source) && source.every((name) => typeof name === "string") ? source : undefined;
    return names === undefined || names.includes("aws.transfer");
  });
}

/** The targets of a rule. */
export function targetsOf(rule: DeployedResource, deployment: Deployment): DeployedResource[] {
  const name = textOf(rule, "name");
  return resourcesOf(deployment, "aws:cloudwatch/eventTarget:EventTarget").filter(
    (target) => textOf(target, "rule") === name,
  );
}

/** @throws NotServedError for a rule that cannot be reproduced faithfully. */
export function deployedRule(
  rule: DeployedResource,
  deployment: Deployment,
  endpoints: { readonly queues: ReadonlyMap<string, Queue>; readonly functions: ReadonlyMap<string, LambdaFunction> },
  { account }: AwsLocation,
  report: ReportDelivery,
): EventRule {
  refuseInputs(rule, "eventBusName", "state", "isEnabled", "roleArn", "scheduleExpression");
  const { name } = rule;
  const wants = patternOf(textOf(rule, "eventPattern"), labelOf(rule));
  refuseOtherEvents(rule);
  const targets = targetsOf(rule, deployment).map((target): RuleTarget => {
    refuseInputs(target, "input", "inputPath", "inputTransformer", "roleArn", "eventBusName");
    const arn = textOf(target, "arn");
    const deadLetters = blockOf(target, "deadLetterConfig")["arn"];
    const queue = typeof deadLetters === "string" ? (endpoints.queues.get(deadLetters) ?? deadLetters) : undefined;
    return { arn, function: endpoints.functions.get(arn), deadLetters: new DeadLetters({ rule: name }, queue, report) };
  });
  const events = { service: "events.amazonaws.com", sourceArn: textOf(rule, "arn"), sourceAccount: account };
  return new EventRule({ name, events, wants, targets }, report);
}

/** A rule for events that are never sent here would be served as silence. */
function refuseOtherEvents(rule: DeployedResource): void {
  const pattern = fieldsOf(textOf(rule, "eventPattern"), labelOf(rule));
  if (JSON.stringify(pattern["detail-type"]) !== JSON.stringify([uploadFailed])) {
    throw new NotServedError(labelOf(rule), `of Transfer Family's events only "${uploadFailed}" is reproduced`);
  }
}
