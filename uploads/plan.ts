import { encryptionPlan } from "../access/encryption";
import { planRole, type ServiceRolePlan } from "../access/plan";
import type { AwsScope } from "../iam/arn";
import { gatewayArns, type GatewayNames } from "../names";
import type { DeployedTenant } from "../tenancy/deployed";
import type { EncryptionChoice } from "../tenancy/encryption";
import type { Space } from "../tenancy/model";
import {
  alarmsTopicPolicy,
  arrivalsTopicPolicy,
  onUploadRolePolicy,
  onUploadRoleTrust,
  uploadsTopicPolicy,
} from "./documents";
import { listenerPlans, type ListenerPlan } from "./listeners";
import { planQueue, planTopic, type MessagingPlan } from "./messaging";

/** Everything of a gateway that decides who hears of uploads, as texts that are deployed as they stand. */
export interface UploadsPlan {
  readonly topics: Readonly<Record<"arrivals" | "uploads" | "alarms", MessagingPlan>>;
  /** What has not reached the function `on-upload`, what the function failed at, and what has not reached a listener. */
  readonly deadLetters: Readonly<Record<"arrivals" | "onUpload" | "uploads", MessagingPlan>>;
  /** The role of the function `on-upload`. */
  readonly role: ServiceRolePlan;
  /** Who hears of uploads, sorted by id. */
  readonly listeners: readonly ListenerPlan[];
  /** Whose silence is worth an alarm. */
  readonly expected: readonly ExpectedTenant[];
}

/** ARNs of roles and users that receive from the queues of tenants and spaces. */
export function queueReadersOf({ listeners }: Pick<UploadsPlan, "listeners">): string[] {
  return listeners.flatMap((listener) => (listener.kind === "own-queue" ? listener.readers : []));
}

/** A tenant whose silence is worth an alarm. */
export interface ExpectedTenant {
  readonly name: string;
  /** Hours without a file after which it counts as silent; 168 at most. */
  readonly hours: number;
  /** Whether it can log in. Nobody needs to hear that a suspended tenant is silent. */
  readonly active: boolean;
}

export interface UploadsPlanOptions {
  readonly scope: AwsScope;
  readonly names: GatewayNames;
  /** The tenants of the stack with their listeners in it, those suspended included. */
  readonly tenants: readonly DeployedTenant[];
  /** The spaces with their listeners in the stack. */
  readonly spaces: readonly Space[];
  /** The key that topics, queues and tables lie under. @default none */
  readonly encryption?: EncryptionChoice;
}

/**
 * Plans all that follows an upload, once.
 * @throws Error for a queue name that is longer than SQS takes.
 */
export function planUploads({ scope, names, tenants, spaces, encryption: choice }: UploadsPlanOptions): UploadsPlan {
  const encryption = encryptionPlan(scope, names, choice);
  const arns = gatewayArns(scope, names);
  const sns = (sourceArn: string) => ({ service: "sns.amazonaws.com", sourceArn });
  const events = { service: "events.amazonaws.com", sourceArn: arns.partialUploadsRule };
  return {
    topics: {
      arrivals: planTopic(scope, names.arrivalsTopic, arrivalsTopicPolicy(scope, arns)),
      uploads: planTopic(scope, names.uploadsTopic, uploadsTopicPolicy(arns)),
      alarms: planTopic(scope, names.alarmsTopic, alarmsTopicPolicy(scope, arns)),
    },
    deadLetters: {
      arrivals: planQueue(scope, names.deadLetters.arrivals, [sns(arns.arrivalsTopic), events]),
      onUpload: planQueue(scope, names.deadLetters.onUpload, []),
      uploads: planQueue(scope, names.deadLetters.uploads, [sns(arns.uploadsTopic)]),
    },
    role: {
      service: "lambda.amazonaws.com",
      ...planRole(
        scope,
        names.onUpload,
        onUploadRoleTrust(),
        onUploadRolePolicy(arns, encryption && { scope, encryption }),
      ),
    },
    listeners: listenerPlans(scope, names, { tenants, spaces }),
    expected: tenants.flatMap(({ name, state, expectEveryHours }) =>
      expectEveryHours === undefined ? [] : [{ name, hours: expectEveryHours, active: state === "active" }],
    ),
  };
}
