import { absent, compilePolicies, decide, unknownText, type AccessRequest, type Policies } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { DeployedDocument, evaluable } from "../../inventory/document";
import { labelOf, textOf } from "../../inventory/resources";
import type { DeployedRole } from "../../inventory/role";
import type { DeployedResource } from "../../synth/deployment";
import type { KeyGate } from "./keyGate";
import type { Service } from "./service";
import { UndeliveredError } from "./undelivered";

/** A topic, queue or function with the policy that lies with it. */
export interface Guarded {
  /** How messages name the resource. */
  readonly label: string;
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyDocument | undefined;
  /** What guards the key that its messages lie under. */
  readonly key?: KeyGate | undefined;
}

/**
 * @param policy The resource that lays a policy upon it, where there is one.
 * @param key What guards the key that it lies under.
 */
export function guardedResource(
  resource: DeployedResource,
  account: string,
  policy: DeployedResource | undefined,
  key: KeyGate | undefined,
): Guarded {
  const content = policy && new DeployedDocument(policy, "policy").content;
  return { label: labelOf(resource), arn: textOf(resource, "arn"), account, policy: content, key };
}

/** A role calls as itself: only requests that a service makes have a source. */
const roleContext = { "aws:SourceAccount": absent, "aws:SourceArn": absent, "aws:ViaAWSService": "false" };

/** Whether one thing may be done to a resource, by its policy, those of the one who asks, and its key's. All speak TLS. */
export class Gate {
  private readonly byResource: Policies;

  /** @throws UnreadableDeploymentError for a policy that cannot be evaluated. */
  constructor(private readonly guarded: Guarded) {
    this.byResource = this.compiled([]);
  }

  /** @throws UndeliveredError unless the resource's policy lets the service in for its source. */
  require(action: string, asking: Service): void {
    const { service, sourceArn, sourceAccount } = asking;
    const context = { "aws:SourceArn": sourceArn, "aws:SourceAccount": sourceAccount };
    if (!this.allows(this.byResource, { principal: { kind: "service", service }, action, context })) {
      throw new UndeliveredError(`${service} may not do ${action} on ${this.guarded.label} for ${sourceArn}`);
    }
    this.guarded.key?.require(asking);
  }

  /**
   * The same question for a role, whose own policies count as well.
   * @returns A check that throws UndeliveredError. @throws UnreadableDeploymentError for a policy that cannot be evaluated.
   */
  forRole(action: string, role: DeployedRole, sessionName: string): () => void {
    const policies = this.compiled(role.policies().map(({ content }) => content));
    const admitToKey = this.guarded.key?.forRole(role, sessionName);
    const principal = { kind: "role-session", account: role.account, roleArn: role.arn, sessionName } as const;
    return () => {
      if (!this.allows(policies, { principal, action, context: roleContext })) {
        throw new UndeliveredError(`the role ${role.arn} may not do ${action} on ${this.guarded.label}`);
      }
      admitToKey?.();
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
