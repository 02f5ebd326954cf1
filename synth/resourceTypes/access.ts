import { iamArn } from "../../iam/arn";
import { actions, hex, named, text, type DeclaredTypes } from "./resourceType";

/** IAM: roles and their inline policies. */
export const access = {
  "aws:iam/role:Role": {
    computed: (inputs, { scope }) => {
      const name = text(inputs, "name");
      return {
        id: name,
        outputs: { arn: iamArn(scope, `role/${name}`), uniqueId: `AROA${hex(name, 17).toUpperCase()}` },
      };
    },
    replacedBy: ["path", ...named],
    read: actions("iam", "GetRole", "ListRolePolicies", "ListAttachedRolePolicies", "ListRoleTags"),
    write: [
      ...actions("iam", "CreateRole", "UpdateRole", "UpdateRoleDescription", "UpdateAssumeRolePolicy", "DeleteRole"),
      ...actions("iam", "PutRolePermissionsBoundary", "ListInstanceProfilesForRole", "TagRole", "UntagRole"),
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    computed: (inputs) => ({ id: `${text(inputs, "role")}:${text(inputs, "name")}`, outputs: {} }),
    replacedBy: ["role", ...named],
    read: actions("iam", "GetRolePolicy"),
    write: actions("iam", "PutRolePolicy", "DeleteRolePolicy"),
    on: (inputs, scope) => iamArn(scope, `role/${text(inputs, "role")}`),
  },
} satisfies DeclaredTypes;
