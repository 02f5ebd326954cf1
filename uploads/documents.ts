import { tlsOnly, useByService, type KeyOfService } from "../access/documents";
import { keyAction } from "../access/encryption";
import { arn, type AwsScope } from "../iam/arn";
import { policyDocument, type Conditions, type PolicyDocument, type Statement } from "../iam/policy";
import type { GatewayArns } from "../names";

/** A service that may send to a queue or a topic, on behalf of one thing of this account. */
export interface Sender {
  /** For example `sns.amazonaws.com`. */
  readonly service: string;
  /** ARN of the topic, rule or bucket that it sends for; the service alone could be acting for anybody's. */
  readonly sourceArn: string;
}

/** The topic `arrivals`: S3 publishes to it, for the landing bucket of this account. */
export function arrivalsTopicPolicy({ account }: AwsScope, arns: GatewayArns): PolicyDocument {
  return policyDocument(
    publishing("LandingBucket", "s3.amazonaws.com", arns.arrivalsTopic, {
      // Bucket names are free again once a bucket is deleted, hence the account beside the ARN.
      StringEquals: { "aws:SourceAccount": account },
      ArnEquals: { "aws:SourceArn": arns.bucket },
    }),
    topicTlsOnly(arns.arrivalsTopic),
  );
}

/** The topic `uploads`: whoever publishes or subscribes does so by policies of its own, and through TLS. */
export function uploadsTopicPolicy(arns: GatewayArns): PolicyDocument {
  return policyDocument(topicTlsOnly(arns.uploadsTopic));
}

/** The topic `alarms`: CloudWatch publishes to it, for alarms of this account and region. */
export function alarmsTopicPolicy(scope: AwsScope, arns: GatewayArns): PolicyDocument {
  return policyDocument(
    publishing("Alarms", "cloudwatch.amazonaws.com", arns.alarmsTopic, {
      StringEquals: { "aws:SourceAccount": scope.account },
      ArnLike: { "aws:SourceArn": arn(scope, "cloudwatch", "alarm:*") },
    }),
    topicTlsOnly(arns.alarmsTopic),
  );
}

function publishing(sid: string, service: string, topicArn: string, condition: Conditions): Statement {
  const Principal = { Service: service };
  return { Sid: sid, Effect: "Allow", Principal, Action: "sns:Publish", Resource: topicArn, Condition: condition };
}

/** Topic policies take no `sns:*`; these are the actions that carry messages, or decide where they go. */
function topicTlsOnly(topicArn: string): Statement {
  return tlsOnly(["sns:Publish", "sns:Subscribe"], topicArn);
}

/**
 * A queue's policy: these senders for their sources alone, these readers, and nobody but through TLS.
 * @param readers ARNs of roles and users that receive and delete, and no more.
 */
export function queuePolicy(
  queueArn: string,
  senders: readonly Sender[],
  readers: readonly string[] = [],
): PolicyDocument {
  const reading: Statement = {
    Sid: "Readers",
    Effect: "Allow",
    Principal: { AWS: readers },
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
    Resource: queueArn,
  };
  return policyDocument(
    ...senders.map(({ service, sourceArn }): Statement => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      // The ARN bears the account.
      Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
    })),
    ...(readers.length === 0 ? [] : [reading]),
    tlsOnly("sqs:*", queueArn),
  );
}

/** Who may take on the role of `on-upload`: Lambda. */
export function onUploadRoleTrust(): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
}

/** What `on-upload` may do: announce, remember, log, and set aside what it failed at. It never reads a file. */
export function onUploadRolePolicy(arns: GatewayArns, key?: KeyOfService): PolicyDocument {
  const remembering = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
  return policyDocument(
    allow("Announce", "sns:Publish", arns.uploadsTopic),
    allow("Remember", remembering, arns.onUploadTable),
    allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], `${arns.onUploadLogGroup}:*`),
    allow("SetAside", "sqs:SendMessage", arns.onUploadDeadLetters),
    // Each of these asks KMS in the role's name.
    ...useByService(key, Object.values(keyAction), ["dynamodb", "sns", "sqs"]),
  );
}

function allow(sid: string, action: string | string[], resource: string): Statement {
  return { Sid: sid, Effect: "Allow", Action: action, Resource: resource };
}
