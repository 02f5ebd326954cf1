import type { Deployment } from "../../../synth/deployment";
import type { DeployedRole } from "../../../inventory/role";
import type { ReportDelivery } from "../event";
import type { LambdaFunction } from "../function/lambdaFunction";
import type { Queue } from "../queue";

/** What everything that delivers is part of. */
export interface Surroundings {
  readonly deployment: Deployment;
  /** Where the deployment lies, as far as messages name it. */
  readonly region: string;
  readonly account: string;
  /** By ARN. */
  readonly roles: ReadonlyMap<string, DeployedRole>;
  /** Where the queues' files lie. */
  readonly queuesFolder: string;
  /** Where bundles lie, each in a folder of its hash. */
  readonly codeFolder: string;
  /** Between the attempts of an invocation that fails. Default: one and two seconds. */
  readonly retryDelaysMs?: readonly number[] | undefined;
  readonly report: ReportDelivery;
}

/** What subscriptions and rules may lead to, by ARN. */
export interface Endpoints {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
}
