/** A service that asks on behalf of something: S3 of a bucket, SNS of a topic. */
export interface Service {
  /** For example `sns.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}
