import { sessionPolicy, sessionPolicyLimit } from "../../access/documents";
import { grantsOf } from "../../access/grant";
import { policyText, type PolicyDocument } from "../../iam/policy";
import type { Access } from "../../tenancy/model";
import { tenant, type FolderDraft } from "../tenant";
import { accessNames } from "../../tenancy/access";

export const landing = { partition: "aws", bucket: "sftp-gateway-dev-123456789012" };

/** The session policy of a tenant called acme. */
export function policyOf(changes: Parameters<typeof tenant>[1]): PolicyDocument {
  return sessionPolicy(landing, grantsOf(tenant("acme", changes)));
}

/** What AWS stores for each profile, and how many folders and spaces fit into the 2,048 characters that it takes. */
export function samplePolicies(): object {
  return {
    ownFolder: Object.fromEntries(accessNames.map((access) => [access, policyOf({ access })])),
    space: Object.fromEntries(
      accessNames.map((access) => [access, policyOf({ folders: [], spaces: [{ name: "catalogue", access }] })]),
    ),
    foldersAndSpaces: policyOf(divided),
    atMost: {
      folders: most((count) => ({ folders: items(count, "read-write") })),
      dropBoxes: most((count) => ({ folders: items(count, "write-only") })),
      spaces: most((count) => ({ access: "read-write", spaces: items(count, "read-only") })),
    },
  };
}

/** A tenant with folders of its own and a space. */
export const divided = {
  folders: [
    { name: "inbox", access: "write-only" },
    { name: "outbox", access: "read-only" },
  ],
  spaces: [{ name: "catalogue", access: "read-only" }],
} as const;

/** So many of names as long as `item-01`. */
function items(count: number, access: Access): FolderDraft[] {
  return Array.from({ length: count }, (_, index) => ({ name: `item-${String(index + 1).padStart(2, "0")}`, access }));
}

/** The largest count whose policy is within the limit. */
function most(shape: (count: number) => Parameters<typeof tenant>[1]): number {
  let count = 0;
  while (policyText(policyOf(shape(count + 1))).length <= sessionPolicyLimit) {
    count += 1;
  }
  return count;
}
