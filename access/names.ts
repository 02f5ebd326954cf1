/** Names that policies mention, known before anything is created so that every document is plain text in a preview. */
export interface GatewayNames {
  /** The landing bucket. */
  readonly bucket: string;
  /** The log group of the structured log. */
  readonly logGroup: string;
}

/** Source: S3 User Guide, "General purpose bucket naming rules". */
const bucketNamePattern = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * The names of a stack's gateway. Bucket names are unique in the whole partition, hence the account in them; it also
 * keeps the names of roles, which have no account in them, below their 64 characters.
 * @throws Error when project and stack do not make a bucket name.
 */
export function gatewayNames(project: string, stack: string, account: string): GatewayNames {
  const bucket = `${project}-${stack}-${account}`;
  if (!bucketNamePattern.test(bucket)) {
    throw new Error(
      `project "${project}" and stack "${stack}" make the bucket name "${bucket}"; ` +
        "S3 wants 3 to 63 lower-case letters, digits and hyphens: choose another stack name",
    );
  }
  return { bucket, logGroup: `/${project}/${stack}` };
}
