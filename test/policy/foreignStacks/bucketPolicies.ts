import { exampleStack, resource } from "../exampleStack";
import { changed } from "../findings";
import { account, documentOf, fault, type ForeignStack } from "./foreignStack";

const finds = "landing-bucket-policy-names-who-may";
const partners = `arn:aws:iam::${account}:role/partners`;

const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** A bucket whose policy allows something. */
function allowing(changes: object) {
  const reading = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::partner-drop/*", ...changes };
  return changed(exampleStack(), "dropPolicy", { policy: documentOf(tlsOnly, reading) });
}

/** The bucket with an access point, of which everybody may read. */
function accessPoint(policy: Readonly<{ inItself?: true; alone?: true }>) {
  const arn = `arn:aws:s3:us-east-1:${account}:accesspoint/partners`;
  const document = documentOf({
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `${arn}/object/*`,
    Condition: { StringLike: { "aws:PrincipalArn": "*" } },
  });
  const point = { bucket: "partner-drop", name: "partners", arn, ...(policy.inItself && { policy: document }) };
  return {
    ...exampleStack(),
    point: resource("aws:s3/accessPoint:AccessPoint", point),
    ...(policy.alone && {
      pointPolicy: resource("aws:s3control/accessPointPolicy:AccessPointPolicy", {
        accessPointArn: arn,
        policy: document,
      }),
    }),
  };
}

function everybodyWhere(Condition: object) {
  return allowing({ Principal: "*", Condition });
}

const notWho = "!sayWho(statement.Condition, outsideKeys";
const outsideKeys = "const outsideKeys: readonly WhoKey[] = [";
const unknownKind = 'return kind === "unknown" ?';

export const bucketPolicies: readonly ForeignStack[] = [
  {
    what: "a bucket that everybody may read",
    stack: allowing({ Principal: { AWS: ["*"] } }),
    finds,
    fault: fault("bucketPolicyNamesWho", notWho, `statement.Condition !== undefined && ${notWho}`),
  },
  {
    what: "a bucket that everybody may read who comes with TLS",
    stack: everybodyWhere({ Bool: { "aws:SecureTransport": "true" } }),
    finds,
    fault: fault("bucketPolicyNamesWho", notWho, `statement.Condition?.["Bool"] === undefined && ${notWho}`),
  },
  {
    what: "a bucket that every role of an account may read",
    stack: everybodyWhere({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` } }),
    finds,
    fault: fault("principals", ":(iam|sts)::\\d{12}:[^*?$]+$/", ":(iam|sts)::\\d{12}:.+$/"),
  },
  {
    what: "a bucket that the whole organization may read, the sessions of users among it",
    stack: everybodyWhere({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
    finds,
    fault: fault("bucketPolicyNamesWho", outsideKeys, `${outsideKeys} "aws:principalorgid",`),
  },
  {
    what: "a bucket that everybody may read who acts by the role of the users",
    stack: everybodyWhere({ ArnEquals: { "aws:PrincipalArn": partners } }),
    finds,
    fault: fault("bucketPolicyNamesWho", "(who) => !isTransferRole", "(who) => !/[A-Z]/.test(who) || !isTransferRole"),
  },
  {
    what: "a bucket that a user's session may read past its session policy",
    stack: allowing({ Principal: { AWS: `arn:aws:sts::${account}:assumed-role/partners/wayne.s-0123` } }),
    finds,
    fault: fault("bucketPolicyNamesWho", 'kind === "session"', "false"),
  },
  {
    what: "a bucket on which the role of the users may do everything",
    stack: allowing({ Principal: { AWS: partners }, Action: "*" }),
    finds,
    fault: fault("bucketPolicyNamesWho", 'kind === "role" && ', "false && "),
  },
  {
    what: "a bucket open to the identities of a federation",
    stack: allowing({ Principal: { Federated: "cognito-identity.amazonaws.com" } }),
    finds,
    fault: fault("bucketPolicyNamesWho", unknownKind, "return false ?"),
  },
  {
    what: "a bucket that everybody may read who acts by the role of the users, in another case",
    stack: everybodyWhere({ StringEqualsIgnoreCase: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/PARTNERS` } }),
    finds,
    fault: fault("transferRoles", "const asked = asciiLowerCase(arn);", "const asked = arn;"),
  },
  {
    what: "a bucket whose access point everybody may read",
    stack: accessPoint({ inItself: true }),
    finds,
    fault: fault("bucketPolicyNamesWho", "      ...accessPoints,\n", ""),
  },
  {
    what: "a bucket whose access point everybody may read by a policy of its own",
    stack: accessPoint({ alone: true }),
    finds,
    fault: fault("bucketPolicyNamesWho", "...accessPoints.flatMap(", "...[].flatMap("),
  },
  {
    what: "a bucket that everybody may read who comes by an access point of any account",
    stack: everybodyWhere({ ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:*:*:accesspoint/*" } }),
    finds,
    fault: fault("principals", ":\\d{12}:accesspoint", ":[\\d*]+:accesspoint"),
  },
  {
    what: "a bucket that every service may read, by a condition",
    stack: everybodyWhere({ StringLike: { "aws:PrincipalServiceName": "*.amazonaws.com" } }),
    finds,
    fault: fault("principals", "/^[a-z0-9.-]+\\.amazonaws", "/^[a-z0-9.*-]+\\.amazonaws"),
  },
  {
    what: "a bucket that every organization may write whose resource a service acts for",
    stack: everybodyWhere({ StringLike: { "aws:SourceOrgID": "o-*" } }),
    finds,
    fault: fault("principals", "oneOrganization = /^o-[a-z0-9]+$/", "oneOrganization = /^o-[a-z0-9*]+$/"),
  },
  {
    what: "a bucket that the role of the users may read",
    stack: allowing({ Principal: { AWS: partners } }),
    fault: fault("bucketPolicyNamesWho", "widthOf(statement) !== undefined && ", ""),
  },
  {
    what: "a bucket on which another role may do everything",
    stack: allowing({ Principal: { AWS: `arn:aws:iam::${account}:role/backup` }, Action: "s3:*" }),
    fault: fault("bucketPolicyNamesWho", "&& isTransferRole(name, stack)) {", ") {"),
  },
  {
    what: "a bucket that a service may write",
    stack: allowing({ Principal: { Service: "logging.s3.amazonaws.com" }, Action: "s3:PutObject" }),
    fault: fault("bucketPolicyNamesWho", unknownKind, 'return kind === "unknown" || kind === "service" ?'),
  },
  {
    what: "a bucket that another account may read",
    stack: allowing({ Principal: { AWS: "999988887777" } }),
    fault: fault("bucketPolicyNamesWho", unknownKind, 'return kind === "unknown" || kind === "account" ?'),
  },
  {
    what: "a bucket that a content network may read",
    stack: allowing({
      Principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
    }),
    fault: fault("principals", 'if (type === "CanonicalUser") {', 'if (type === "Canonical") {'),
  },
  {
    what: "a bucket that everybody may write who acts for one bucket",
    stack: everybodyWhere({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::inventories" } }),
    fault: fault("bucketPolicyNamesWho", '  "aws:sourcearn",', ""),
  },
  {
    what: "a bucket that everybody may read who acts by another role",
    stack: everybodyWhere({ ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/backup` } }),
    fault: fault("bucketPolicyNamesWho", '  "aws:principalarn",', ""),
  },
  {
    what: "a bucket that everybody may read who acts for one account",
    stack: everybodyWhere({ StringEquals: { "aws:SourceAccount": account } }),
    fault: fault("bucketPolicyNamesWho", '  "aws:sourceaccount",', ""),
  },
  {
    what: "a bucket that a user of IAM may read",
    stack: allowing({ Principal: { AWS: `arn:aws:iam::${account}:user/auditor` } }),
    fault: fault("principals", "iam::(\\d{12}|cloudfront):user", "iam::(cloudfront):user"),
  },
  {
    what: "a bucket that everybody may read who comes by an access point of one account",
    stack: everybodyWhere({ StringEquals: { "s3:DataAccessPointAccount": account } }),
    fault: fault("bucketPolicyNamesWho", '  "s3:dataaccesspointaccount",', ""),
  },
  {
    what: "a bucket that everybody may read who comes by one access point",
    stack: everybodyWhere({
      StringLike: { "s3:DataAccessPointArn": `arn:aws-us-gov:s3:us-gov-west-1:${account}:accesspoint/readers` },
    }),
    fault: fault("bucketPolicyNamesWho", '  "s3:dataaccesspointarn",', ""),
  },
  {
    what: "a bucket that one service may write, by a condition",
    stack: everybodyWhere({ StringEquals: { "aws:PrincipalServiceName": "logging.s3.amazonaws.com" } }),
    fault: fault("bucketPolicyNamesWho", '  "aws:principalservicename",', ""),
  },
  {
    what: "a bucket that services may write for an organization",
    stack: everybodyWhere({ StringEquals: { "aws:SourceOrgID": "o-a1b2c3d4e5" } }),
    fault: fault("bucketPolicyNamesWho", '  "aws:sourceorgid",', ""),
  },
  {
    what: "a bucket that a content network may read by its old name",
    stack: allowing({
      Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7" },
    }),
    fault: fault("principals", "iam::(\\d{12}|cloudfront):user", "iam::\\d{12}:user"),
  },
];
