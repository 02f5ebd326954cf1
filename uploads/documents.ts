import type { AwsScope } from "../iam/arn";
import { policyDocument, type PolicyDocument, type Statement } from "../iam/policy";
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
    {
      Sid: "LandingBucket",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sns:Publish",
      Resource: arns.arrivalsTopic,
      // Bucket names are free again once a bucket is deleted, hence the account beside the ARN.
      Condition: { StringEquals: { "aws:SourceAccount": account }, ArnEquals: { "aws:SourceArn": arns.bucket } },
    },
    topicTlsOnly(arns.arrivalsTopic),
  );
}

/** The topic `uploads`: whoever publishes or subscribes does so by policies of its own, and through TLS. */
export function uploadsTopicPolicy(arns: GatewayArns): PolicyDocument {
  return policyDocument(topicTlsOnly(arns.uploadsTopic));
}

/** The topic `alarms`: CloudWatch publishes to it, for alarms of this account and region. */
export function alarmsTopicPolicy(scope: AwsScope, arns: GatewayArns): PolicyDocument {
  const { partition, region, account } = scope;
  return policyDocument(
    {
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: arns.alarmsTopic,
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    },
    topicTlsOnly(arns.alarmsTopic),
  );
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
  return policyDocument(
    ...senders.map(({ service, sourceArn }): Statement => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      // The ARN bears the account.
      Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
    })),
    ...(readers.length === 0 ? [] : [readersStatement(queueArn, readers)]),
    tlsOnly("sqs:*", queueArn),
  );
}

function readersStatement(queueArn: string, readers: readonly string[]): Statement {
  return {
    Sid: "Readers",
    Effect: "Allow",
    Principal: { AWS: readers },
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
    Resource: queueArn,
  };
}

function tlsOnly(action: string | string[], resource: string): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
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
export function onUploadRolePolicy(arns: GatewayArns): PolicyDocument {
  return policyDocument(
    { Sid: "Announce", Effect: "Allow", Action: "sns:Publish", Resource: arns.uploadsTopic },
    {
      Sid: "Remember",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
      Resource: arns.onUploadTable,
    },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${arns.onUploadLogGroup}:*`,
    },
    { Sid: "SetAside", Effect: "Allow", Action: "sqs:SendMessage", Resource: arns.onUploadDeadLetters },
  );
}
