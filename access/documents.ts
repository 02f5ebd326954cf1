import { arn, bucketArn, type AwsScope } from "../iam/arn";
import { listOf, policyDocument, policyText, type OneOrMany, type PolicyDocument, type Statement } from "../iam/policy";
import { narrowestHolding, type Access } from "../tenancy/access";
import { keyAction, keyActionsFor, keyUse, type EncryptionPlan } from "./encryption";
import { bucketAction, listAction, objectStatements } from "./actions";
import { rootPrefixes, type Grant } from "./grant";
import type { GatewayArns } from "../names";
import type { IdentityProvider } from "../tenancy/signIn";

/** What of the landing bucket a document needs. */
export interface LandingBucketRef {
  readonly partition: string;
  readonly bucket: string;
  /** The key of its files; undefined: S3 encrypts them with keys of its own. */
  readonly encryption?: EncryptionPlan | undefined;
}

/** Transfer's limit on the stored text of a user's `Policy`. Source: AWS Transfer Family API reference, CreateUser. */
export const sessionPolicyLimit = 2048;

/**
 * What a user may do within what its role may: each grant's own prefix and nothing else. All literal: Transfer does not
 * expand its home variables with logical mappings, and only literals can be proven before they are deployed.
 */
export function sessionPolicy(landing: LandingBucketRef, grants: readonly Grant[]): PolicyDocument {
  return withKeyUse(landing, accessDocument(landing, grants));
}

/**
 * The texts of session policies. What users with the same accesses may do differs in the prefixes alone, and thousands of
 * them have one of a handful of such lists: the text for a list is written once, and each user's prefixes are put into it.
 */
export function sessionPolicyTexts(landing: LandingBucketRef): (grants: readonly Grant[]) => string {
  const written = new Map<string, readonly string[]>();
  return (grants) => {
    const accesses = grants.map(({ access, shared }) => `${access} ${shared}`).join();
    const pieces = written.get(accesses) ?? textAroundPrefixes(landing, grants);
    written.set(accesses, pieces);
    return pieces.map((piece, at) => (at % 2 === 0 ? piece : grants[Number(piece)]?.prefix)).join("");
  };
}

/** Every second piece is the number of the grant whose prefix belongs there. No name holds a character that JSON escapes. */
function textAroundPrefixes(landing: LandingBucketRef, grants: readonly Grant[]): string[] {
  const numbered = grants.map((grant, number) => ({ ...grant, prefix: `\0${number}\0` }));
  return policyText(sessionPolicy(landing, numbered)).split("\\u0000");
}

/** The narrowest profile that holds every grant of a tenant; each profile has a role of its own. */
export function roleProfileOf(grants: readonly Pick<Grant, "access">[]): Access {
  return narrowestHolding(grants.map(({ access }) => access));
}

/**
 * What all users of a profile may do together: the tenants' and the spaces' part of the bucket, and nothing beside; of its key
 * through S3 alone, which therefore no session policy needs to say.
 */
export function accessRolePolicy(landing: LandingBucketRef, profile: Access, scope?: AwsScope): PolicyDocument {
  const document = accessDocument(landing, [
    { prefix: rootPrefixes.shared, access: profile, shared: true },
    { prefix: rootPrefixes.tenants, access: profile, shared: false },
  ]);
  return withKeyUse(landing, document, scope && { scope, services: ["s3"] });
}

/** The document with what its actions on objects take of the bucket's key. */
function withKeyUse(
  { encryption }: LandingBucketRef,
  document: PolicyDocument,
  through?: Parameters<typeof keyUse>[2],
): PolicyDocument {
  const asked = keyActionsFor(document.Statement.flatMap(({ Action }) => listOf(Action)));
  const actions = encryption?.isCurrent === true ? asked : asked.filter((action) => action === keyAction.decrypt);
  return encryption === undefined || actions.length === 0
    ? document
    : { ...document, Statement: [...document.Statement, keyUse(encryption, actions, through)] };
}

type Area = Pick<Grant, "prefix" | "access" | "shared">;

function accessDocument({ partition, bucket }: LandingBucketRef, areas: readonly Area[]): PolicyDocument {
  const bucketResource = bucketArn(partition, bucket);
  return policyDocument(
    { Sid: "Locate", Effect: "Allow", Action: bucketAction, Resource: bucketResource },
    {
      Sid: "List",
      Effect: "Allow",
      Action: listAction,
      Resource: bucketResource,
      // `*` also stands for nothing, so this admits the folder itself; the slash before it keeps `acme-corp/` out.
      Condition: { StringLike: { "s3:prefix": areas.map(({ prefix }) => `${prefix}*`) } },
    },
    ...objectAccess(bucketResource, areas),
  );
}

/** One statement for each set of actions, over all areas that grant it: the fewer characters, the more folders fit. */
function objectAccess(bucketResource: string, areas: readonly Area[]): Statement[] {
  const resourcesByActions = new Map<string, string[]>();
  for (const { prefix, access, shared } of areas) {
    for (const { actions, suffixes } of objectStatements(access, shared)) {
      const key = actions.join();
      const resources = resourcesByActions.get(key) ?? [];
      resources.push(...suffixes.map((suffix) => `${bucketResource}/${prefix}${suffix}`));
      resourcesByActions.set(key, resources);
    }
  }
  return [...resourcesByActions].map(([actions, resources]) => ({
    Effect: "Allow",
    Action: actions.split(","),
    Resource: resources,
  }));
}

/**
 * Who may take on an access role: Transfer, for a user of this very server of this account. Where a function knows the users, it
 * is not documented whether Transfer asks for the user or for the server.
 */
export function accessRoleTrust(scope: AwsScope, serverId: string, identityProvider: IdentityProvider): PolicyDocument {
  const user = arn(scope, "transfer", `user/${serverId}/*`);
  const server = arn(scope, "transfer", `server/${serverId}`);
  return transferTrust(scope, identityProvider === "lambda" ? [user, server] : user);
}

/** Who may take on the logging role: Transfer, for a server of this account; naming the server would be circular. */
export function loggingRoleTrust(scope: AwsScope): PolicyDocument {
  return transferTrust(scope, arn(scope, "transfer", "server/*"));
}

function transferTrust({ account }: AwsScope, source: OneOrMany): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "transfer.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": source } },
  });
}

/** What the logging role may do: write the logs of Transfer servers of this account and region. */
export function loggingRolePolicy(scope: AwsScope): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    Resource: arn(scope, "logs", "log-group:/aws/transfer/*"),
  });
}

/** The key that the data of a service's role lies under, and where. */
export interface KeyOfService {
  readonly scope: AwsScope;
  readonly encryption: EncryptionPlan;
}

/** What a role of a service may do with the key: through services that hold no files. Nothing where nothing new goes under it. */
export function useByService(
  key: KeyOfService | undefined,
  actions: readonly string[],
  services: readonly string[],
): Statement[] {
  return key?.encryption.isCurrent === true ? [keyUse(key.encryption, actions, { scope: key.scope, services })] : [];
}

/** Who may take on the role of the function that answers logins: Lambda. */
export function identityProviderRoleTrust(): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
}

/** What that function may do: read one item of its table, and log. It changes nothing and reaches no file. */
export function identityProviderRolePolicy(arns: GatewayArns, key?: KeyOfService): PolicyDocument {
  return policyDocument(
    { Sid: "Read", Effect: "Allow", Action: "dynamodb:GetItem", Resource: arns.identityProviderTable },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${arns.identityProviderLogGroup}:*`,
    },
    // DynamoDB decrypts the table's key in the name of who reads. Source: DynamoDB Developer Guide, "Encryption at rest".
    ...useByService(key, [keyAction.decrypt], ["dynamodb"]),
  );
}

/** The landing bucket's own policy: nobody reaches it but through TLS. */
export function landingBucketPolicy({ partition, bucket }: LandingBucketRef): PolicyDocument {
  const resource = bucketArn(partition, bucket);
  return policyDocument(tlsOnly("s3:*", [resource, `${resource}/*`]));
}

/** Denies everybody the actions without TLS. */
export function tlsOnly(action: OneOrMany, resource: OneOrMany): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
