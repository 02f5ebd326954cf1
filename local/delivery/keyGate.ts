import { absent, compilePolicies, decide, unknownText, type AccessRequest, type PolicySet } from "../../iam/evaluate";
import { policyDocument } from "../../iam/policy";
import { evaluable } from "../../inventory/document";
import type { EncryptionKey } from "../../inventory/key";
import type { DeployedRole } from "../../inventory/role";
import type { Service } from "./service";
import { UndeliveredError } from "./undelivered";

/**
 * What whoever sends a message makes the service ask of its key.
 * Source: SNS Developer Guide and SQS Developer Guide, "Key management".
 */
export const sendersActions: readonly string[] = ["kms:GenerateDataKey", "kms:Decrypt"];

/**
 * What whoever reads a table makes DynamoDB ask.
 * Source: DynamoDB Developer Guide, "How Amazon DynamoDB uses AWS KMS".
 */
export const readersActions: readonly string[] = ["kms:Decrypt"];

const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });

/**
 * Whether what lies under the key of a topic, a queue or a table may be used, by the key's own policy and by those of a role. A key that is
 * not part of the deployment is taken to bear what docs/ENCRYPTION.md says to add to it.
 */
export class KeyGate {
  private readonly account: string;

  /**
   * @param via The service that asks the key, as `sns.eu-central-1.amazonaws.com`.
   * @param actions What it asks.
   */
  constructor(
    private readonly key: EncryptionKey,
    private readonly via: string,
    private readonly actions: readonly string[],
  ) {
    [, , , , this.account = ""] = key.arn.split(":");
  }

  /** @throws UndeliveredError unless the key's policy lets the service in for its source. */
  require({ service, sourceArn, sourceAccount }: Service): void {
    const resource = this.key.policy?.content;
    if (resource !== undefined) {
      const context = { "aws:SourceArn": sourceArn, "aws:SourceAccount": sourceAccount };
      const documents = { identity: [], resource, resourceAccount: this.account };
      this.ask(documents, { kind: "service", service }, context, `${service} for ${sourceArn}`);
    }
  }

  /** The same question for a role, whose own policies count as well. @returns A check that throws UndeliveredError. */
  forRole(role: DeployedRole, sessionName: string): () => void {
    const principal = { kind: "role-session", account: role.account, roleArn: role.arn, sessionName } as const;
    const context = { "aws:SourceAccount": absent, "aws:SourceArn": absent, "aws:ViaAWSService": "true" };
    const identity = role.policies().map(({ content }) => content);
    const resource = this.key.policy?.content;
    return () => {
      const who = `the role ${role.arn}`;
      this.ask({ identity, resource, resourceAccount: this.account }, principal, context, who);
      if (resource !== undefined) {
        // As of a key of another account: its policy must speak of who asks, however much IAM allows.
        this.ask({ identity: [everything], resource, resourceAccount: "" }, principal, context, who);
      }
    };
  }

  private ask(
    documents: PolicySet,
    principal: AccessRequest["principal"],
    asking: AccessRequest["context"],
    who: string,
  ): void {
    const { arn: resource, aliases } = this.key;
    const policies = evaluable(resource, () => compilePolicies(documents));
    const context = {
      ...asking,
      "aws:SecureTransport": "true",
      "aws:ResourceAccount": this.account,
      "kms:ViaService": this.via,
      ...(aliases === undefined ? {} : { "kms:ResourceAliases": aliases }),
    };
    for (const action of this.actions) {
      const decision = decide(policies, { principal, action, resource, context });
      if (!decision.allowed) {
        const why = unknownText(decision);
        throw new UndeliveredError(`${who} may not do ${action} on ${resource}${why === undefined ? "" : `: ${why}`}`);
      }
    }
  }
}
