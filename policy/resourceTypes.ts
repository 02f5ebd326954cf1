import type * as ec2 from "@pulumi/aws/ec2";
import type * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as lambda from "@pulumi/aws/lambda";
import type * as s3 from "@pulumi/aws/s3";
import type * as s3control from "@pulumi/aws/s3control";
import type * as sns from "@pulumi/aws/sns";
import type * as sqs from "@pulumi/aws/sqs";
import type * as transfer from "@pulumi/aws/transfer";
import type * as vpc from "@pulumi/aws/vpc";

/**
 * Every type of resource that a rule reads, with the resource's own arguments and what AWS computes beside them: a rule
 * that asks for a property which the type does not have does not compile.
 */
export interface PropertiesByType {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupState;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupState;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleState;
  "aws:iam/policy:Policy": iam.PolicyState;
  "aws:iam/policyAttachment:PolicyAttachment": iam.PolicyAttachmentState;
  "aws:iam/role:Role": iam.RoleState;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyState;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachmentState;
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": iam.RolePolicyAttachmentsExclusiveState;
  "aws:kms/key:Key": kms.KeyState;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyState;
  "aws:lambda/permission:Permission": lambda.PermissionState;
  "aws:s3/accessPoint:AccessPoint": s3.AccessPointState;
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": s3.AccountPublicAccessBlockState;
  "aws:s3/bucket:Bucket": s3.BucketState;
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.BucketOwnershipControlsState;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyState;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockState;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationState;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": s3.BucketServerSideEncryptionConfigurationV2State;
  "aws:s3/bucketV2:BucketV2": s3.BucketV2State;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningState;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": s3.BucketVersioningV2State;
  "aws:s3control/accessPointPolicy:AccessPointPolicy": s3control.AccessPointPolicyState;
  "aws:sns/topic:Topic": sns.TopicState;
  "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicyState;
  "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscriptionState;
  "aws:sqs/queue:Queue": sqs.QueueState;
  "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicyState;
  "aws:transfer/access:Access": transfer.AccessState;
  "aws:transfer/server:Server": transfer.ServerState;
  "aws:transfer/user:User": transfer.UserState;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleState;
}

/** Pulumi's token of a type: `aws:transfer/user:User`. */
export type ResourceType = keyof PropertiesByType;

/** What a resource may be asked for; of several types, what any of them has. */
export type PropertyOf<Type extends ResourceType> = {
  [Each in ResourceType]: "id" | (keyof PropertiesByType[Each] & string);
}[Type];

/** Users of a server, and the groups of a directory that may log in to one: both bear a session policy and a home. */
export const userTypes = ["aws:transfer/user:User", "aws:transfer/access:Access"] as const;
export type UserType = (typeof userTypes)[number];

export const serverTypes = ["aws:transfer/server:Server"] as const;
export type ServerType = (typeof serverTypes)[number];

export const roleTypes = ["aws:iam/role:Role"] as const;
export type RoleType = (typeof roleTypes)[number];

/** Version 6 of the provider has both, version 7 the second as an alias. */
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export type BucketType = (typeof bucketTypes)[number];
