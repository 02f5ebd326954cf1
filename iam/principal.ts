import { listOf, type Principal } from "./policy";
import type { RequestPrincipal } from "./request";
import { demand } from "./unsupported";

/**
 * How a statement names who asks. It matters for an Allow, since each reaches differently far within the account:
 * the very session, past its session policy; the role, up to the session policy; everybody; the account, which only
 * leaves the decision to the role's own policies.
 */
export type Naming = "session" | "service" | "role" | "everybody" | "account";

/** Says how a statement names the one who asks, in its strongest form, or undefined when it does not. */
export type PrincipalMatcher = (principal: RequestPrincipal) => Naming | undefined;

/**
 * Compiles the Principal of a bucket, topic, queue or trust policy.
 * @throws UnsupportedPolicyError for federated and canonical users, unique ids, wildcards inside an ARN, variables, and one
 * that names nobody.
 */
export function compilePrincipal(principal: Principal, where: string): PrincipalMatcher {
  const entries = Object.entries(principal === "*" ? { AWS: "*" } : principal);
  const named = new Set(
    entries.flatMap(([kind, values]) =>
      listOf(values).map((value) => {
        const isKnown = principalShapes.get(kind)?.some((shape) => shape.test(value));
        demand(isKnown, where, `unknown principal ${kind} "${value}"`);
        return /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1] ?? value;
      }),
    ),
  );
  demand(named.size > 0, where, "names nobody");
  return (asking) => {
    if (asking.kind === "service" && named.has(asking.service)) {
      return "service";
    }
    if (asking.kind === "role-session" && named.has(sessionArn(asking))) {
      return "session";
    }
    if (asking.kind === "role-session" && named.has(asking.roleArn)) {
      return "role";
    }
    if (named.has("*")) {
      return "everybody";
    }
    return asking.kind === "role-session" && named.has(asking.account) ? "account" : undefined;
  };
}

/** What a principal of each kind may look like. */
const principalShapes: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ["Service", [/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/]],
  [
    "AWS",
    [
      /^(\*|\d{12})$/,
      /^arn:aws[\w-]*:iam::\d{12}:root$/,
      // An IAM user is known, although none of those who ask here is one.
      /^arn:aws[\w-]*:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/,
      /^arn:aws[\w-]*:sts::\d{12}:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+$/,
    ],
  ],
]);

/** A session is named by the role's name without its path. */
function sessionArn({ account, roleArn, sessionName }: Extract<RequestPrincipal, { kind: "role-session" }>): string {
  const partition = roleArn.split(":", 2)[1] ?? "";
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
}
