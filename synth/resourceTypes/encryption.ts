import { arn } from "../../iam/arn";
import { actions, text, uuid, type DeclaredTypes } from "./resourceType";

/**
 * KMS: a key and its alias. Like the server they are made, and given up, by a person: whoever moves an alias decides which key
 * the roles use.
 */
export const encryption = {
  "aws:kms/key:Key": {
    computed: (_, { name, scope }) => {
      const keyId = uuid(name);
      return { id: keyId, outputs: { keyId, arn: arn(scope, "kms", `key/${keyId}`) } };
    },
    replacedBy: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    holds: "everything that was encrypted under the key",
    read: actions("kms", "DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
    write: [
      ...actions("kms", "CreateKey", "PutKeyPolicy", "EnableKeyRotation", "UpdateKeyDescription"),
      ...actions("kms", "TagResource", "UntagResource", "ScheduleKeyDeletion"),
    ],
  },
  "aws:kms/alias:Alias": {
    computed: (inputs, { scope }) => {
      const name = text(inputs, "name");
      const keyArn = arn(scope, "kms", `key/${text(inputs, "targetKeyId")}`);
      return { id: name, outputs: { arn: arn(scope, "kms", name), targetKeyArn: keyArn } };
    },
    replacedBy: ["name", "namePrefix"],
    holds: "the use of the key, which roles know by it",
    read: actions("kms", "ListAliases"),
    write: actions("kms", "CreateAlias", "UpdateAlias", "DeleteAlias"),
  },
} satisfies DeclaredTypes;
