/** What the provider asks of AWS for a resource type in its life, and to look at it. */
export interface TypeActions {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

const bucketPart = (read: string, ...write: string[]): TypeActions => ({
  read: [`s3:${read}`],
  write: write.map((action) => `s3:${action}`),
});

/**
 * By resource type, what its create, update, delete and read take. Source: the operations of each resource in
 * terraform-provider-aws, and IAM's Service Authorization Reference for the actions they need. Not tried on AWS.
 */
export const actionsByType: Readonly<Record<string, TypeActions>> = {
  "aws:s3/bucket:Bucket": {
    read: [
      "s3:ListBucket",
      "s3:GetBucketTagging",
      "s3:GetBucketLocation",
      "s3:GetBucketAcl",
      "s3:GetAccelerateConfiguration",
    ],
    write: ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketPart(
    "GetBucketPublicAccessBlock",
    "PutBucketPublicAccessBlock",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketPart(
    "GetBucketOwnershipControls",
    "PutBucketOwnershipControls",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucketPart("GetBucketVersioning", "PutBucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketPart(
    "GetEncryptionConfiguration",
    "PutEncryptionConfiguration",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bucketPart("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketPart(
    "GetLifecycleConfiguration",
    "PutLifecycleConfiguration",
  ),
  "aws:s3/bucketNotification:BucketNotification": bucketPart("GetBucketNotification", "PutBucketNotification"),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    read: ["logs:DescribeMetricFilters"],
    write: ["logs:PutMetricFilter", "logs:DeleteMetricFilter"],
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    read: ["logs:DescribeQueryDefinitions"],
    write: ["logs:PutQueryDefinition", "logs:DeleteQueryDefinition"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    write: ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:TagResource"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    read: ["cloudwatch:GetDashboard"],
    write: ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    write: ["events:PutRule", "events:DeleteRule", "events:EnableRule", "events:DisableRule", "events:TagResource"],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    read: ["events:ListTargetsByRule"],
    write: ["events:PutTargets", "events:RemoveTargets"],
  },
  "aws:dynamodb/table:Table": {
    read: [
      "dynamodb:DescribeTable",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
    ],
    write: [
      "dynamodb:CreateTable",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
      "dynamodb:DeleteTable",
      "dynamodb:TagResource",
    ],
  },
  "aws:lambda/function:Function": {
    read: [
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:ListVersionsByFunction",
      "lambda:ListTags",
    ],
    write: [
      "lambda:CreateFunction",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
      "lambda:PutFunctionConcurrency",
      "lambda:DeleteFunctionConcurrency",
      "lambda:DeleteFunction",
      "lambda:TagResource",
    ],
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    read: ["lambda:GetFunctionEventInvokeConfig"],
    write: ["lambda:PutFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig"],
  },
  "aws:lambda/permission:Permission": {
    read: ["lambda:GetPolicy"],
    write: ["lambda:AddPermission", "lambda:RemovePermission"],
  },
  "aws:sns/topic:Topic": {
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    write: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:DeleteTopic", "sns:TagResource"],
  },
  "aws:sns/topicPolicy:TopicPolicy": { read: ["sns:GetTopicAttributes"], write: ["sns:SetTopicAttributes"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    read: ["sns:GetSubscriptionAttributes"],
    write: ["sns:Subscribe", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
  },
  "aws:sqs/queue:Queue": {
    read: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
    write: ["sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:DeleteQueue", "sqs:TagQueue"],
  },
  "aws:sqs/queuePolicy:QueuePolicy": { read: ["sqs:GetQueueAttributes"], write: ["sqs:SetQueueAttributes"] },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    write: ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup", "logs:TagResource"],
  },
  "aws:iam/role:Role": {
    read: ["iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"],
    write: [
      "iam:CreateRole",
      "iam:UpdateRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:DeleteRole",
      "iam:ListInstanceProfilesForRole",
      "iam:TagRole",
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    read: ["iam:GetRolePolicy"],
    write: ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  },
  "aws:transfer/server:Server": {
    read: ["transfer:DescribeServer", "transfer:ListTagsForResource"],
    write: [
      "transfer:CreateServer",
      "transfer:UpdateServer",
      "transfer:DeleteServer",
      "transfer:TagResource",
      "logs:CreateLogDelivery",
    ],
  },
  "aws:transfer/user:User": {
    read: ["transfer:DescribeUser", "transfer:ListTagsForResource"],
    write: ["transfer:CreateUser", "transfer:UpdateUser", "transfer:DeleteUser", "transfer:TagResource"],
  },
  "aws:transfer/sshKey:SshKey": {
    read: ["transfer:DescribeUser"],
    write: ["transfer:ImportSshPublicKey", "transfer:DeleteSshPublicKey"],
  },
};
