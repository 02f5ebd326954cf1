const ofBucket = ["bucket"];
const ofUser = ["serverId", "userName"];
const named = ["name", "namePrefix"];

/**
 * Inputs that AWS cannot change in place: the provider deletes the resource and creates it again. By resource type; every
 * type that the program uses must be here. Source: `ForceNew` in the schemas of terraform-provider-aws, which
 * `@pulumi/aws` 7 bridges.
 */
export const replacingInputs: Readonly<Record<string, readonly string[]>> = {
  "aws:s3/bucket:Bucket": ["bucket", "bucketPrefix", "objectLockEnabled"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketNotification:BucketNotification": ofBucket,
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass", ...named],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logGroupName", "name"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/queryDefinition:QueryDefinition": [],
  "aws:cloudwatch/eventRule:EventRule": ["eventBusName", ...named],
  "aws:cloudwatch/eventTarget:EventTarget": ["eventBusName", "rule", "targetId"],
  "aws:dynamodb/table:Table": ["hashKey", "name", "rangeKey"],
  "aws:iam/role:Role": ["path", ...named],
  "aws:iam/rolePolicy:RolePolicy": ["role", ...named],
  "aws:lambda/function:Function": ["name", "packageType"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName", "qualifier"],
  "aws:lambda/permission:Permission": [
    "action",
    "function",
    "principal",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
  ],
  "aws:sns/topic:Topic": ["fifoTopic", ...named],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
  "aws:sqs/queue:Queue": ["fifoQueue", ...named],
  "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl"],
  "aws:transfer/server:Server": ["domain", "identityProviderType"],
  "aws:transfer/user:User": ofUser,
  "aws:transfer/sshKey:SshKey": ["body", ...ofUser],
};
