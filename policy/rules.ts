import type { Policies } from "@pulumi/policy";
import { bucketBlocksPublicAccess } from "./bucketBlocksPublicAccess";
import { bucketIsEncrypted } from "./bucketIsEncrypted";
import { bucketKeepsVersions } from "./bucketKeepsVersions";
import { bucketOwnsObjects } from "./bucketOwnsObjects";
import { bucketPolicyNamesWho } from "./bucketPolicyNamesWho";
import { bucketRequiresTls } from "./bucketRequiresTls";
import { gatewayIsProtected } from "./gatewayIsProtected";
import { homeIsLogical } from "./homeIsLogical";
import { homeIsWellFormed } from "./homeIsWellFormed";
import { homeWithinSessionPolicy } from "./homeWithinSessionPolicy";
import { invocationNamesServer } from "./invocationNamesServer";
import { keyRotates } from "./keyRotates";
import { notCheckedUntilUpdate } from "./notCheckedUntilUpdate";
import { notPublic } from "./notPublic";
import { posixProfileIsForEfs } from "./posixProfileIsForEfs";
import { roleTrust } from "./roleTrust";
import { roleWithoutWildcards } from "./roleWithoutWildcards";
import { asPolicy, type Rule } from "./rule";
import { serverLogs } from "./serverLogs";
import { serverSecurityPolicy } from "./serverSecurityPolicy";
import { serverWithoutFtp } from "./serverWithoutFtp";
import { sessionPolicyIsConfined } from "./sessionPolicyIsConfined";
import { sshPortNamesWho } from "./sshPortNamesWho";
import { subscriptionUsesTls } from "./subscriptionUsesTls";
import { userHasSessionPolicy } from "./userHasSessionPolicy";

/** Every policy of the pack. @param stackSaysProtect What the stack's own configuration says of protection. */
export function policies(stackSaysProtect: () => boolean): Policies {
  const rules = packRules(stackSaysProtect);
  return [...rules.map(asPolicy), notCheckedUntilUpdate(rules)];
}

/** Every rule of the pack; otherwise as {@link policies}. */
export function packRules(stackSaysProtect: () => boolean): readonly Rule[] {
  return [
    userHasSessionPolicy,
    sessionPolicyIsConfined,
    homeWithinSessionPolicy,
    homeIsLogical,
    homeIsWellFormed,
    posixProfileIsForEfs,
    serverSecurityPolicy,
    serverWithoutFtp,
    serverLogs,
    invocationNamesServer,
    sshPortNamesWho,
    roleTrust,
    roleWithoutWildcards,
    bucketRequiresTls,
    bucketPolicyNamesWho,
    bucketBlocksPublicAccess,
    bucketKeepsVersions,
    bucketIsEncrypted,
    bucketOwnsObjects,
    notPublic,
    keyRotates,
    subscriptionUsesTls,
    gatewayIsProtected(stackSaysProtect),
  ];
}
