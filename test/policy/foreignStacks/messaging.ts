import { exampleStack, resource } from "../exampleStack";
import { account, documentOf, fault, type ForeignStack } from "./foreignStack";

const finds = "notifications-and-keys-are-not-public";
const topicArn = `arn:aws:sns:us-east-1:${account}:uploads`;
const queueArn = `arn:aws:sqs:us-east-1:${account}:uploads`;

const publishing = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish", Resource: topicArn };

function topicAllowing(changes: object) {
  const policy = documentOf({ ...publishing, ...changes });
  return { ...exampleStack(), uploads: resource("aws:sns/topicPolicy:TopicPolicy", { arn: topicArn, policy }) };
}

function queueAllowing(changes: object) {
  const policy = documentOf({ ...publishing, Action: "sqs:SendMessage", Resource: queueArn, ...changes });
  return { ...exampleStack(), uploads: resource("aws:sqs/queue:Queue", { name: "uploads", policy }) };
}

function keyWhere(Condition: object) {
  const policy = documentOf({ ...publishing, Action: "kms:Decrypt", Resource: "*", Condition });
  return { ...exampleStack(), key: resource("aws:kms/key:Key", { policy, enableKeyRotation: true }) };
}

function keyWith(props: object) {
  return { ...exampleStack(), key: resource("aws:kms/key:Key", props) };
}

function subscribedBy(protocol: string, endpoint: string) {
  const props = { topic: topicArn, protocol, endpoint };
  return { ...exampleStack(), partner: resource("aws:sns/topicSubscription:TopicSubscription", props) };
}

const notWho = "!sayWho(statement.Condition, whoKeys)";

export const messaging: readonly ForeignStack[] = [
  {
    what: "a key that is never renewed",
    stack: keyWith({ description: "files" }),
    finds: "encryption-key-rotates",
    fault: fault("keyRotates", "isOn === true", "isOn !== false"),
  },
  {
    what: "a key that signs, which KMS cannot renew",
    stack: keyWith({ customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }),
    fault: fault("keyRotates", 'spec === "SYMMETRIC_DEFAULT"', "true"),
  },
  {
    what: "a topic that everybody may publish to",
    stack: topicAllowing({}),
    finds,
    fault: fault("notPublic", notWho, `statement.Condition !== undefined && ${notWho}`),
  },
  {
    what: "a queue that everybody may send to but one account",
    stack: queueAllowing({ Condition: { StringNotEquals: { "aws:SourceAccount": "999988887777" } } }),
    finds,
    fault: fault("principals", "(String(Equals|", "(String(Equals|NotEquals|"),
  },
  {
    what: "a key that every account may use",
    stack: keyWhere({ StringLike: { "kms:CallerAccount": "*" } }),
    finds,
    fault: fault("principals", '"kms:calleraccount": oneAccount', '"kms:calleraccount": /./'),
  },
  {
    what: "a topic to which everybody may publish who acts for anything of a service",
    stack: topicAllowing({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } } }),
    finds,
    fault: fault("principals", ":[a-z0-9*-]*:\\d{12}:[^*?$].*)$/", ":[a-z0-9*-]*:[\\d*]+:[^*?$].*)$/"),
  },
  {
    what: "a queue for a part of every organization",
    stack: queueAllowing({ Condition: { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-*/r-ab12/*" } } }),
    finds,
    fault: fault("principals", "/^o-[a-z0-9]+\\//", "/^o-[a-z0-9*]+\\//"),
  },
  {
    what: "a subscription over plain HTTP",
    stack: subscribedBy("http", "http://partner.example/uploads"),
    finds: "notification-subscription-uses-tls",
    fault: fault("subscriptionUsesTls", '.known() === "http"', '.known() === "HTTP"'),
  },
  {
    what: "the policy that AWS gives a topic",
    stack: topicAllowing({ Condition: { StringEquals: { "aws:SourceOwner": account } } }),
    fault: fault("principals", '"aws:sourceowner": oneAccount,', ""),
  },
  {
    what: "a topic for one bucket of any account and region",
    stack: topicAllowing({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:partner-drop" } } }),
    fault: fault("principals", "s3:[a-z0-9*-]*:[\\d*]*:", "s3:::"),
  },
  {
    what: "a queue for one organization",
    stack: queueAllowing({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    fault: fault("principals", '"aws:principalorgid": oneOrganization,', ""),
  },
  {
    what: "a queue for a part of one organization",
    stack: queueAllowing({
      Condition: { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*" } },
    }),
    fault: fault("principals", '"aws:principalorgpaths": /^o-[a-z0-9]+\\//,', ""),
  },
  {
    what: "a queue for one topic",
    stack: queueAllowing({ Principal: "*", Condition: { ArnEquals: { "aws:SourceArn": topicArn } } }),
    fault: fault("principals", "|[a-z0-9-]+:[a-z0-9*-]*:\\d{12}:[^*?$].*)$/", ")$/"),
  },
  {
    what: "a key for the users of one account by way of S3",
    stack: keyWhere({
      StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "s3.us-east-1.amazonaws.com" },
    }),
    fault: fault("principals", '"kms:calleraccount": oneAccount,', ""),
  },
  {
    what: "a subscription over HTTPS",
    stack: subscribedBy("https", "https://partner.example/uploads"),
    fault: fault("subscriptionUsesTls", '.known() === "http"', '.known() !== "email"'),
  },
  {
    what: "a queue for one session",
    stack: queueAllowing({
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:sts::${account}:assumed-role/reader/nightly` } },
    }),
    fault: fault("principals", ":(iam|sts)::", ":(iam)::"),
  },
  {
    what: "a queue for one account",
    stack: queueAllowing({ Condition: { StringEquals: { "aws:PrincipalAccount": account } } }),
    fault: fault("principals", '"aws:principalaccount": oneAccount,', ""),
  },
];
