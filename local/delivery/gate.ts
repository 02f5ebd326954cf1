import { absent, compilePolicies, decide, unknownText, type AccessRequest, type Policies } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { DeployedDocument, evaluable } from "../../inventory/document";
import { labelOf, textOf } from "../../inventory/resources";
import type { DeployedRole } from "../../inventory/role";
import type { DeployedResource } from "../../synth/deployment";
import { UndeliveredError } from "./undelivered";

/** A topic, queue or function with the policy that lies with it. */
export interface Guarded {
  /** How messages name the resource. */
  readonly label: string;
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyDocument | undefined;
}

/** @param policy The resource that lays a policy upon it, where there is one. */
export function guardedResource(
  resource: DeployedResource,
  account: string,
  policy: DeployedResource | undefined,
): Guarded {
  const content = policy && new DeployedDocument(policy, "policy").content;
  return { label: labelOf(resource), arn: textOf(resource, "arn"), account, policy: content };
}

/** A service that asks on behalf of something: S3 of a bucket, SNS of a topic. */
export interface Service {
  /** For example `sns.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** A role calls as itself: only requests that a service makes have a source. */
const roleContext = { "aws:SourceAccount": absent, "aws:SourceArn": absent, "aws:ViaAWSService": "false" };

/** Whether one thing may be done to a resource, by its policy and by those of the one who asks. All speak TLS. */
export class Gate {
  private readonly byResource: Policies;

  /** @throws UnreadableDeploymentError for a policy that cannot be evaluated. */
  constructor(private readonly guarded: Guarded) {
    this.byResource = this.compiled([]);
  }

  /** @throws UndeliveredError unless the resource's policy lets the service in for its source. */
  require(action: string, { service, sourceArn, sourceAccount }: Service): void {
    const context = { "aws:SourceArn": sourceArn, "aws:SourceAccount": sourceAccount };
    if (!this.allows(this.byResource, { principal: { kind: "service", service }, action, context })) {
      throw new UndeliveredError(`${service} may not do ${action} on ${this.guarded.label} for ${sourceArn}`);
    }
  }

  /**
   * The same question for a role, whose own policies count as well.
   * @returns A check that throws UndeliveredError. @throws UnreadableDeploymentError for a policy that cannot be evaluated.
   */
  forRole(action: string, role: DeployedRole, sessionName: string): () => void {
    const policies = this.compiled(role.policies().map(({ content }) => content));
    const principal = { kind: "role-session", account: role.account, roleArn: role.arn, sessionName } as const;
    return () => {
      if (!this.allows(policies, { principal, action, context: roleContext })) {
        throw new UndeliveredError(`the role ${role.arn} may not do ${action} on ${this.guarded.label}`);
      }
    };
  }

  private allows(policies: Policies, asked: Omit<AccessRequest, "resource">): boolean {
    const { label, arn, account } = this.guarded;
    const context = { "aws:SecureTransport": "true", "aws:ResourceAccount": account, ...asked.context };
    const decision = decide(policies, { ...asked, resource: arn, context });
    const unknown = unknownText(decision);
    if (unknown !== undefined) {
      // What AWS would do is not known, so nothing is done.
      throw new UndeliveredError(`${label}: ${unknown}`);
    }
    return decision.allowed;
  }

  private compiled(identity: readonly PolicyDocument[]): Policies {
    const { label, policy, account } = this.guarded;
    return evaluable(label, () => compilePolicies({ identity, resource: policy, resourceAccount: account }));
  }
}
