/**
 * How Pulumi's wire format, states and plans mark what is no plain object: the key that such a value bears, and what stands
 * there. Sources: `runtime/rpc.ts` of @pulumi/pulumi 3.248, and `sdk/go/common/resource/sig` of the CLI 3.259.
 */
export const markKey = "4dabf18193072939515e22adb298388d";

/** What a value is, by what stands under the key. */
export const marks = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
} as const;
