import { bucketArn } from "../../iam/arn";
import { compilePolicies, decide, type Policies } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { refusingUnsupported, type ServedBucket, type ServedRole } from "./documents";

/** One request to S3 as IAM sees it. */
export interface S3Request {
  /** For example `s3:GetObject`. */
  readonly action: string;
  readonly bucket: string;
  /** Undefined for requests on the bucket itself. */
  readonly key?: string;
  /** `s3:prefix` of a listing. */
  readonly prefix?: string;
}

export type Authorise = (request: S3Request) => boolean;

interface SessionDocuments {
  /** How messages name the user. */
  readonly label: string;
  readonly userName: string;
  readonly server: { readonly id: string; readonly arn: string };
  readonly role: ServedRole;
  readonly session: PolicyDocument | undefined;
  readonly buckets: readonly ServedBucket[];
}

/** What a user's documents decide. They are compiled here, so one that cannot be evaluated is refused before serving. */
export function authorisationOf(documents: SessionDocuments): { assumable: boolean; authorise: Authorise } {
  return refusingUnsupported(documents.label, () => ({
    assumable: isAssumable(documents),
    authorise: authoriser(documents),
  }));
}

/** The service takes the role on in the name of the user, which is what the trust policy's conditions speak of. */
function isAssumable({ role, server, userName }: SessionDocuments): boolean {
  const policies = compilePolicies({ identity: [], resource: role.trust, resourceAccount: role.account });
  const sourceArn = `${server.arn.slice(0, server.arn.lastIndexOf(":"))}:user/${server.id}/${userName}`;
  return decide(policies, {
    principal: { kind: "service", service: "transfer.amazonaws.com" },
    action: "sts:AssumeRole",
    resource: role.arn,
    context: { "aws:SourceAccount": role.account, "aws:SourceArn": sourceArn, "aws:SecureTransport": "true" },
  }).allowed;
}

function authoriser({ role, session, userName, buckets }: SessionDocuments): Authorise {
  const principal = {
    kind: "role-session",
    account: role.account,
    roleArn: role.arn,
    sessionName: userName,
  } as const;
  const compiled = (resource: PolicyDocument | undefined) =>
    compilePolicies({ identity: role.policies, session, resource, resourceAccount: role.account });
  const ofBucket = new Map(buckets.map((bucket) => [bucket.name, { bucket, policies: compiled(bucket.policy) }]));
  const ofKeys = compiled(undefined);

  const allowed = (policies: Policies, action: string, resource: string, context: Record<string, string> = {}) =>
    decide(policies, {
      principal,
      action,
      resource,
      // Transfer Family speaks TLS with S3.
      context: { "aws:SecureTransport": "true", "transfer:UserName": userName, ...context },
    }).allowed;

  return ({ action, bucket: name, key, prefix }) => {
    const known = ofBucket.get(name);
    if (known === undefined) {
      return false;
    }
    const resource = bucketArn(role.partition, name);
    const context = prefix === undefined ? {} : { "s3:prefix": prefix, "s3:delimiter": "/" };
    const onS3 = allowed(known.policies, action, key === undefined ? resource : `${resource}/${key}`, context);
    const { encryptionKey } = known.bucket;
    const keyActions = encryptionKey === undefined ? [] : (encryptionActions[action] ?? []);
    return onS3 && keyActions.every((keyAction) => allowed(ofKeys, keyAction, encryptionKey!));
  };
}

/**
 * What S3 asks of KMS in the session's name. The key's own policy is left out: by AWS's default it defers to IAM.
 * Source: Amazon S3 User Guide, "Protecting data with server-side encryption using AWS KMS".
 */
const encryptionActions: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": ["kms:Decrypt"],
  "s3:PutObject": ["kms:GenerateDataKey", "kms:Decrypt"],
};
