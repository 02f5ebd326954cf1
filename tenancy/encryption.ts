/** How everything of a gateway is encrypted at rest: by keys that AWS keeps to itself, or under a KMS key. */
export const encryptions = ["s3", "kms"] as const;
export type Encryption = (typeof encryptions)[number];

/** What a stack says of encryption. */
export interface EncryptionChoice {
  readonly encryption: Encryption;
  /** ARN of a key that exists; empty: none. With `kms` it takes the place of one of the gateway's own. */
  readonly kmsKeyArn: string;
}

/** What a gateway has that says nothing. */
export const encryptedByS3: EncryptionChoice = { encryption: "s3", kmsKeyArn: "" };
