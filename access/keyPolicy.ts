import { arn, iamArn, viaService, type AwsScope } from "../iam/arn";
import { policyDocument, type Conditions, type OneOrMany, type PolicyDocument, type Statement } from "../iam/policy";
import type { GatewayArns } from "../names";
import { keyAction } from "./encryption";

/** Characters of a key's policy. Source: AWS KMS Developer Guide, "Resource quotas", key policy document size (32 KB). */
export const keyPolicyLimit = 32_768;

/**
 * Who may use the gateway's own key: the account, whose IAM policies say which of its roles, and each service that encrypts or
 * decrypts as itself, for sources of this gateway alone. Transfer Family is not among them: it reads and writes files in the
 * name of the access roles.
 * @param queueReaders ARNs of roles and users that receive from the gateway's queues.
 */
export function encryptionKeyPolicy(
  scope: AwsScope,
  arns: GatewayArns,
  queueReaders: readonly string[] = [],
): PolicyDocument {
  const { account } = scope;
  return policyDocument(
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: iamArn(scope, "root") },
      Action: "kms:*",
      Resource: "*",
    },
    // To the topic `arrivals`. Source: SNS Developer Guide, "Enable compatibility between event sources and encrypted topics".
    byService("LandingBucket", "s3.amazonaws.com", account, arns.bucket),
    // To the topic `alarms`.
    byService("Alarms", "cloudwatch.amazonaws.com", account, arn(scope, "cloudwatch", "alarm:*")),
    // To queues. Source: SNS Developer Guide, "Setting up encryption for a topic with an encrypted queue subscribed".
    byService("Topics", "sns.amazonaws.com", account, [arns.arrivalsTopic, arns.uploadsTopic]),
    // To the dead letters of the rule. Source: SQS Developer Guide, "Configure KMS permissions for AWS services".
    byService("PartialUploads", "events.amazonaws.com", account, arns.partialUploadsRule),
    logs(scope, arns),
    ...(queueReaders.length === 0 ? [] : [readers(scope, queueReaders)]),
  );
}

const encryptAndDecrypt = Object.values(keyAction);

function byService(sid: string, service: string, account: string, source: OneOrMany): Statement {
  return allow(sid, { Service: service }, encryptAndDecrypt, {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": source },
  });
}

/**
 * Logs are told apart by what they are encrypted for: the service says no source.
 * Source: CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
function logs(scope: AwsScope, arns: GatewayArns): Statement {
  const groups = [arns.logGroup, arns.onUploadLogGroup, arns.identityProviderLogGroup, arns.serverLogGroups];
  const actions = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
  return allow("Logs", { Service: viaService(scope, "logs") }, actions, {
    ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups },
  });
}

/** Whoever reads a queue, also from another account, where IAM alone would not do. */
function readers(scope: AwsScope, arns: readonly string[]): Statement {
  return allow("QueueReaders", { AWS: [...new Set(arns)].sort() }, [keyAction.decrypt], {
    StringEquals: { "kms:ViaService": viaService(scope, "sqs") },
  });
}

/** In a key's policy `*` is the key. */
function allow(
  sid: string,
  principal: NonNullable<Statement["Principal"]>,
  actions: readonly string[],
  condition: Conditions,
): Statement {
  return { Sid: sid, Effect: "Allow", Principal: principal, Action: actions, Resource: "*", Condition: condition };
}
