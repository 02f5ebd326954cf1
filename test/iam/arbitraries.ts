import fc from "fast-check";
import { absent, type AccessRequest } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { acme, bucket, policy, roleArn, sessionArn } from "./documents";

/**
 * Random documents and requests over few names, so that they often meet. Everything is of a kind that both this project and
 * AWS know.
 */

/** One seed for every run: a failure is the same for everybody. */
export const seed = 20260101;

const objectActions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion"];
const actionPattern = fc.constantFrom(
  ...objectActions,
  "s3:ListBucket",
  "*",
  "s3:*",
  "s3:Get*",
  "s3:*Object",
  "s3:?etObject",
  "s3:getobject",
  "sqs:*",
);
const key = fc.constantFrom(
  "acme/",
  "acme/a.txt",
  "acme/in/b.csv",
  "acme-corp/a.txt",
  "Acme/a.txt",
  "acme",
  "x:y/z",
  "$(^.+|)",
);
const keyPattern = fc.oneof(
  key,
  fc.constantFrom(
    "*",
    "acme/*",
    "acme*",
    "*/",
    "a?me/*",
    "*.txt",
    "ac*/i*/*",
    "acme/*.csv",
    "?",
    "x:*",
    "*:*",
    "acme/**",
  ),
  fc.constantFrom("${aws:userid}/*", "${aws:PrincipalAccount}/*", "${*}", "${aws:userid, 'acme'}/*"),
);
const resourcePattern = fc.oneof(
  { weight: 6, arbitrary: keyPattern.map((pattern) => `${bucket}/${pattern}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(bucket, "*", "arn:aws:s3:*", "arn:aws:s3:::?", "arn:aws:s3:::*", "arn:aws:s3::b/*"),
  },
);
const prefixPattern = fc.constantFrom("acme/", "acme/*", "acme*", "*", "", "a?me/*", "${aws:userid}/*", "ACME/");

const accounts = ["123456789012", "999999999999"] as const;

/** What a Transfer session's requests answer, and what they do not. */
const circumstance = fc.oneof(
  fc.tuple(
    fc.constantFrom("aws:ResourceAccount", "aws:SourceAccount", "aws:PrincipalAccount"),
    fc.constantFrom<string>(...accounts, "9*"),
  ),
  fc.tuple(fc.constant("aws:SourceVpce"), fc.constantFrom("vpce-1", "vpce-*")),
  fc.tuple(fc.constant("aws:RequestedRegion"), fc.constantFrom("eu-central-1", "eu-*")),
  fc.tuple(fc.constant("aws:PrincipalType"), fc.constantFrom("AssumedRole", "User")),
  fc.tuple(fc.constantFrom("aws:userid", "aws:username"), fc.constantFrom("acme", "*:acme", "a*")),
  fc.tuple(fc.constant("s3:signatureversion"), fc.constantFrom("AWS", "AWS4-HMAC-SHA256")),
);

const condition = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"),
      fc.constantFrom("", "IfExists"),
      circumstance,
    )
    .map(([operator, suffix, [name, value]]) => ({ [`${operator}${suffix}`]: { [name]: value } })),
  fc.tuple(circumstance, fc.constantFrom("true", "false")).map(([[name], value]) => ({ Null: { [name]: value } })),
  fc
    .tuple(fc.constantFrom("Bool", "BoolIfExists"), fc.constantFrom("true", "false"))
    .map(([operator, value]) => ({ [operator]: { "aws:ViaAWSService": value } })),
  fc
    .tuple(
      fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase"),
      fc.constantFrom("", "IfExists"),
      fc.constantFrom("s3:prefix", "S3:PREFIX", "s3:delimiter"),
      fc.array(prefixPattern, { minLength: 1, maxLength: 2 }),
    )
    .map(([operator, suffix, name, values]) => ({ [`${operator}${suffix}`]: { [name]: values } })),
  fc
    .tuple(fc.constantFrom("Bool", "BoolIfExists"), fc.constantFrom("true", "false"))
    .map(([operator, value]) => ({ [operator]: { "aws:SecureTransport": value } })),
  fc
    .tuple(fc.constantFrom("s3:prefix", "aws:userid"), fc.constantFrom("true", "false"))
    .map(([name, value]) => ({ Null: { [name]: value } })),
  fc
    .tuple(
      fc.constantFrom("ArnLike", "ArnEquals", "ArnNotLike", "StringLike"),
      fc.constantFrom(roleArn, "arn:aws:iam::*:role/*", "arn:aws:iam::999999999999:role/access", "arn:*:*:*:*:*"),
    )
    .map(([operator, value]) => ({ [operator]: { "aws:PrincipalArn": value } })),
  fc
    .tuple(
      fc.constantFrom("IpAddress", "NotIpAddress", "IpAddressIfExists"),
      fc.constantFrom("203.0.113.0/24", "203.0.113.7", "128.0.0.0/1"),
    )
    .map(([operator, value]) => ({ [operator]: { "aws:SourceIp": value } })),
  fc
    .tuple(
      fc.constantFrom("NumericLessThan", "NumericEquals", "NumericGreaterThanEquals", "NumericNotEquals"),
      fc.constantFrom("1", "10", "1000"),
    )
    .map(([operator, value]) => ({ [operator]: { "s3:max-keys": value } })),
  fc
    .tuple(
      fc.constantFrom("ForAnyValue:StringEquals", "ForAllValues:StringLike", "ForAnyValue:StringNotEquals"),
      fc.subarray(["a", "b", "c*"], { minLength: 1 }),
    )
    .map(([operator, values]) => ({ [operator]: { "aws:TagKeys": values } })),
);

const oneOrMore = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));

/** A statement of an identity or a session policy; mostly without surprises, so that requests are allowed now and then. */
export const statement: fc.Arbitrary<object> = fc
  .record({
    Effect: fc.oneof({ weight: 4, arbitrary: fc.constant("Allow") }, { weight: 1, arbitrary: fc.constant("Deny") }),
    action: fc.tuple(fc.constantFrom("Action", "Action", "Action", "NotAction"), oneOrMore(actionPattern)),
    resource: fc.tuple(fc.constantFrom("Resource", "Resource", "Resource", "NotResource"), oneOrMore(resourcePattern)),
    Condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(({ Effect, action, resource, Condition }) => ({
    Effect,
    [action[0]]: action[1],
    [resource[0]]: resource[1],
    ...(Condition === undefined ? {} : { Condition }),
  }));

const principal = fc.constantFrom<unknown[]>(
  { AWS: roleArn },
  { AWS: sessionArn },
  { AWS: ["arn:aws:iam::123456789012:root"] },
  { AWS: ["123456789012", "arn:aws:iam::123456789012:user/acme"] },
  { AWS: "arn:aws:iam::123456789012:role/other" },
  { Service: "s3.amazonaws.com" },
  "*",
);

const broad = fc.constantFrom(
  { Effect: "Allow", Action: "s3:*", Resource: "*" },
  { Effect: "Allow", Action: "*", Resource: [bucket, `${bucket}/acme*`] },
);

export const identityPolicy: fc.Arbitrary<PolicyDocument> = fc
  .array(fc.oneof({ weight: 3, arbitrary: statement }, { weight: 1, arbitrary: broad }), { minLength: 1, maxLength: 2 })
  .map((statements) => policy(...statements));

export const resourcePolicy: fc.Arbitrary<PolicyDocument> = fc
  .array(fc.tuple(statement, principal), { minLength: 1, maxLength: 2 })
  .map((statements) => policy(...statements.map(([rest, Principal]) => ({ ...rest, Principal }))));

/** A value that whoever asks knows, or knows to be missing. */
const known = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: absent, freq: 3 });

const commonContext = fc.record({
  "aws:SecureTransport": known(fc.constantFrom("true", "false")),
  "aws:SourceIp": known(fc.constantFrom("203.0.113.7", "198.51.100.1")),
  "aws:userid": known(fc.constantFrom("acme", "other")),
  "aws:TagKeys": known(fc.subarray(["a", "b", "cc"], { minLength: 1 })),
  "aws:ResourceAccount": known(fc.constantFrom(...accounts)),
  "aws:SourceAccount": known(fc.constantFrom(...accounts)),
  "aws:SourceVpce": known(fc.constantFrom("vpce-1", "vpce-2")),
  "aws:RequestedRegion": known(fc.constantFrom("eu-central-1", "us-east-1")),
  "aws:ViaAWSService": known(fc.constantFrom("true", "false")),
  "s3:signatureversion": known(fc.constantFrom("AWS4-HMAC-SHA256", "AWS")),
});
const listContext = fc.record({
  "s3:prefix": known(fc.constantFrom("acme/", "acme/in/", "acme-corp/", "acme", "", "Acme/")),
  "s3:delimiter": known(fc.constantFrom("/", "")),
  "s3:max-keys": known(fc.constantFrom("1", "10", "999")),
});
const noList = { "s3:prefix": absent, "s3:delimiter": absent, "s3:max-keys": absent };

/** A request of the session "acme" on an object or for a listing. */
export const request: fc.Arbitrary<AccessRequest> = fc.oneof(
  fc.tuple(fc.constantFrom(...objectActions), key, commonContext).map(([action, place, context]) => ({
    principal: acme,
    action,
    resource: `${bucket}/${place}`,
    context: { ...context, ...noList },
  })),
  fc.tuple(commonContext, listContext).map(([common, listed]) => ({
    principal: acme,
    action: "s3:ListBucket",
    resource: bucket,
    context: { ...common, ...listed },
  })),
);
