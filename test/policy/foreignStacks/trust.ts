import { exampleStack, resource } from "../exampleStack";
import { changed } from "../findings";
import { account, documentOf, fault, type ForeignStack } from "./foreignStack";

const finds = "transfer-role-trust-names-its-source";

const confined = {
  StringEquals: { "aws:SourceAccount": account },
  ArnLike: { "aws:SourceArn": `arn:aws:transfer:us-east-1:${account}:user/*` },
};
const ofTransfer = {
  Effect: "Allow",
  Principal: { Service: "transfer.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: confined,
};

function trusting(...statements: object[]) {
  return changed(exampleStack(), "partners", { assumeRolePolicy: documentOf(...statements) });
}

/** A trust in Transfer as it should be, and beside it in others. */
function besideTransfer(changes: object) {
  return trusting(ofTransfer, { ...ofTransfer, Condition: { Bool: { "aws:SecureTransport": "true" } }, ...changes });
}

const saysNobody = "!sayWho(statement.Condition, whoKeys)";
const strangersIn = '(kind === "service" ? []';

export const trust: readonly ForeignStack[] = [
  {
    what: "a role that everybody may take on beside Transfer",
    stack: besideTransfer({ Principal: { AWS: "*" } }),
    finds,
    fault: fault(
      "roleTrust",
      strangersIn,
      '(kind === "service" || (kind === "everybody" && statement.Principal !== "*" && statement.NotPrincipal === undefined) ? []',
    ),
  },
  {
    what: "a role that an account may take on beside Transfer",
    stack: besideTransfer({ Principal: { AWS: `arn:aws:iam::${account}:root` } }),
    finds,
    fault: fault("roleTrust", strangersIn, '(kind === "service" || kind === "account" ? []'),
  },
  {
    what: "a role that federated identities may take on beside Transfer",
    stack: besideTransfer({ Principal: { Federated: "accounts.google.com" } }),
    finds,
    fault: fault("roleTrust", strangersIn, '(kind === "service" || kind === "unknown" ? []'),
  },
  {
    what: "a role that everybody but one may take on",
    stack: besideTransfer({ Principal: undefined, NotPrincipal: { AWS: account } }),
    finds,
    fault: fault("principals", "NotPrincipal !== undefined || ", ""),
  },
  {
    what: "a role that everybody may take on, without a word of Transfer",
    stack: trusting({ ...ofTransfer, Principal: "*", Condition: undefined }),
    finds,
    fault: fault("roleTrust", saysNobody, `statement.Condition !== undefined && ${saysNobody}`),
  },
  {
    what: "a role that everybody may take on who knows a word, without a word of Transfer",
    stack: trusting({ ...ofTransfer, Principal: "*", Condition: { StringEquals: { "sts:ExternalId": "partner" } } }),
    finds,
    fault: fault("roleTrust", saysNobody, `statement.Condition === undefined && ${saysNobody}`),
  },
  {
    what: "a trust whose account may be absent",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, StringEquals: undefined, StringEqualsIfExists: confined.StringEquals },
    }),
    finds,
    fault: fault("principals", "|Arn(Equals|Like))$/;", "|Arn(Equals|Like))(IfExists)?$/;"),
  },
  {
    what: "a trust in Transfer by the service's regional name",
    stack: trusting({
      ...ofTransfer,
      Principal: { Service: "transfer.us-east-1.amazonaws.com" },
      Condition: undefined,
    }),
    finds,
    fault: fault("roleTrust", "meansTransfer(name))", 'meansTransfer(name.replace(".us-east-1", "-"))) '),
  },
  {
    what: "a trust whose source is in any account",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, ArnLike: { "aws:SourceArn": "arn:aws:transfer:*:*:*" } },
    }),
    finds,
    fault: fault(
      "roleTrust",
      "account !== undefined && (accounts === undefined || accounts.includes(account))",
      'arn !== ""',
    ),
  },
  {
    what: "a trust with a further condition that is wider than the others",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, StringLike: { "aws:SourceArn": "arn:aws:transfer:*" } },
    }),
    fault: fault(
      "roleTrust",
      'demandedValues(conditions, "aws:sourcearn").some(',
      'demandedValues(conditions, "aws:sourcearn").every(',
    ),
  },
  {
    what: "a trust in a further service under the same conditions",
    stack: trusting({ ...ofTransfer, Principal: { Service: ["transfer.amazonaws.com", "apigateway.amazonaws.com"] } }),
    fault: fault(
      "roleTrust",
      '(({ kind }) => (kind === "service" ? []',
      '(({ kind, name }) => (kind === "service" && name.startsWith("transfer") ? []',
    ),
  },
  {
    what: "a trust in the users of every region",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, ArnLike: { "aws:SourceArn": `arn:aws:transfer:*:${account}:user/*` } },
    }),
    fault: fault("roleTrust", ":transfer:[a-z0-9*-]+:", ":transfer:[a-z0-9-]+:"),
  },
  {
    what: "a trust in the users of every partition",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, ArnLike: { "aws:SourceArn": `arn:*:transfer:us-east-1:${account}:user/*` } },
    }),
    fault: fault("roleTrust", "^arn:[a-z*-]+:transfer", "^arn:[a-z-]+:transfer"),
  },
  {
    what: "a trust by an operator that takes wildcards, without any",
    stack: trusting({
      ...ofTransfer,
      Condition: { ArnLike: confined.ArnLike, StringLike: confined.StringEquals },
    }),
    fault: fault(
      "roleTrust",
      'demandedValues(conditions, "aws:sourceaccount")',
      'demandedValues({ ...conditions, StringLike: {} }, "aws:sourceaccount")',
    ),
  },
  {
    what: "a role of another kind that everybody may take on who acts by one role",
    stack: {
      ...exampleStack(),
      auditors: resource("aws:iam/role:Role", {
        name: "auditors",
        assumeRolePolicy: documentOf({
          ...ofTransfer,
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/auditing` } },
        }),
      }),
    },
    fault: fault("roleTrust", "others.length > 0 && (isForTransfer || isForAnybody(statement))", "others.length > 0"),
  },
  {
    what: "a trust in the users of two accounts",
    stack: trusting({
      ...ofTransfer,
      Condition: { ...confined, StringEquals: { "aws:SourceAccount": [account, "999988887777"] } },
    }),
    fault: fault("roleTrust", "(values) => values.length > 0 &&", "(values) => values.length === 1 &&"),
  },
  {
    what: "a trust that spells its keys in another case",
    stack: trusting({ ...ofTransfer, Condition: { ...confined, StringEquals: { "AWS:sourceaccount": account } } }),
    fault: fault(
      "principals",
      "asciiLowerCase(key) === keyName",
      '!key.startsWith("AWS:") && asciiLowerCase(key) === keyName',
    ),
  },
];
