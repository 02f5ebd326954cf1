import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ProvenAccess } from "../access/proof";

export interface EncryptionKeyArgs {
  /** The policy of the gateway's own key and its alias, or the key that was given. */
  readonly access: ProvenAccess;
  /** Refuse deletion. Without the key nothing that lies under it can be read, by anybody. */
  readonly protect: boolean;
}

/** A key that data lies under, once it may be used. */
export interface DataKey {
  readonly arn: pulumi.Input<string>;
  /** What puts something under the key waits for these: the policies of roles know a key by its alias. */
  readonly ready: readonly pulumi.Resource[];
}

/** Days between the deletion of a key and its end, in which it can be brought back; the most that KMS gives. */
const deletionWindowDays = 30;

/** The gateway's own key with its alias. KMS makes new key material each year, and keeps the old for what lies under it. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly key: aws.kms.Key;
  private readonly alias: aws.kms.Alias;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:EncryptionKey", name, {}, opts);
    const { encryption, keyPolicy } = ProvenAccess.planOf(args.access);
    const { protect } = args;
    if (encryption?.key.alias === undefined || keyPolicy === undefined) {
      throw new Error("the gateway has no key of its own");
    }
    this.key = new aws.kms.Key(
      name,
      {
        description: "Files, messages, tables and logs of the SFTP gateway",
        enableKeyRotation: true,
        deletionWindowInDays: deletionWindowDays,
        policy: keyPolicy,
      },
      { parent: this, protect },
    );
    this.alias = new aws.kms.Alias(
      name,
      { name: encryption.key.alias, targetKeyId: this.key.keyId },
      { parent: this.key, protect },
    );
    this.registerOutputs({ keyArn: this.key.arn });
  }

  get dataKey(): DataKey {
    return { arn: this.key.arn, ready: [this.alias] };
  }
}

/**
 * The key that new data lies under, which is made where it has to be; undefined: what AWS gives each service.
 * @param name Logical name of a key that is made.
 */
export function dataKeyOf(
  name: string,
  args: EncryptionKeyArgs,
  opts: pulumi.ComponentResourceOptions,
): DataKey | undefined {
  const { encryption } = ProvenAccess.planOf(args.access);
  if (encryption?.isCurrent !== true) {
    return undefined;
  }
  return encryption.isOwn ? new EncryptionKey(name, args, opts).dataKey : { arn: encryption.key.resource, ready: [] };
}

/** The options with what the use of the key waits for. */
export function waitingFor(key: DataKey | undefined, opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return key === undefined || key.ready.length === 0 ? opts : pulumi.mergeOptions(opts, { dependsOn: [...key.ready] });
}

/** What a log group lies under. */
export function logKey(key: DataKey | undefined) {
  return key === undefined ? {} : { kmsKeyId: key.arn };
}

/** What a table lies under. */
export function tableKey(key: DataKey | undefined) {
  return key === undefined ? {} : { serverSideEncryption: { enabled: true, kmsKeyArn: key.arn } };
}

/** What a function's variables lie under. */
export function functionKey(key: DataKey | undefined) {
  return key === undefined ? {} : { kmsKeyArn: key.arn };
}
