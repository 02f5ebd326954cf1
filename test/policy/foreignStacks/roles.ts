import { exampleStack, resource } from "../exampleStack";
import { changed } from "../findings";
import { account, documentOf, fault, type ForeignStack } from "./foreignStack";

const finds = "transfer-role-has-no-wildcards";

/** A role that may do something more. */
function allowing(statement: object) {
  const inlinePolicies = [{ name: "more", policy: documentOf({ Effect: "Allow", ...statement }) }];
  return changed(exampleStack(), "partners", { inlinePolicies });
}

const onBucket = { Resource: "arn:aws:s3:::partner-drop/*" };
const reading = { Action: "s3:GetObject" };

function ofAws(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

const firstOfAction = "/^[a-z0-9-]+:[a-z][a-z0-9*?]*$/i";
const firstOfResources = "const namedResources: readonly RegExp[] = [";
const bucketPattern = "/^arn:[a-z-]+:s3:::[a-zA-Z0-9][\\w.-]{2}/";

export const roles: readonly ForeignStack[] = [
  {
    what: "AmazonS3FullAccess in a list of all that a role has",
    stack: {
      ...exampleStack(),
      all: resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
        roleName: "partners",
        policyArns: [ofAws("AmazonS3FullAccess")],
      }),
    },
    finds,
    fault: fault(
      "transferRoles",
      '...stack.referringTo(role, roleNames, exclusiveTypes, "roleName").map((link) => link.at("policyArns")),',
      "",
    ),
  },
  {
    what: "ReadOnlyAccess in the role itself",
    stack: changed(exampleStack(), "partners", { managedPolicyArns: [ofAws("ReadOnlyAccess")] }),
    finds,
    fault: fault("transferRoles", 'role.at("managedPolicyArns"),', ""),
  },
  {
    what: "PowerUserAccess attached to many at once",
    stack: {
      ...exampleStack(),
      many: resource("aws:iam/policyAttachment:PolicyAttachment", {
        roles: ["others", "partners"],
        policyArn: ofAws("PowerUserAccess"),
      }),
    },
    finds,
    fault: fault(
      "transferRoles",
      '...stack.referringTo(role, roleNames, attachmentToManyTypes, "roles").map((link) => link.at("policyArn")),',
      "",
    ),
  },
  {
    what: "a policy of another stack",
    stack: {
      ...exampleStack(),
      link: resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        role: "partners",
        policyArn: `arn:aws:iam::${account}:policy/platform/narrow`,
      }),
    },
    finds,
    fault: fault(
      "roleWithoutWildcards",
      "if (checked.includes(arn) || ",
      'if (owner !== "aws" || checked.includes(arn) || ',
    ),
  },
  {
    what: "every action by its wildcard",
    stack: allowing({ ...onBucket, Action: "s3:*" }),
    finds,
    fault: fault("width", firstOfAction, "/^[a-z0-9-]+:[a-z*][a-z0-9*?]*$/i"),
  },
  {
    what: "every action by s3:?*",
    stack: allowing({ ...onBucket, Action: "s3:?*" }),
    finds,
    fault: fault("width", firstOfAction, "/^[a-z0-9-]+:[a-z?][a-z0-9*?]*$/i"),
  },
  {
    what: "every action by s3*",
    stack: allowing({ ...onBucket, Action: "s3*" }),
    finds,
    fault: fault("width", firstOfAction, "/^[a-z0-9-]+(:[a-z]|[*])[a-z0-9*?]*$/i"),
  },
  {
    what: "every action but one",
    stack: allowing({ ...onBucket, NotAction: "s3:DeleteBucket" }),
    finds,
    fault: fault("width", "if (NotAction !== undefined || NotResource", "if (NotResource"),
  },
  {
    what: "every resource but one",
    stack: allowing({ ...reading, NotResource: "arn:aws:s3:::secret/*" }),
    finds,
    fault: fault("width", " || NotResource !== undefined) {", ") {"),
  },
  {
    what: "every resource by arn:*",
    stack: allowing({ ...reading, Resource: "arn:*" }),
    finds,
    fault: fault("width", firstOfResources, `${firstOfResources} /^arn:[*]/,`),
  },
  {
    what: "every bucket by ?*",
    stack: allowing({ ...reading, Resource: "arn:aws:s3:::?*" }),
    finds,
    fault: fault("width", bucketPattern, "/^arn:[a-z-]+:s3:::[a-zA-Z0-9?][\\w.*-]/"),
  },
  {
    what: "the objects of every bucket",
    stack: allowing({ ...reading, Resource: "arn:aws:s3:::*/*" }),
    finds,
    fault: fault("width", bucketPattern, "/^arn:[a-z-]+:s3:::([a-zA-Z0-9][\\w.-]{2}|.*\\/)/"),
  },
  {
    what: "every key",
    stack: allowing({ Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${account}:key/*` }),
    finds,
    fault: fault("width", "key\\/[\\w-]+$", "key\\/([\\w-]+|[*])$"),
  },
  {
    what: "every key of several regions",
    stack: allowing({ Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${account}:key/mrk-*` }),
    finds,
    fault: fault("width", "key\\/[\\w-]+$", "key\\/[\\w-]+"),
  },
  {
    what: "every key by the beginning of the word",
    stack: allowing({ Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${account}:k*` }),
    finds,
    fault: fault("width", "(?!s3|kms:|iam:)", "(?!s3|kms:.*\\/|iam:)"),
  },
  {
    what: "every role to take on",
    stack: allowing({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/*` }),
    finds,
    fault: fault("width", "[\\w+=,.@-]/,", "[\\w*+=,.@-]/,"),
  },
  {
    what: "all that KMS has, by an alias",
    stack: allowing({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/drop" } },
    }),
    finds,
    fault: fault("keyAlias", "key\\/\\*$/", "(key\\/)?\\*$/"),
  },
  {
    what: "the key of one alias",
    stack: allowing({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/drop" } },
    }),
    fault: fault("width", " || namesKeyByAlias(statement, resource)", ""),
  },
  {
    what: "AWS's own policy for Transfer's logs",
    stack: changed(exampleStack(), "partners", { managedPolicyArns: [ofAws("service-role/AWSTransferLoggingAccess")] }),
    fault: fault("roleWithoutWildcards", '"AWSTransferLoggingAccess",', ""),
  },
  {
    what: "a managed policy of the stack",
    stack: {
      ...changed(exampleStack(), "partners", { managedPolicyArns: [`arn:aws:iam::${account}:policy/narrow`] }),
      narrow: resource("aws:iam/policy:Policy", {
        arn: `arn:aws:iam::${account}:policy/narrow`,
        policy: documentOf({ Effect: "Allow", ...reading, ...onBucket }),
      }),
    },
    fault: fault("transferRoles", ".filter((arn) => !known.has(arn))", ""),
  },
  {
    what: "the actions that begin with one word, on the buckets that begin with one",
    stack: allowing({ Action: "s3:Get*", Resource: "arn:aws:s3:::partner-dr*" }),
    fault: fault("width", firstOfAction, "/^[a-z0-9-]+:[a-z]+$/i"),
  },
  {
    what: "the names of all buckets",
    stack: allowing({ Action: ["s3:ListAllMyBuckets"], Resource: "*" }),
    fault: fault(
      "width",
      "actions.every(isHarmlessAnywhere)",
      'actions.every((action) => isHarmlessAnywhere(action) && !action.startsWith("s3:"))',
    ),
  },
  {
    what: "every action on logs of one kind",
    stack: allowing({ Action: "logs:*", Resource: "arn:aws:logs:*:*:log-group:/aws/transfer/*" }),
    fault: fault("width", " || /^(?!s3)[a-z0-9-]+:[a-z0-9*?]+$/i.test(action)", ""),
  },
  {
    what: "lines in any log",
    stack: allowing({ Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }),
    fault: fault("width", '"logs:putlogevents",', ""),
  },
  {
    what: "one role to take on",
    stack: allowing({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/archive` }),
    fault: fault("width", ":iam:[^:]*:[^:]*:[a-z-]+", ":iam:[^:]*:[^:]*:(user)"),
  },
  {
    what: "an access point",
    stack: allowing({ ...reading, Resource: `arn:aws:s3:us-east-1:${account}:accesspoint/partners/object/*` }),
    fault: fault("width", "/^arn:[a-z-]+:s3[a-z-]*:[a-z0-9-]+:\\d{12}:[a-z]+\\/[a-zA-Z0-9]/,", ""),
  },
  {
    what: "one key",
    stack: allowing({ Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${account}:key/1234-5678` }),
    fault: fault("width", "(key\\/[\\w-]+$|alias", "(alias"),
  },
  {
    what: "a Deny of everything",
    stack: allowing({ Effect: "Deny", Action: "*", Resource: "*" }),
    fault: fault("width", 'if (Effect === "Deny") {', "if (Effect === undefined) {"),
  },
  {
    what: "AWS's own policy for calls of an identity provider",
    stack: changed(exampleStack(), "partners", { managedPolicyArns: [ofAws("AmazonAPIGatewayInvokeFullAccess")] }),
    fault: fault("roleWithoutWildcards", '"AmazonAPIGatewayInvokeFullAccess",', ""),
  },
  {
    what: "a bucket in China",
    stack: allowing({ ...reading, Resource: "arn:aws-cn:s3:::partner-drop/*" }),
    fault: fault("width", bucketPattern, "/^arn:aws:s3:::[a-zA-Z0-9][\\w.-]{2}/"),
  },
];
