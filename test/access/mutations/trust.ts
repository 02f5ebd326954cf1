import type { Statement } from "../../../iam/policy";
import type { Mutation } from "./mutation";
import { editTrust } from "./edit";

const trusting = (Principal: unknown) => editTrust((statement) => ({ ...statement, Principal }));

/** The trust with one operator's condition replaced, or left out. */
const onCondition = (operator: string, replacement?: object) =>
  editTrust((statement: Statement) => {
    const { [operator]: left, ...others } = statement.Condition ?? {};
    if (left === undefined) {
      throw new Error(`nothing to mutate: the trust has no ${operator}`);
    }
    return { ...statement, Condition: { ...others, ...replacement } };
  });

const account = { "aws:SourceAccount": "123456789012" };
const sourceArn = (value: string) => ({ ArnLike: { "aws:SourceArn": value } });

/** Roles that somebody else may take on. */
export const trustMutations: readonly Mutation[] = [
  { name: "without the source's account", opens: true, mutate: onCondition("StringEquals") },
  { name: "without the source's ARN", opens: true, mutate: onCondition("ArnLike") },
  {
    name: "without conditions",
    opens: true,
    mutate: editTrust(({ Condition: _, ...statement }) => statement),
  },
  {
    name: "in another account's servers",
    opens: true,
    mutate: onCondition("StringEquals", { StringEquals: { "aws:SourceAccount": ["123456789012", "999999999999"] } }),
  },
  {
    name: "in any account",
    opens: true,
    mutate: onCondition("StringEquals", { StringLike: { "aws:SourceAccount": "*" } }),
  },
  {
    name: "that asks for the account if there is one",
    opens: true,
    mutate: onCondition("StringEquals", { StringEqualsIfExists: account }),
  },
  {
    name: "in every account but the own",
    opens: true,
    mutate: onCondition("StringEquals", { StringNotEquals: account }),
  },
  {
    name: "in any user of any account",
    opens: true,
    mutate: onCondition("ArnLike", sourceArn("arn:aws:transfer:*:*:user/*")),
  },
  {
    name: "in anything of this account",
    opens: true,
    mutate: onCondition("ArnLike", sourceArn("arn:aws:transfer:eu-central-1:123456789012:*")),
  },
  { name: "in everybody", opens: true, mutate: trusting("*") },
  { name: "in every AWS principal", opens: true, mutate: trusting({ AWS: "*" }) },
  { name: "in another account", opens: true, mutate: trusting({ AWS: "arn:aws:iam::999999999999:root" }) },
  { name: "in the own account", opens: true, mutate: trusting({ AWS: "123456789012" }) },
  { name: "in a role", opens: true, mutate: trusting({ AWS: "arn:aws:iam::123456789012:role/ci" }) },
  { name: "in another service", opens: true, mutate: trusting({ Service: "ec2.amazonaws.com" }) },
  {
    name: "in another service beside Transfer",
    opens: true,
    mutate: trusting({ Service: ["transfer.amazonaws.com", "lambda.amazonaws.com"] }),
  },
  {
    name: "in a web identity",
    opens: false,
    mutate: trusting({ Federated: "cognito-identity.amazonaws.com" }),
  },
  {
    name: "in everybody but one",
    opens: false,
    mutate: editTrust(({ Principal, ...statement }) => ({ ...statement, NotPrincipal: Principal })),
  },
  {
    name: "that lets sessions be tagged",
    opens: false,
    mutate: editTrust((statement) => ({ ...statement, Action: ["sts:AssumeRole", "sts:TagSession"] })),
  },
];
