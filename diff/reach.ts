import { bucketArn } from "../iam/arn";
import { compilePolicies, decide, parsePolicy, type Policies } from "../iam/evaluate";
import type { DeployedResource, Deployment } from "../synth/deployment";

/** What a client does with a folder. */
export const verbs = ["list", "read", "write", "delete"] as const;

export type Verb = (typeof verbs)[number];

/** What a user may do with the files below a prefix of the landing bucket, in the order of {@link verbs}. */
export type Reach = (prefix: string) => readonly Verb[];

/** A folder as the client sees it, and where it lies. */
export interface MappedFolder {
  /** Path the client sees: `/`, `/inbox`. */
  readonly entry: string;
  /** Place in the bucket: ends in `/`, never starts with one. */
  readonly prefix: string;
}

/** What is asked of the documents; the file's name is an ordinary one, for profiles treat `.filepart` apart. */
const requests: Readonly<Record<Exclude<Verb, "list">, string>> = {
  read: "s3:GetObject",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
};

/** The roles and buckets of a deployment with their documents, read once for all users. */
export class DeployedDocuments {
  private readonly roles: ReadonlyMap<unknown, DeployedResource>;
  private readonly rolePolicies: ReadonlyMap<unknown, DeployedResource[]>;
  private readonly bucketPolicies: ReadonlyMap<unknown, DeployedResource>;

  constructor({ resources }: Deployment) {
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    this.roles = new Map(ofType("aws:iam/role:Role").map((role) => [role.outputs["arn"], role]));
    this.rolePolicies = groupedByRole(ofType("aws:iam/rolePolicy:RolePolicy"));
    this.bucketPolicies = new Map(
      ofType("aws:s3/bucketPolicy:BucketPolicy").map((policy) => [policy.inputs["bucket"], policy]),
    );
  }

  /** The documents that decide for a user, as one text: when it is the same, so is what the user may do. */
  textsOf({ inputs }: DeployedResource, bucket: string): string {
    const { policy, role } = inputs;
    return JSON.stringify([policy, role, this.policiesOf(role), this.bucketPolicies.get(bucket)?.inputs["policy"]]);
  }

  /**
   * What role, session and bucket policy together let a user do: what AWS would decide, not what tenants.yaml promises.
   * @throws UnsupportedPolicyError when a document holds something whose meaning is not known.
   */
  reachOf({ inputs }: DeployedResource, bucket: string): Reach {
    const userName = String(inputs["userName"]);
    const roleArn = String(inputs["role"]);
    const [, partition = "", , , account = ""] = roleArn.split(":");
    const session = inputs["policy"];
    const resource = this.bucketPolicies.get(bucket)?.inputs["policy"];
    const policies = compilePolicies({
      identity: this.policiesOf(roleArn).map((policy) => parsePolicy(policy, `role of user ${userName}`)),
      session: session === undefined ? undefined : parsePolicy(session, `session policy of user ${userName}`),
      resource: resource === undefined ? undefined : parsePolicy(resource, `policy of bucket ${bucket}`),
    });
    const principal = { kind: "role-session", account, roleArn, sessionName: userName } as const;
    const bucketResource = bucketArn(partition, bucket);
    return (prefix) => verbs.filter((verb) => allows(policies, { principal, userName }, verb, bucketResource, prefix));
  }

  private policiesOf(roleArn: unknown): unknown[] {
    const role = this.roles.get(roleArn);
    return role === undefined ? [] : (this.rolePolicies.get(role.id) ?? []).map(({ inputs }) => inputs["policy"]);
  }
}

function groupedByRole(policies: readonly DeployedResource[]): Map<unknown, DeployedResource[]> {
  const groups = new Map<unknown, DeployedResource[]>();
  for (const policy of policies) {
    const role = policy.inputs["role"];
    groups.set(role, [...(groups.get(role) ?? []), policy]);
  }
  return groups;
}

interface Session {
  readonly principal: Parameters<typeof decide>[1]["principal"];
  readonly userName: string;
}

function allows(policies: Policies, session: Session, verb: Verb, bucketResource: string, prefix: string): boolean {
  const { principal, userName } = session;
  const context = { "aws:SecureTransport": "true", "transfer:UserName": userName };
  const request =
    verb === "list"
      ? { action: "s3:ListBucket", resource: bucketResource, context: { ...context, "s3:prefix": prefix } }
      : { action: requests[verb], resource: `${bucketResource}/${prefix}file`, context };
  return decide(policies, { principal, ...request }).allowed;
}

/** The place that a client's path leads to: that of the longest entry on the way, and the rest of the path. */
export function prefixAt(places: readonly MappedFolder[], path: string): string | undefined {
  const onTheWay = places.filter(({ entry }) => path === entry || path.startsWith(entry === "/" ? "/" : `${entry}/`));
  const [nearest] = onTheWay.sort((a, b) => b.entry.length - a.entry.length);
  if (nearest === undefined) {
    return undefined;
  }
  const rest = path.slice(nearest.entry.length).replace(/^\//, "");
  return rest === "" ? nearest.prefix : `${nearest.prefix}${rest}/`;
}
