import type { DeadLetters } from "./deadLetters";
import type { ReportDelivery } from "./event";
import type { Pattern } from "./deployed/eventPattern";
import type { Service } from "./gate";
import type { LambdaFunction } from "./function/lambdaFunction";
import { unlessRefused } from "./undelivered";

/** Where a rule leads to: a function of the deployment, or an ARN elsewhere. */
export interface RuleTarget {
  readonly arn: string;
  readonly function: LambdaFunction | undefined;
  readonly deadLetters: DeadLetters;
}

export interface RulePlan {
  /** The logical name. */
  readonly name: string;
  /** EventBridge, as it asks for the rule. */
  readonly events: Service;
  readonly wants: Pattern;
  readonly targets: readonly RuleTarget[];
}

/** Hands the events that its pattern takes to its targets, as they are. */
export class EventRule {
  constructor(
    private readonly plan: RulePlan,
    private readonly report: ReportDelivery,
  ) {}

  take(event: unknown, what: string): void {
    if (this.plan.wants(event)) {
      for (const target of this.plan.targets) {
        this.deliver(event, what, target);
      }
    }
  }

  private deliver(event: unknown, what: string, { arn, function: target, deadLetters }: RuleTarget): void {
    const { name, events } = this.plan;
    if (target === undefined) {
      return this.report({ event: "not-sent", rule: name, protocol: "events", to: arn, what });
    }
    unlessRefused(
      () => {
        target.invoke(events, event, what);
        this.report({ event: "delivered", rule: name, protocol: "lambda", to: target.name, what });
      },
      ({ code, message }) => {
        const attributes = {
          RULE_ARN: events.sourceArn,
          TARGET_ARN: arn,
          // Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events".
          ERROR_CODE: code,
          ERROR_MESSAGE: message,
        };
        deadLetters.put(what, message, (queue) => queue.send(events, { body: JSON.stringify(event), attributes }));
      },
    );
  }
}
