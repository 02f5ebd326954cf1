/** Users of a server, and the groups of a directory that may log in to one: both bear a session policy and a home. */
export const userTypes = ["aws:transfer/user:User", "aws:transfer/access:Access"];

export const serverTypes = ["aws:transfer/server:Server"];

export const roleTypes = ["aws:iam/role:Role"];

/** Version 6 of the provider has both, version 7 the second as an alias. */
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
