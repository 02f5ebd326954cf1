import type { AccessRequest, RequestPrincipal } from "./request";

/** What the values of a condition key are, which decides the operators that can test them. */
export type KeyType = "string" | "arn" | "bool" | "numeric" | "ip";

export interface ContextKey {
  /** As AWS spells it. */
  readonly name: string;
  readonly type: KeyType;
  /** Whether a request may carry several values, so that a condition needs `ForAnyValue:` or `ForAllValues:`. */
  readonly many?: true;
  /** The value, where it follows from who asks and not from the request's context. */
  readonly of?: (principal: RequestPrincipal) => string | undefined;
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
  { name: "aws:userid", type: "string" },
  // IAM users alone have this one: for a role session it is missing, which is why `${aws:username}` never matches.
  { name: "aws:username", type: "string" },
  { name: "aws:PrincipalArn", type: "arn", of: (p) => (p.kind === "role-session" ? p.roleArn : undefined) },
  { name: "aws:PrincipalAccount", type: "string", of: (p) => (p.kind === "role-session" ? p.account : undefined) },
  { name: "aws:PrincipalType", type: "string", of: principalType },
  { name: "aws:PrincipalIsAWSService", type: "bool", of: (p) => String(p.kind === "service") },
  { name: "aws:PrincipalServiceName", type: "string", of: (p) => (p.kind === "service" ? p.service : undefined) },
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
  { name: "kms:ViaService", type: "string" },
  { name: "iam:PassedToService", type: "string" },
  { name: "iam:PermissionsBoundary", type: "arn" },
  { name: "lambda:Principal", type: "string" },
  { name: "transfer:RequestServerDomain", type: "string" },
  { name: "transfer:RequestServerEndpointType", type: "string" },
  { name: "transfer:RequestServerProtocols", type: "string", many: true },
  { name: "transfer:UserName", type: "string", only: "session" },
];

const byLowerCaseName: ReadonlyMap<string, ContextKey> = new Map(
  contextKeys.map((key) => [key.name.toLowerCase(), key]),
);

const names: ReadonlySet<string> = new Set(contextKeys.map(({ name }) => name));

/** The key of this name, whatever its case; undefined when nothing is known of it. */
export function contextKey(name: string): ContextKey | undefined {
  return byLowerCaseName.get(name.toLowerCase());
}

/** The values a request has for a key: undefined when it does not carry the key, or an empty list of values. */
export function valuesOf(request: AccessRequest, key: ContextKey): readonly string[] | undefined {
  const value = key.of === undefined ? request.context[key.name] : key.of(request.principal);
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === "string") {
    return [value];
  }
  if (value.length > 1 && key.many === undefined) {
    throw new TypeError(`The condition key ${key.name} takes one value, this request has ${value.length}.`);
  }
  return value.length === 0 ? undefined : value;
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

function principalType({ kind }: RequestPrincipal): string | undefined {
  return kind === "role-session" ? "AssumedRole" : kind === "anonymous" ? "Anonymous" : undefined;
}
