import { asciiLowerCase } from "./asciiCase";
import { absent, type AccessRequest, type RequestPrincipal } from "./request";

/** What the values of a condition key are, which decides the operators that can test them. */
export type KeyType = "string" | "arn" | "bool" | "numeric" | "ip";

type KnownPrincipal = Exclude<RequestPrincipal, { kind: "anybody" | "any-session" }>;

export interface ContextKey {
  /** As AWS spells it. */
  readonly name: string;
  readonly type: KeyType;
  /** Whether a request may carry several values, so that a condition needs `ForAnyValue:` or `ForAllValues:`. */
  readonly many?: true;
  /** The value, where it follows from who asks, whatever the request's context says; undefined where it does not. */
  readonly of?: (principal: KnownPrincipal) => string | readonly string[] | undefined;
  /** Documents that may mention it; default: all. */
  readonly only?: "session";
}

/**
 * Every condition key whose meaning is known here; any other is refused. `transfer:UserName` is filled in by Transfer
 * Family, in session policies alone; its other variables do not exist with logical home directories, so they are absent.
 * Sources: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference, of each service;
 * Transfer Family User Guide, "Creating a session policy for an Amazon S3 bucket".
 */
const contextKeys: readonly ContextKey[] = [
  { name: "aws:SecureTransport", type: "bool" },
  { name: "aws:SourceAccount", type: "string" },
  { name: "aws:SourceArn", type: "arn" },
  { name: "aws:SourceIp", type: "ip" },
  { name: "aws:SourceVpc", type: "string" },
  { name: "aws:SourceVpce", type: "string" },
  { name: "aws:SourceOrgID", type: "string" },
  { name: "aws:PrincipalOrgID", type: "string" },
  { name: "aws:ResourceAccount", type: "string" },
  { name: "aws:RequestedRegion", type: "string" },
  { name: "aws:ViaAWSService", type: "bool" },
  { name: "aws:CalledVia", type: "string", many: true },
  { name: "aws:TagKeys", type: "string", many: true },
  { name: "aws:userid", type: "string", of: userId },
  // IAM users alone have this one, and none of those who ask here is one: `${aws:username}` never matches.
  { name: "aws:username", type: "string", of: () => absent },
  { name: "aws:PrincipalArn", type: "arn", of: (p) => (p.kind === "role-session" ? p.roleArn : absent) },
  { name: "aws:PrincipalAccount", type: "string", of: (p) => (p.kind === "role-session" ? p.account : absent) },
  { name: "aws:PrincipalType", type: "string", of: principalType },
  // Signed requests alone have this one.
  {
    name: "aws:PrincipalIsAWSService",
    type: "bool",
    of: (p) => (p.kind === "anonymous" ? absent : String(p.kind === "service")),
  },
  { name: "aws:PrincipalServiceName", type: "string", of: (p) => (p.kind === "service" ? p.service : absent) },
  { name: "s3:prefix", type: "string" },
  { name: "s3:delimiter", type: "string" },
  { name: "s3:max-keys", type: "numeric" },
  { name: "s3:VersionId", type: "string" },
  { name: "s3:TlsVersion", type: "numeric" },
  { name: "s3:ResourceAccount", type: "string" },
  { name: "s3:authType", type: "string" },
  { name: "s3:signatureversion", type: "string" },
  { name: "s3:x-amz-acl", type: "string" },
  { name: "s3:x-amz-content-sha256", type: "string" },
  { name: "s3:x-amz-copy-source", type: "string" },
  { name: "s3:x-amz-metadata-directive", type: "string" },
  { name: "s3:x-amz-server-side-encryption", type: "string" },
  { name: "s3:x-amz-server-side-encryption-aws-kms-key-id", type: "arn" },
  { name: "s3:x-amz-server-side-encryption-customer-algorithm", type: "string" },
  { name: "s3:x-amz-storage-class", type: "string" },
  { name: "sts:ExternalId", type: "string" },
  { name: "sts:RoleSessionName", type: "string" },
  { name: "kms:CallerAccount", type: "string", of: (p) => (p.kind === "role-session" ? p.account : undefined) },
  { name: "kms:EncryptionContext:aws:logs:arn", type: "arn" },
  { name: "kms:GrantIsForAWSResource", type: "bool" },
  { name: "kms:ResourceAliases", type: "string", many: true },
  { name: "kms:ViaService", type: "string" },
  { name: "iam:PassedToService", type: "string" },
  { name: "iam:PermissionsBoundary", type: "arn" },
  { name: "aws:RequestTag/sftp-gateway", type: "string" },
  { name: "aws:ResourceTag/sftp-gateway", type: "string" },
  { name: "ec2:CreateAction", type: "string" },
  { name: "route53:ChangeResourceRecordSetsNormalizedRecordNames", type: "string", many: true },
  { name: "lambda:Principal", type: "string" },
  { name: "transfer:RequestServerDomain", type: "string" },
  { name: "transfer:RequestServerEndpointType", type: "string" },
  { name: "transfer:RequestServerProtocols", type: "string", many: true },
  { name: "transfer:UserName", type: "string", only: "session" },
];

const byLowerCaseName: ReadonlyMap<string, ContextKey> = new Map(
  contextKeys.map((key) => [asciiLowerCase(key.name), key]),
);

const names: ReadonlySet<string> = new Set(contextKeys.map(({ name }) => name));

/** The key of this name, whatever the case of its letters; undefined when nothing is known of it. */
export function contextKey(name: string): ContextKey | undefined {
  return byLowerCaseName.get(asciiLowerCase(name));
}

/** The values a request has for a key: none when it does not carry the key, undefined when it does not answer. */
export function valuesOf(request: AccessRequest, key: ContextKey): readonly string[] | undefined {
  const { principal, context } = request;
  const value = (isKnown(principal) ? key.of?.(principal) : undefined) ?? context[key.name];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === "string") {
    return [value];
  }
  if (value.length > 1 && key.many === undefined) {
    throw new TypeError(`The condition key ${key.name} takes one value, this request has ${value.length}.`);
  }
  return value;
}

/** The same request with its known keys spelled as AWS does, so that they can be looked up. */
export function withSpelledKeys(request: AccessRequest): AccessRequest {
  for (const name in request.context) {
    if (!names.has(name) && contextKey(name) !== undefined) {
      return { ...request, context: spelled(request.context) };
    }
  }
  return request;
}

function spelled(context: AccessRequest["context"]): AccessRequest["context"] {
  const result: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(context)) {
    const spelling = contextKey(name)?.name ?? name;
    if (Object.hasOwn(result, spelling)) {
      throw new TypeError(`This request has the condition key ${spelling} twice, in different cases.`);
    }
    result[spelling] = value;
  }
  return result;
}

function isKnown(principal: RequestPrincipal): principal is KnownPrincipal {
  return principal.kind !== "anybody" && principal.kind !== "any-session";
}

/** Source: IAM User Guide, "IAM policy elements: Variables and tags", the table of principal key values. */
function userId(principal: KnownPrincipal): string | undefined {
  const { kind } = principal;
  if (kind === "role-session" && principal.roleId !== undefined) {
    return `${principal.roleId}:${principal.sessionName}`;
  }
  return kind === "anonymous" ? "anonymous" : undefined;
}

function principalType({ kind }: KnownPrincipal): string | undefined {
  return kind === "role-session" ? "AssumedRole" : kind === "anonymous" ? "Anonymous" : undefined;
}
