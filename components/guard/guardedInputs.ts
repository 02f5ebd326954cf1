/**
 * The inputs that decide who reaches files, who logs in and who hears of uploads, by type. A resource of such a type must be
 * planned, and bear exactly what was planned in these inputs; one that is not planned there must be left out.
 */
export const guardedInputs: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": ["ingress", "egress", "region"],
  "aws:iam/role:Role": [
    ...["name", "namePrefix", "path", "assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "permissionsBoundary"],
  ],
  "aws:iam/rolePolicy:RolePolicy": ["role", "policy"],
  // Who writes a table's items, or has a copy of them.
  "aws:dynamodb/table:Table": [
    ...["name", "importTable", "restoreBackupArn", "restoreSourceName", "restoreSourceTableArn"],
    ...["replicas", "globalTableWitness", "streamEnabled", "region"],
  ],
  "aws:kms/alias:Alias": ["name", "namePrefix", "targetKeyId", "region"],
  "aws:kms/key:Key": ["policy", "bypassPolicyLockoutSafetyCheck", "enableKeyRotation", "multiRegion", "region"],
  "aws:lambda/function:Function": [
    ...["role", "handler", "layers", "imageUri", "s3Bucket", "fileSystemConfig", "deadLetterConfig", "region"],
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName", "destinationConfig", "region"],
  "aws:lambda/permission:Permission": [
    ...["action", "function", "principal", "sourceArn", "sourceAccount"],
    ...["functionUrlAuthType", "principalOrgId", "qualifier", "region"],
  ],
  "aws:cloudwatch/eventTarget:EventTarget": ["rule", "arn", "roleArn", "deadLetterConfig", "region"],
  "aws:s3/bucket:Bucket": [
    ...["bucket", "bucketPrefix", "acl", "grants", "policy"],
    ...["replicationConfiguration", "logging", "website", "region"],
  ],
  "aws:s3/bucketNotification:BucketNotification": [
    ...["bucket", "topics", "queues", "lambdaFunctions", "eventbridge", "region"],
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket", "rule", "region"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket", "policy", "region"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    ...["bucket", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets", "region"],
  ],
  "aws:sns/topic:Topic": ["name", "policy", "region"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn", "policy", "region"],
  "aws:sns/topicSubscription:TopicSubscription": [
    ...["topic", "protocol", "endpoint", "filterPolicy", "filterPolicyScope", "subscriptionRoleArn", "region"],
  ],
  "aws:sqs/queue:Queue": ["name", "policy", "region"],
  "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl", "policy", "region"],
  "aws:transfer/server:Server": [
    ...["domain", "identityProviderType", "function", "url", "invocationRole", "directoryId", "loggingRole"],
    ...["sftpAuthenticationMethods", "securityPolicyName", "endpointType", "endpointDetails"],
    ...["workflowDetails", "protocols", "hostKey", "region"],
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    ...["securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6"],
    ...["prefixListId", "referencedSecurityGroupId", "region"],
  ],
  "aws:transfer/sshKey:SshKey": ["serverId", "userName", "body", "region"],
  "aws:transfer/user:User": [
    ...["serverId", "userName", "role", "policy", "homeDirectoryType", "homeDirectory", "homeDirectoryMappings"],
    ...["posixProfile", "region"],
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
  "aws:ec2/eip:Eip",
  "aws:route53/record:Record",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  // What is inside is not the program's to register: a plugin of awsx makes it.
  "awsx:ec2:Vpc",
]);
