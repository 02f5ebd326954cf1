import { actionOfVerb, listAction } from "../access/actions";
import { listingContext, sessionContext } from "../access/sessionContext";
import { bucketArn, type AwsScope } from "../iam/arn";
import { compilePolicies, decide, parsePolicy, unlessUnsupported, type Policies } from "../iam/evaluate";
import { policyDocument } from "../iam/policy";
import { accessNames, accessProfiles, verbs, type Access, type Verb } from "../tenancy/access";

/** Whose policy it is, and where the service would put the user. */
export interface PolicyHolder {
  readonly scope: AwsScope;
  readonly userName: string;
  readonly homeDirectory: string;
}

/** What a session policy lets a user do in a folder. */
export interface PolicyAccess {
  /** The narrowest profile that holds all of it. */
  readonly access: Access;
  /** Whether the profile allows more than the policy did. */
  readonly isWider: boolean;
  /** Whether the policy allowed something outside of the folder, which no tenant here can have. */
  readonly reachesBeyond: boolean;
}

/** @returns Undefined for a policy that cannot be judged, or that allows nothing in the folder. */
export function accessByPolicy(
  policy: string,
  holder: PolicyHolder,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
): PolicyAccess | undefined {
  return unlessUnsupported(() => {
    const document = parsePolicy(withHome(policy, holder), "the policy", { anyVersion: true });
    const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
    const policies = compilePolicies({ identity: [everything], session: document });
    const allowed = verbs.filter((verb) => isAllowed(policies, holder, verb, bucket, prefix));
    if (allowed.length === 0) {
      return undefined;
    }
    const access = narrowestWith(allowed);
    const isWider = accessProfiles[access].verbs.length > allowed.length;
    const reachesBeyond = verbs.some((verb) => isAllowed(policies, holder, verb, bucket, "beyond-every-home/"));
    return { access, isWider, reachesBeyond };
  });
}

function narrowestWith(allowed: readonly Verb[]): Access {
  const held = (name: Access): readonly Verb[] => accessProfiles[name].verbs;
  const holding = accessNames.filter((name) => allowed.every((verb) => held(name).includes(verb)));
  return holding.sort((a, b) => held(a).length - held(b).length)[0] ?? "read-write";
}

function isAllowed(
  policies: Policies,
  { scope, userName }: PolicyHolder,
  verb: Verb,
  bucket: string,
  prefix: string,
): boolean {
  const resource = bucketArn(scope.partition, bucket);
  const principal = {
    kind: "role-session",
    account: scope.account,
    roleArn: `arn:${scope.partition}:iam::${scope.account}:role/of-the-source`,
    sessionName: userName,
  } as const;
  const asked =
    verb === "list"
      ? { action: listAction, resource, context: listingContext(prefix) }
      : { action: actionOfVerb[verb], resource: `${resource}/${prefix}file`, context: listingContext(undefined) };
  const context = { ...sessionContext(scope, userName), ...asked.context };
  return decide(policies, { principal, action: asked.action, resource: asked.resource, context }).allowed;
}

/**
 * The service puts the home in the place of its variables before the policy is one of IAM's.
 * Source: Transfer Family User Guide, "Creating a session policy for an Amazon S3 bucket".
 */
function withHome(policy: string, { homeDirectory }: PolicyHolder): string {
  const home = homeDirectory.replace(/^\/+|\/+$/g, "");
  const [bucket = "", ...folder] = home.split("/");
  return policy
    .replaceAll("${transfer:HomeBucket}", bucket)
    .replaceAll("${transfer:HomeFolder}", folder.join("/"))
    .replaceAll("${transfer:HomeDirectory}", home);
}
