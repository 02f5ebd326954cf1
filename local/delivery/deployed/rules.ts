import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { blockOf, labelOf, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import type { About } from "../about";
import { DeadLetters } from "../deadLetters";
import type { Service } from "../service";
import { failedUploadType } from "../shapes/transferEvent";
import { unlessRefused } from "../undelivered";
import { patternOf } from "./patterns";
import type { Endpoints, Surroundings } from "./surroundings";
import { jsonObjectIn, optionalTextOf } from "./values";

/** Hands an event that its pattern takes to its targets, as it is. */
export type EventRule = (event: unknown, about: About) => void;

/** The rules that may be meant for Transfer Family. A schedule, or a rule for other services, waits for what never happens. */
export function rulesOf(deployment: Deployment): DeployedResource[] {
  return resourcesOf(deployment, "aws:cloudwatch/eventRule:EventRule").filter((rule) => {
    const pattern = optionalTextOf(rule, "eventPattern");
    const source = pattern === undefined ? [] : jsonObjectIn(pattern, "eventPattern", labelOf(rule))["source"];
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
export function deployedRule(rule: DeployedResource, endpoints: Endpoints, around: Surroundings): EventRule {
  refuseInputs(rule, "eventBusName", "state", "isEnabled", "roleArn", "scheduleExpression");
  const pattern = textOf(rule, "eventPattern");
  const wants = patternOf(pattern, labelOf(rule));
  const types = jsonObjectIn(pattern, "eventPattern", labelOf(rule))["detail-type"];
  // A rule for events that are never sent here would be served as silence.
  if (JSON.stringify(types) !== JSON.stringify([failedUploadType])) {
    throw new NotServedError(labelOf(rule), `of Transfer Family's events only "${failedUploadType}" is reproduced`);
  }
  const events = {
    service: "events.amazonaws.com",
    sourceArn: textOf(rule, "arn"),
    sourceAccount: around.account,
  };
  const targets = targetsOf(rule, around.deployment).map((target) =>
    deployedTarget(target, rule.name, events, endpoints, around),
  );
  return (event, about) => {
    if (wants(event)) {
      targets.forEach((take) => take(event, about));
    }
  };
}

/** @param rule The logical name. @param events EventBridge, as it asks for the rule. */
function deployedTarget(
  resource: DeployedResource,
  rule: string,
  events: Service,
  { queues, functions }: Endpoints,
  { report }: Surroundings,
): EventRule {
  refuseInputs(resource, "input", "inputPath", "inputTransformer", "roleArn", "eventBusName");
  const arn = textOf(resource, "arn");
  const lambda = functions.get(arn);
  if (lambda === undefined) {
    return (_event, about) => report({ event: "not-sent", rule, protocol: "events", to: arn, ...about });
  }
  const redrive = blockOf(resource, "deadLetterConfig")["arn"];
  const queue = typeof redrive === "string" ? (queues.get(redrive) ?? redrive) : undefined;
  const deadLetters = new DeadLetters({ rule }, queue, report);
  return (event, about) =>
    unlessRefused(
      () => {
        lambda.invoke(events, event, about);
        report({ event: "delivered", rule, protocol: "lambda", to: lambda.name, ...about });
      },
      ({ code, message }) => {
        const attributes = {
          RULE_ARN: events.sourceArn,
          TARGET_ARN: arn,
          // Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events".
          ERROR_CODE: code,
          ERROR_MESSAGE: message,
        };
        deadLetters.put(about, message, (to) => to.send(events, { body: JSON.stringify(event), attributes }));
      },
    );
}
