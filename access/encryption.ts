import { arn, viaService, type AwsScope } from "../iam/arn";
import type { Statement } from "../iam/policy";
import { encryptionKeyAlias, type GatewayNames } from "../names";
import { encryptedByS3, type EncryptionChoice } from "../tenancy/encryption";

/**
 * A key as policies name it. AWS draws the id of a new key, so that one of the gateway's own is named by its alias, which is
 * known before: the resource is every key of account and region, and the condition admits the one that bears the alias.
 */
export interface KeyReference {
  /** Its ARN, or `arn:PARTITION:kms:REGION:ACCOUNT:key/*` beside an alias. */
  readonly resource: string;
  /** `alias/NAME`; undefined where the ARN is known. */
  readonly alias?: string | undefined;
}

/** The key of a gateway that has one. */
export interface EncryptionPlan {
  readonly key: KeyReference;
  /** Whether new files go under it; otherwise files of an earlier time are still read with it. */
  readonly isCurrent: boolean;
  /** Whether the gateway makes the key. */
  readonly isOwn: boolean;
}

/** The key that a stack's settings ask for; undefined: none. */
export function encryptionPlan(
  scope: AwsScope,
  names: Pick<GatewayNames, "prefix">,
  { encryption, kmsKeyArn }: EncryptionChoice = encryptedByS3,
): EncryptionPlan | undefined {
  const isCurrent = encryption === "kms";
  if (kmsKeyArn !== "") {
    return { key: { resource: kmsKeyArn }, isCurrent, isOwn: false };
  }
  const key = { resource: arn(scope, "kms", "key/*"), alias: encryptionKeyAlias(names) };
  return isCurrent ? { key, isCurrent, isOwn: true } : undefined;
}

/** What reading a file takes of its key, and what writing one takes. */
export const keyAction = { generate: "kms:GenerateDataKey", decrypt: "kms:Decrypt" } as const;

/** What an access to S3 objects asks of a key. Source: see {@link keyActionsFor}. */
const keyActionsOf: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": [keyAction.decrypt],
  "s3:PutObject": [keyAction.decrypt, keyAction.generate],
};

/**
 * The actions on the key without which S3 refuses these actions on objects. Whoever writes has to decrypt as well, for the parts
 * of a large upload.
 * Source: Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys", required permissions.
 */
export function keyActionsFor(objectActions: readonly string[]): readonly string[] {
  const actions = objectActions.flatMap((action) => keyActionsOf[action] ?? []);
  return Object.values(keyAction).filter((action) => actions.includes(action));
}

/**
 * Allows the use of a key.
 * @param services Those that may ask for it in the bearer's name, as `s3`; undefined: any, for a session that its role
 * confines.
 */
export function keyUse(
  { key }: Pick<EncryptionPlan, "key">,
  actions: readonly string[],
  through?: { readonly scope: AwsScope; readonly services: readonly string[] },
): Statement {
  const byAlias = key.alias === undefined ? {} : { "ForAnyValue:StringEquals": { "kms:ResourceAliases": key.alias } };
  const endpoints = through?.services.map((service) => viaService(through.scope, service));
  const byService = endpoints === undefined ? {} : { StringEquals: { "kms:ViaService": endpoints } };
  const condition = { ...byAlias, ...byService };
  return {
    ...(through === undefined ? {} : { Sid: "Key" }),
    Effect: "Allow",
    Action: actions,
    Resource: key.resource,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}
