import { expect } from "chai";
import { absent, compilePolicies, decide, type AccessRequest } from "../../iam/evaluate";
import { asks, bucket, policy } from "./documents";

type Context = AccessRequest["context"];

function holds(condition: object, context: Context): boolean {
  const identity = [policy({ Effect: "Allow", Action: "s3:ListBucket", Resource: bucket, Condition: condition })];
  return decide(compilePolicies({ identity }), asks("s3:ListBucket", bucket, context)).allowed;
}

describe("a condition", () => {
  const prefix = (value: string) => ({ "s3:prefix": value });
  const cases: [operator: string, key: string, value: string | string[], context: Context, holds: boolean][] = [
    ["StringEquals", "s3:prefix", "acme/", prefix("acme/"), true],
    ["StringEquals", "s3:prefix", "acme/", prefix("Acme/"), false],
    ["StringEquals", "s3:prefix", "acme/*", prefix("acme/x"), false],
    ["StringEquals", "s3:prefix", ["acme/", ""], prefix(""), true],
    ["StringEquals", "s3:prefix", "acme/", { "s3:prefix": absent }, false],
    ["StringEquals", "S3:PREFIX", "acme/", { "s3:Prefix": "acme/" }, true],
    ["StringNotEquals", "s3:prefix", ["acme/", "b/"], prefix("b/"), false],
    ["StringNotEquals", "s3:prefix", ["acme/", "b/"], prefix("c/"), true],
    ["StringNotEquals", "s3:prefix", "acme/", { "s3:prefix": absent }, true],
    ["StringEqualsIgnoreCase", "s3:prefix", "ACME/", prefix("acme/"), true],
    ["StringEqualsIgnoreCase", "s3:prefix", "k/", prefix("\u212a/"), false],
    ["StringNotEqualsIgnoreCase", "s3:prefix", "ACME/", prefix("acme/"), false],
    ["StringLike", "s3:prefix", "acme/*", prefix("acme/x/y"), true],
    ["StringLike", "s3:prefix", "acme/*", prefix("acme/"), true],
    ["StringLike", "s3:prefix", "acme/*", prefix("acme-corp/"), false],
    ["StringLike", "s3:prefix", "acme/*", prefix("/acme/"), false],
    ["StringLike", "s3:prefix", "acme/*", prefix("ACME/"), false],
    ["StringLike", "s3:prefix", "acme/*", { "s3:prefix": absent }, false],
    ["StringLikeIfExists", "s3:prefix", "acme/*", { "s3:prefix": absent }, true],
    ["StringLikeIfExists", "s3:prefix", "acme/*", prefix("b/"), false],
    ["StringNotLike", "s3:prefix", "acme/*", prefix("acme/x"), false],
    ["StringNotLike", "s3:prefix", "acme/*", { "s3:prefix": absent }, true],
    ["Bool", "aws:SecureTransport", "false", { "aws:SecureTransport": "false" }, true],
    ["Bool", "aws:SecureTransport", "TRUE", { "aws:SecureTransport": "true" }, true],
    ["Bool", "aws:SecureTransport", "false", { "aws:SecureTransport": "true" }, false],
    ["Bool", "aws:SecureTransport", "false", { "aws:SecureTransport": absent }, false],
    ["BoolIfExists", "aws:SecureTransport", "false", { "aws:SecureTransport": absent }, true],
    ["Null", "s3:prefix", "true", { "s3:prefix": absent }, true],
    ["Null", "s3:prefix", "true", prefix(""), false],
    ["Null", "s3:prefix", "false", prefix("x"), true],
    ["Null", "s3:prefix", "false", { "s3:prefix": absent }, false],
    ["NumericLessThan", "s3:max-keys", "10", { "s3:max-keys": "9" }, true],
    ["NumericLessThan", "s3:max-keys", "10", { "s3:max-keys": "10" }, false],
    ["NumericLessThanEquals", "s3:max-keys", "10", { "s3:max-keys": "10" }, true],
    ["NumericGreaterThan", "s3:max-keys", "9", { "s3:max-keys": "10" }, true],
    ["NumericGreaterThanEquals", "s3:max-keys", "9", { "s3:max-keys": "8.5" }, false],
    ["NumericEquals", "s3:max-keys", "9", { "s3:max-keys": "9.0" }, true],
    ["NumericNotEquals", "s3:max-keys", "9", { "s3:max-keys": "9" }, false],
    ["NumericNotEquals", "s3:max-keys", "9", { "s3:max-keys": absent }, true],
    ["IpAddress", "aws:SourceIp", "203.0.113.0/24", { "aws:SourceIp": "203.0.113.255" }, true],
    ["IpAddress", "aws:SourceIp", "203.0.113.0/24", { "aws:SourceIp": "203.0.114.0" }, false],
    ["IpAddress", "aws:SourceIp", "203.0.113.7", { "aws:SourceIp": "203.0.113.7" }, true],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0", { "aws:SourceIp": "255.255.255.255" }, true],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0", { "aws:SourceIp": "2001:db8::1" }, false],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24", { "aws:SourceIp": "203.0.113.9" }, false],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24", { "aws:SourceIp": absent }, true],
    ["ForAnyValue:StringEquals", "aws:TagKeys", ["a", "b"], { "aws:TagKeys": ["c", "b"] }, true],
    ["ForAnyValue:StringEquals", "aws:TagKeys", ["a", "b"], { "aws:TagKeys": ["c"] }, false],
    ["ForAnyValue:StringEquals", "aws:TagKeys", "a", { "aws:TagKeys": absent }, false],
    ["ForAnyValue:StringNotEquals", "aws:TagKeys", "a", { "aws:TagKeys": ["a", "b"] }, true],
    ["ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"], { "aws:TagKeys": ["b", "a"] }, true],
    ["ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"], { "aws:TagKeys": ["a", "c"] }, false],
    ["ForAllValues:StringEquals", "aws:TagKeys", "a", { "aws:TagKeys": absent }, true],
    ["ForAllValues:StringLike", "s3:prefix", "acme/*", { "s3:prefix": absent }, true],
  ];
  for (const [operator, key, value, context, expected] of cases) {
    it(`${operator} ${key} ${JSON.stringify(value)} ${expected ? "holds" : "fails"} for ${JSON.stringify(context)}`, () => {
      expect(holds({ [operator]: { [key]: value } }, context)).to.equal(expected);
    });
  }

  const source = (arn: string) => ({ "aws:SourceArn": arn });
  const user = "arn:aws:transfer:eu-central-1:123456789012:user/s-1/acme";
  for (const operator of ["ArnLike", "ArnEquals"]) {
    it(`${operator} compares the parts of an ARN one by one`, () => {
      const value = (text: string) => ({ [operator]: { "aws:SourceArn": text } });
      expect(holds(value("arn:aws:transfer:*:123456789012:user/*"), source(user))).to.equal(true);
      expect(holds(value("arn:aws:tr*:123456789012:*:*"), source(`${user}:x`))).to.equal(false);
      expect(holds(value("arn:aws:transfer:*:999999999999:user/*"), source(user))).to.equal(false);
      expect(holds(value("arn:aws:transfer:*:*:*"), source(`${user}:with:colons`))).to.equal(true);
      expect(holds(value("arn:aws:transfer:*:*:*"), source("not an ARN"))).to.equal(false);
      expect(holds(value("arn:aws:transfer:*:*:*"), {})).to.equal(false);
    });
  }

  it("ArnNotLike holds for other ARNs and without the key", () => {
    const condition = { ArnNotLike: { "aws:SourceArn": "arn:aws:transfer:*:123456789012:user/*" } };
    expect(holds(condition, source(user))).to.equal(false);
    expect(holds(condition, source(user.replace("user/", "server/")))).to.equal(true);
    expect(holds(condition, { "aws:SourceArn": absent })).to.equal(true);
  });

  for (const [operator, key, value] of cases) {
    it(`${operator} ${key} ${JSON.stringify(value)} is not judged for a request that does not answer`, () => {
      const Condition = { [operator]: { [key]: value } };
      for (const Effect of ["Allow", "Deny"]) {
        const asked = { Effect, Action: "s3:ListBucket", Resource: bucket, Condition };
        const identity = [policy(asked, ...(Effect === "Deny" ? [{ ...asked, Effect: "Allow", Condition: {} }] : []))];
        const decision = decide(compilePolicies({ identity }), asks("s3:ListBucket", bucket));
        const by = { document: "identity", statement: "0" };
        const spelled = key === "S3:PREFIX" ? "s3:prefix" : key;
        expect(decision).to.deep.equal({ allowed: false, reason: "unknown", by, unanswered: spelled });
      }
    });
  }

  it("needs every operator and every key", () => {
    const condition = {
      StringLike: { "s3:prefix": "acme/*", "s3:delimiter": "/" },
      Bool: { "aws:SecureTransport": "true" },
    };
    const context = { "s3:prefix": "acme/", "s3:delimiter": "/", "aws:SecureTransport": "true" };
    expect(holds(condition, context)).to.equal(true);
    for (const key of Object.keys(context)) {
      expect(holds(condition, { ...context, [key]: "false" })).to.equal(false);
    }
  });

  it("knows what follows from who asks, whatever the context says", () => {
    const condition = {
      StringEquals: { "aws:PrincipalAccount": "123456789012", "aws:PrincipalType": "AssumedRole" },
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/access" },
      Bool: { "aws:PrincipalIsAWSService": "false" },
      Null: { "aws:PrincipalServiceName": "true", "aws:username": "true" },
    };
    expect(holds(condition, { "aws:PrincipalAccount": "999999999999" })).to.equal(true);
  });

  it("knows what a request without a signature lacks", () => {
    const anonymous = { ...asks("s3:ListBucket", bucket), principal: { kind: "anonymous" } } as const;
    const allow = { Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: bucket };
    const Condition = { Bool: { "aws:PrincipalIsAWSService": "false" } };
    const reason = (...statements: object[]) =>
      decide(compilePolicies({ identity: [], resource: policy(...statements) }), anonymous).reason;
    expect(reason(allow, { ...allow, Effect: "Deny", Condition })).to.equal("allowed");
    expect(reason({ ...allow, Condition: { Null: { "aws:PrincipalArn": "true" } } })).to.equal("allowed");
    expect(reason({ ...allow, Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } })).to.equal("allowed");
  });

  it("takes keys it need not know in a request", () => {
    expect(holds({ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "a", "x:unheard-of": "b" })).to.equal(true);
  });

  it("says when a request is not a request", () => {
    const condition = { StringEquals: { "s3:prefix": "a" } };
    expect(() => holds(condition, { "s3:prefix": ["a", "b"] })).to.throw(TypeError, "s3:prefix takes one value");
    expect(() => holds(condition, { "s3:prefix": "a", "S3:Prefix": "b" })).to.throw(TypeError, "twice");
  });
});

describe("a policy variable", () => {
  function allows(Resource: string, key: string, context: Context, condition?: object): boolean {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource, ...(condition && { Condition: condition }) };
    const everything = policy({ Effect: "Allow", Action: "*", Resource: "*" });
    const policies = compilePolicies({ identity: [everything], session: policy(statement) });
    return decide(policies, asks("s3:GetObject", `${bucket}/${key}`, context)).allowed;
  }

  it("stands for the user's name in a session policy", () => {
    const resource = `${bucket}/\${transfer:UserName}/*`;
    expect(allows(resource, "acme/x", { "transfer:UserName": "acme" })).to.equal(true);
    expect(allows(resource, "acme-corp/x", { "transfer:UserName": "acme" })).to.equal(false);
  });

  it("follows a change of its value", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", Action: "s3:*", Resource: `${bucket}/\${s3:delimiter}` })],
    });
    for (const key of ["a", "b", "a"]) {
      expect(decide(policies, asks("s3:GetObject", `${bucket}/${key}`, { "s3:delimiter": key })).allowed).to.equal(
        true,
      );
      expect(decide(policies, asks("s3:GetObject", `${bucket}/c`, { "s3:delimiter": key })).allowed).to.equal(false);
    }
  });

  it("stands for text, not for a pattern", () => {
    expect(allows(`${bucket}/\${transfer:UserName}/x`, "acme/x", { "transfer:UserName": "*" })).to.equal(false);
  });

  it("matches nothing without a value, and its default where it has one", () => {
    expect(allows(`${bucket}/\${aws:username}/x`, "/x", {})).to.equal(false);
    expect(allows(`${bucket}/\${aws:username, 'nobody'}/x`, "nobody/x", {})).to.equal(true);
    const withDefault = `${bucket}/\${aws:userid, 'nobody'}/x`;
    expect(allows(withDefault, "acme/x", { "aws:userid": "acme" })).to.equal(true);
    expect(allows(withDefault, "nobody/x", { "aws:userid": absent })).to.equal(true);
    expect(allows(withDefault, "nobody/x", {})).to.equal(false);
  });

  it("writes the characters that are wildcards", () => {
    expect(allows(`${bucket}/\${*}\${?}\${$}`, "*?$", {})).to.equal(true);
    expect(allows(`${bucket}/\${*}\${?}\${$}`, "ab$", {})).to.equal(false);
  });

  it("works in conditions, in any case and in the parts of an ARN", () => {
    const context = { "transfer:UserName": "Acme", "s3:prefix": "home/acme/", "aws:SourceArn": "arn:aws:x:y:z:u/Acme" };
    const like = (operator: string, key: string, value: string) =>
      allows("*", "x", context, { [operator]: { [key]: value } });
    expect(like("StringLike", "s3:prefix", "home/${transfer:UserName}/*")).to.equal(false);
    expect(like("StringEqualsIgnoreCase", "s3:prefix", "HOME/${transfer:UserName}/")).to.equal(true);
    expect(like("ArnLike", "aws:SourceArn", "arn:*:*:*:*:u/${transfer:username}")).to.equal(true);
  });
});
