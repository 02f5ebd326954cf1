import { listOf, type Principal } from "./policy";
import type { RequestPrincipal } from "./request";
import { UnsupportedPolicyError } from "./unsupported";

/**
 * How a statement names who asks. It matters for an Allow, since each reaches differently far within the account:
 * the very session, past its session policy; the role, up to the session policy; everybody; the account, which only
 * leaves the decision to the role's own policies.
 */
export type Naming = "session" | "service" | "role" | "everybody" | "account";

/** Says how a statement names the one who asks, in its strongest form, or undefined when it does not. */
export type PrincipalMatcher = (principal: RequestPrincipal) => Naming | undefined;

interface Named {
  everybody: boolean;
  readonly accounts: Set<string>;
  readonly roles: Set<string>;
  readonly sessions: Set<string>;
  readonly services: Set<string>;
}

/**
 * Compiles the Principal of a bucket, topic, queue or trust policy.
 * @throws UnsupportedPolicyError for federated and canonical users, unique ids, wildcards inside an ARN, and variables.
 */
export function compilePrincipal(principal: Principal, where: string): PrincipalMatcher {
  const named: Named = {
    everybody: principal === "*",
    accounts: new Set(),
    roles: new Set(),
    sessions: new Set(),
    services: new Set(),
  };
  if (principal !== "*") {
    for (const [kind, values] of Object.entries(principal)) {
      for (const value of listOf(values)) {
        addPrincipal(named, kind, value, where);
      }
    }
  }
  return (asking) => namingOf(named, asking);
}

function addPrincipal(named: Named, kind: string, value: string, where: string): void {
  if (kind === "Service" && /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(value)) {
    named.services.add(value);
  } else if (kind === "AWS" && value === "*") {
    named.everybody = true;
  } else if (kind === "AWS" && /^\d{12}$/.test(value)) {
    named.accounts.add(value);
  } else if (kind !== "AWS" || !addArn(named, value)) {
    throw new UnsupportedPolicyError(where, `unknown principal ${kind} "${value}"`);
  }
}

function addArn(named: Named, value: string): boolean {
  const [, service, account, type, name] =
    /^arn:aws[\w-]*:(iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/)([\w+=,.@/-]*)$/.exec(value) ?? [];
  switch (`${service} ${type}`) {
    case "iam root":
      named.accounts.add(account ?? "");
      return true;
    case "iam role/":
      named.roles.add(value);
      return name !== "";
    case "sts assumed-role/":
      named.sessions.add(value);
      return /^[^/]+\/[^/]+$/.test(name ?? "");
    case "iam user/":
      // An IAM user is none of those who ask here.
      return name !== "";
    default:
      return false;
  }
}

function namingOf(named: Named, asking: RequestPrincipal): Naming | undefined {
  if (asking.kind === "service") {
    return named.services.has(asking.service) ? "service" : named.everybody ? "everybody" : undefined;
  }
  if (asking.kind === "role-session") {
    if (named.sessions.size > 0 && named.sessions.has(sessionArn(asking))) {
      return "session";
    }
    if (named.roles.has(asking.roleArn)) {
      return "role";
    }
    return named.everybody ? "everybody" : named.accounts.has(asking.account) ? "account" : undefined;
  }
  return named.everybody ? "everybody" : undefined;
}

/** A session is named by the role's name without its path. */
function sessionArn({ account, roleArn, sessionName }: Extract<RequestPrincipal, { kind: "role-session" }>): string {
  const partition = roleArn.split(":", 2)[1] ?? "";
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
}
