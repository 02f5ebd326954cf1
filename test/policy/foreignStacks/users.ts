import { exampleSessionPolicy, exampleStack, resource } from "../exampleStack";
import { changed, marked } from "../findings";
import { account, documentOf, fault, type ForeignStack } from "./foreignStack";

const confined = "transfer-session-policy-is-confined";
const wellFormed = "transfer-home-is-well-formed";
const key = `arn:aws:kms:us-east-1:${account}:key/1234-5678`;

/** A session policy with a further statement. */
function withStatement(statement: object) {
  const document = documentOf(...exampleSessionPolicy("wayne").Statement, { Effect: "Allow", ...statement });
  return changed(exampleStack(), "wayne", { policy: document });
}

/** A session policy whose listing is under another condition. */
function listingWhere(Condition: object) {
  const [list, files] = exampleSessionPolicy("wayne").Statement;
  return changed(exampleStack(), "wayne", { policy: documentOf({ ...list, Condition }, { ...files }) });
}

function mapped(entry: string, target: string) {
  return changed(exampleStack(), "wayne", { homeDirectoryMappings: [{ entry, target }] });
}

const posixProfile = { uid: 1000, gid: 1000 };
const onFileSystem = {
  posixProfile,
  policy: undefined,
  homeDirectoryMappings: [{ entry: "/", target: "/fs-0123456789abcdef0/wayne" }],
};

/** A user of a server for EFS, as such a one is. */
function efsUser(changes: object = {}) {
  const stack = changed(exampleStack(), "wayne", { ...onFileSystem, serverId: "s-0123", ...changes });
  return changed(stack, "door", { domain: "EFS", arn: `arn:aws:transfer:us-east-1:${account}:server/s-0123` });
}

const keyNames = "keyActionNames.has(asciiLowerCase(action))";
const byAlias = 'Condition["ForAnyValue:StringEquals"]';
const byAliasLike = 'Condition["ForAnyValue:StringLike"]';
const forAny = "conditions[`ForAnyValue:${name}`]";

export const users: readonly ForeignStack[] = [
  {
    what: "a session policy that may delete its key",
    stack: withStatement({ Action: ["kms:Decrypt", "kms:ScheduleKeyDeletion"], Resource: key }),
    finds: confined,
    fault: fault("confinement", keyNames, "/^kms:[a-z]+$/i.test(action)"),
  },
  {
    what: "a session policy for every key",
    stack: withStatement({ Action: "kms:Decrypt", Resource: "*" }),
    finds: confined,
    fault: fault("confinement", "resources.every((resource) =>", 'resources.every((resource) => resource === "*" ||'),
  },
  {
    what: "a session policy for every key by any alias but one",
    stack: withStatement({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
      Condition: { "ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/drop" } },
    }),
    finds: confined,
    fault: fault("keyAlias", byAlias, `${byAlias} ?? ${byAlias.replace("AnyValue", "AllValues")}`),
  },
  {
    what: "a session policy for every key that has an alias",
    stack: withStatement({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
      Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/drop", "alias/*"] } },
    }),
    finds: confined,
    fault: fault("keyAlias", "aliases.every((alias)", "aliases.some((alias)"),
  },
  {
    what: "a session policy for the key of one alias, by an operator that takes wildcards",
    stack: withStatement({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
      Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/drop" } },
    }),
    fault: fault("keyAlias", `, ${byAliasLike}]`, "]"),
  },
  {
    what: "a session policy for the key of one alias",
    stack: withStatement({
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/drop" } },
    }),
    fault: fault(
      "confinement",
      "|| namesKeyByAlias",
      '|| statement.Condition?.["ForAnyValue:StringLike"] && namesKeyByAlias',
    ),
  },
  {
    what: "a listing where s3:prefix may be absent",
    stack: listingWhere({ "ForAllValues:StringLike": { "s3:prefix": ["wayne/*"] } }),
    finds: confined,
    fault: fault("confinement", forAny, `${forAny} ?? conditions[\`ForAllValues:\${name}\`]`),
  },
  {
    what: "a POSIX profile on a user of S3, who has no session policy",
    stack: changed(exampleStack(), "wayne", { posixProfile, policy: undefined }),
    finds: "transfer-user-has-session-policy",
    fault: fault("home", "targets.every((target) => isInFileSystem(String(target)))", "true"),
  },
  {
    what: "a user that looks like one of EFS on a server for S3",
    stack: changed(efsUser(), "door", { domain: "S3" }),
    finds: "transfer-posix-profile-is-for-efs",
    fault: fault("posixProfileIsForEfs", 'known() !== "EFS"', "known() === undefined"),
  },
  {
    what: "a user that looks like one of EFS on a server that leaves its domain to the provider",
    stack: marked(changed(efsUser({ serverId: "s-9876" }), "door", { domain: undefined, arn: undefined }), "wayne", {
      from: { serverId: ["door"] },
    }),
    finds: "transfer-posix-profile-is-for-efs",
    fault: fault("posixProfileIsForEfs", "sources.includes(server.urn) ||", ""),
  },
  {
    what: "a target without its leading slash",
    stack: mapped("/", "partner-drop/wayne"),
    finds: wellFormed,
    fault: fault(
      "homeIsWellFormed",
      "if (!isPath(target)) {",
      'if (!isPath(`/${String(target)}`.replace("//", "/"))) {',
    ),
  },
  {
    what: "a target with a last slash",
    stack: mapped("/", "/partner-drop/wayne/"),
    finds: wellFormed,
    fault: fault("homeIsWellFormed", "[^/]+)+$/", "[^/]+)+\\/?$/"),
  },
  {
    what: "an entry without its leading slash",
    stack: mapped("home", "/partner-drop/wayne"),
    finds: wellFormed,
    fault: fault("homeIsWellFormed", 'if (entry !== "/" && !isPath(entry)) {', "if (entry === undefined) {"),
  },
  {
    what: "a home by its path in the bucket",
    stack: changed(exampleStack(), "wayne", {
      homeDirectoryType: "PATH",
      homeDirectory: "/partner-drop/wayne",
      homeDirectoryMappings: undefined,
    }),
    finds: "transfer-home-is-logical",
    fault: fault("homeIsLogical", '.known() !== "LOGICAL"', ".known() === undefined"),
  },
  {
    what: "a session policy that uses its key as Transfer needs it",
    stack: withStatement({
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GetPublicKey", "kms:ListKeyPolicies"],
      Resource: key,
    }),
    fault: fault("confinement", '"kms:ListKeyPolicies",', ""),
  },
  {
    what: "a folder for files of one kind, which may not be listed",
    stack: changed(exampleStack(), "wayne", {
      policy: documentOf({
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::partner-drop/wayne/*.csv",
      }),
    }),
    fault: fault("homeWithinSessionPolicy", "namedIn(home, document)", "namedIn(home, document).slice(0, 0)"),
  },
  {
    what: "a Deny on every key",
    stack: withStatement({ Effect: "Deny", Action: "kms:*", Resource: "*" }),
    fault: fault("confinement", 'isOnKeys ? statement.Effect === "Deny" || usesKeys', "isOnKeys ? usesKeys"),
  },
  {
    what: "a Deny of what nobody has scanned, by a key that the pack does not know",
    stack: withStatement({
      Effect: "Deny",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::partner-drop/wayne/*",
      Condition: { StringNotEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" } },
    }),
    fault: fault("document", 'statement.Effect !== "Deny" ||', "true ||"),
  },
  {
    what: "a Deny of deletions anywhere",
    stack: withStatement({ Effect: "Deny", Action: "s3:Delete*", Resource: "*" }),
    fault: fault("confinement", 'statement.Effect === "Deny" ||\n', ""),
  },
  {
    what: "a listing that ForAnyValue confines",
    stack: listingWhere({ "ForAnyValue:StringLike": { "s3:prefix": ["wayne/", "wayne/*"] } }),
    fault: fault("confinement", '["StringEquals", "StringLike"]', '["StringEquals"]'),
  },
  {
    what: "a session policy that may see the names of all buckets",
    stack: withStatement({ Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::*" }),
    fault: fault("confinement", ".filter((action) => !isHarmlessAnywhere(action))", ""),
  },
  {
    what: "an entry that begins with a dot",
    stack: mapped("/.outbox", "/partner-drop/wayne"),
    fault: fault("homeIsWellFormed", "(?!\\.{1,2}(\\/|$))", "(?!\\.)"),
  },
  {
    what: "a user of EFS, by the id of its server",
    stack: efsUser(),
    fault: fault(
      "posixProfileIsForEfs",
      'server.at("domain").known() !== "EFS"',
      'server.at("domain").known() !== "efs"',
    ),
  },
  {
    what: "a user of EFS whose server is of another stack, with a short file system id",
    stack: changed(exampleStack(), "wayne", {
      ...onFileSystem,
      serverId: "s-9876",
      homeDirectoryMappings: [{ entry: "/", target: "/fs-01234567" }],
    }),
    fault: fault("home", "{8,40}", "{9,40}"),
  },
  {
    what: "a user of EFS with its home by a path",
    stack: changed(exampleStack(), "wayne", {
      ...onFileSystem,
      homeDirectoryType: "PATH",
      homeDirectory: "/fs-0123456789abcdef0/wayne",
      homeDirectoryMappings: undefined,
    }),
    fault: fault("homeIsLogical", " && !isOnEfs(user)", ""),
  },
  {
    what: "a directory's group that is confined",
    stack: {
      ...exampleStack(),
      traders: resource("aws:transfer/access:Access", {
        externalId: "S-1-1-12-1234567890",
        role: exampleStack().partners.props.arn ?? "",
        homeDirectoryType: "LOGICAL",
        homeDirectoryMappings: [{ entry: "/", target: "/partner-drop/traders" }],
        policy: JSON.stringify(exampleSessionPolicy("traders")),
      }),
    },
    fault: fault("home", "userName === undefined ? target", 'userName === undefined ? ""'),
  },
  {
    what: "a home by the user's own name",
    stack: mapped("/", "/partner-drop/${transfer:UserName}"),
    fault: fault("home", "target.replaceAll(userNameVariable, userName)", "target"),
  },
];
