import { unansweredKeyOf, type AccessRequest } from "../../iam/evaluate";
import type { Statement } from "../../iam/policy";
import { assumptionContext, encryptionContext, listingContext, sessionContext } from "../sessionContext";
import type { Claim } from "./claim";
import { isOnKeys } from "./keys";

/** What is known of every key once it is there. */
const aKey = { "kms:ResourceAliases": ["alias/any"] };

/**
 * Why nobody can say before the request is made whether an Allow applies, or undefined. It opens nothing that its patterns do
 * not open, but what the user gets is not what tenants.yaml says. A Deny may ask for what it likes: it takes away only.
 */
export function unansweredInSession(statement: Statement, { scope }: Pick<Claim, "scope">): string | undefined {
  const { partition, account } = scope;
  return unanswered(statement, {
    principal: {
      kind: "role-session",
      account,
      roleArn: `arn:${partition}:iam::${account}:role/role`,
      roleId: "AROAROLE",
      sessionName: "session",
    },
    ...(isOnKeys(statement)
      ? { action: "kms:Decrypt", context: { ...encryptionContext(scope, account, "session"), ...aKey } }
      : { action: "s3:ListBucket", context: { ...sessionContext(scope, "session"), ...listingContext("") } }),
    resource: "*",
  });
}

/** The same for a role's trust. */
export function unansweredInTrust(statement: Statement, { account }: Claim["scope"]): string | undefined {
  return unanswered(statement, {
    principal: { kind: "service", service: "transfer.amazonaws.com" },
    action: "sts:AssumeRole",
    resource: "*",
    context: assumptionContext(account, ""),
  });
}

function unanswered(statement: Statement, request: AccessRequest): string | undefined {
  const key = unansweredKeyOf(statement, request);
  return key && `asks for ${key}, which is not known before a request is made`;
}
