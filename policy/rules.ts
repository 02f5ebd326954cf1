import { bucketBlocksPublicAccess } from "./bucketBlocksPublicAccess";
import { bucketIsEncrypted } from "./bucketIsEncrypted";
import { bucketKeepsVersions } from "./bucketKeepsVersions";
import { bucketOwnsObjects } from "./bucketOwnsObjects";
import { bucketRequiresTls } from "./bucketRequiresTls";
import { gatewayIsProtected } from "./gatewayIsProtected";
import { homeIsLogical } from "./homeIsLogical";
import { homeWithinSessionPolicy } from "./homeWithinSessionPolicy";
import { notCheckedUntilUpdate } from "./notCheckedUntilUpdate";
import { roleTrust } from "./roleTrust";
import { roleWithoutWildcards } from "./roleWithoutWildcards";
import type { Rule } from "./rule";
import { serverLogs } from "./serverLogs";
import { serverSecurityPolicy } from "./serverSecurityPolicy";
import { serverWithoutFtp } from "./serverWithoutFtp";
import { sessionPolicyIsConfined } from "./sessionPolicyIsConfined";
import { userHasSessionPolicy } from "./userHasSessionPolicy";

/** Every rule of the pack. @param stackSaysProtect What the stack's own configuration says of protection. */
export function rules(stackSaysProtect: () => boolean): Rule[] {
  const checking: Rule[] = [
    userHasSessionPolicy,
    sessionPolicyIsConfined,
    homeWithinSessionPolicy,
    homeIsLogical,
    serverSecurityPolicy,
    serverWithoutFtp,
    serverLogs,
    roleTrust,
    roleWithoutWildcards,
    bucketRequiresTls,
    bucketBlocksPublicAccess,
    bucketKeepsVersions,
    bucketIsEncrypted,
    bucketOwnsObjects,
    gatewayIsProtected(stackSaysProtect),
  ];
  return [...checking, notCheckedUntilUpdate(checking)];
}
