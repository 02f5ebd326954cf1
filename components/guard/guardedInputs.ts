/**
 * The inputs that decide who reaches files, who logs in and who hears of uploads, by type. A resource of such a type must be
 * planned, and bear exactly what was planned in these inputs; one that is not planned there must be left out.
 */
export const guardedInputs: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/role:Role": ["name", "assumeRolePolicy", "inlinePolicies", "managedPolicyArns"],
  "aws:iam/rolePolicy:RolePolicy": ["role", "policy"],
  "aws:lambda/function:Function": ["role"],
  "aws:lambda/permission:Permission": [
    ...["action", "function", "principal", "sourceArn", "sourceAccount"],
    ...["functionUrlAuthType", "principalOrgId", "qualifier"],
  ],
  "aws:cloudwatch/eventTarget:EventTarget": ["rule", "arn", "roleArn"],
  "aws:s3/bucket:Bucket": ["bucket", "acl", "grants", "policy"],
  "aws:s3/bucketNotification:BucketNotification": ["bucket", "topics", "queues", "lambdaFunctions", "eventbridge"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket", "rule"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket", "policy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    ...["bucket", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  ],
  "aws:sns/topic:Topic": ["name", "policy"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn", "policy"],
  "aws:sns/topicSubscription:TopicSubscription": [
    ...["topic", "protocol", "endpoint", "filterPolicy", "filterPolicyScope", "subscriptionRoleArn"],
  ],
  "aws:sqs/queue:Queue": ["name", "policy"],
  "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl", "policy"],
  "aws:transfer/server:Server": [
    ...["domain", "identityProviderType", "function", "url", "invocationRole", "directoryId", "loggingRole"],
    ...["workflowDetails"],
  ],
  "aws:transfer/sshKey:SshKey": ["serverId", "userName", "body"],
  "aws:transfer/user:User": [
    ...["serverId", "userName", "role", "policy", "homeDirectoryType", "homeDirectory", "homeDirectoryMappings"],
    ...["posixProfile"],
  ],
};

/** The types that give nobody access to anything. A type that stands in neither list is refused. */
export const freeTypes: ReadonlySet<string> = new Set([
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  "aws:dynamodb/table:Table",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
]);
