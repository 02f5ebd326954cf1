import type { Rule } from "./rule";

const keyTypes = ["aws:kms/key:Key"] as const;

/** Of the keys that encrypt data; those that sign, and those whose material is somebody's own, KMS cannot renew. */
export const keyRotates: Rule<(typeof keyTypes)[number]> = {
  name: "encryption-key-rotates",
  description: "Every KMS key that encrypts data gets new key material each year.",
  subjects: keyTypes,
  *check(key) {
    const spec = key.at("customerMasterKeySpec").known();
    const isSymmetric = spec === undefined || spec === "SYMMETRIC_DEFAULT";
    if (
      isSymmetric &&
      key.at("customKeyStoreId").known() === undefined &&
      !key.at("enableKeyRotation").holds(([isOn]) => isOn === true)
    ) {
      yield `${key.label} keeps its key material for ever. Give it \`enableKeyRotation: true\`; what lies under it stays readable.`;
    }
  },
};
