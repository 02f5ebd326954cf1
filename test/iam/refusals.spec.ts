import { expect } from "chai";
import { compilePolicies, decide, UnsupportedPolicyError } from "../../iam/evaluate";
import { asks, bucket, policy, roleArn } from "./documents";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` };

function refuses(where: string, what: string, compile: () => unknown): void {
  it(`${where}: ${what}`, () => {
    expect(compile)
      .to.throw(UnsupportedPolicyError)
      .that.satisfies((error: UnsupportedPolicyError) => {
        expect(error.where).to.equal(where);
        expect(error.what).to.equal(what);
        expect(error.message).to.equal(`${where}: ${what}`);
        return true;
      });
  });
}

describe("the evaluator refuses, in a role's policy,", () => {
  const at = "identity policy, statement 0";
  const cases: [where: string, what: string, statement: object][] = [
    [at, `element "NotPrincipal" cannot be evaluated`, { ...statement, NotPrincipal: "*" }],
    [at, `element "Extra" cannot be evaluated`, { ...statement, Extra: 1 }],
    [at, `element "action" cannot be evaluated`, { Effect: "Allow", action: "s3:GetObject", Resource: "*" }],
    [at, `Effect is neither "Allow" nor "Deny"`, { ...statement, Effect: "allow" }],
    [at, "Principal is out of place", { ...statement, Principal: "*" }],
    [at, "has neither Action nor NotAction", { Effect: "Allow", Resource: "*" }],
    [at, "has both Action and NotAction", { ...statement, NotAction: "s3:*" }],
    [at, "has neither Resource nor NotResource", { Effect: "Allow", Action: "s3:GetObject" }],
    [at, "has both Resource and NotResource", { ...statement, NotResource: "*" }],
    [at, "Action is empty", { ...statement, Action: [] }],
    [at, "Resource is empty", { ...statement, Resource: [] }],
    [at, `"GetObject" is not an action`, { ...statement, Action: "GetObject" }],
    [at, '"s3:ListBuc\u212aet" is not an action', { ...statement, Action: "s3:ListBuc\u212aet" }],
    [at, `"s3:\${aws:username}" is not an action`, { ...statement, Action: "s3:${aws:username}" }],
    [at, `"b/x" is not a resource pattern that can be evaluated`, { ...statement, Resource: "b/x" }],
    [at, `"arn:aws:s3*" is not a resource pattern that can be evaluated`, { ...statement, Resource: "arn:aws:s3*" }],
    [
      at,
      `"arn:aws:*:::b" is not a resource pattern that can be evaluated`,
      { ...statement, Resource: "arn:aws:*:::b" },
    ],
    [at, `"arn:aws:s3" is not a resource pattern that can be evaluated`, { ...statement, Resource: "arn:aws:s3" }],
    [
      at,
      `"arn:aws:sqs:eu:1" is not a resource pattern that can be evaluated`,
      { ...statement, Resource: "arn:aws:sqs:eu:1" },
    ],
    [
      at,
      `"arn:aws:s3::b/*" is not a resource pattern that can be evaluated`,
      { Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3::b/*" },
    ],
    [
      at,
      `"arn:a*s:s3:::b" is not a resource pattern that can be evaluated`,
      { ...statement, Resource: "arn:a*s:s3:::b" },
    ],
    [
      at,
      `"arn:aws:s3:?::b" is not a resource pattern that can be evaluated`,
      { ...statement, Resource: "arn:aws:s3:?::b" },
    ],
    [
      at,
      `"arn:aws:s3::\${aws:username}:b" is not a resource pattern that can be evaluated`,
      { ...statement, Resource: "arn:aws:s3::${aws:username}:b" },
    ],
    [
      at,
      `unknown policy variable \${transfer:HomeFolder}`,
      { ...statement, Resource: `${bucket}/\${transfer:HomeFolder}/*` },
    ],
    [at, `unknown policy variable \${aws:TagKeys}`, { ...statement, Resource: `${bucket}/\${aws:TagKeys}` }],
    [at, `unknown policy variable \${aws:username,x}`, { ...statement, Resource: `${bucket}/\${aws:username,x}` }],
    [
      at,
      `the policy variable in "${bucket}/\${aws:username" is not closed`,
      { ...statement, Resource: `${bucket}/\${aws:username` },
    ],
    [
      at,
      "${transfer:UserName} has a value in session policies only",
      { ...statement, Resource: `${bucket}/\${transfer:UserName}/*` },
    ],
  ];
  for (const [where, what, faulty] of cases) {
    refuses(where, what, () => compilePolicies({ identity: [policy(faulty)] }));
  }
  refuses("identity policy", `Version is not "2012-10-17"`, () =>
    compilePolicies({ identity: [{ ...policy(statement), Version: "2008-10-17" as "2012-10-17" }] }),
  );
  refuses("identity policy", `unknown element "Statements"`, () =>
    compilePolicies({ identity: [{ ...policy(statement), Statements: [] } as never] }),
  );
  refuses(`session policy, statement "Named"`, "Action is empty", () =>
    compilePolicies({ identity: [], session: policy({ ...statement, Sid: "Named", Action: [] }) }),
  );
});

describe("the evaluator refuses, in a condition,", () => {
  const cases: [operator: string, key: string, value: string | string[], what: string, where?: string][] = [
    ["DateLessThan", "s3:prefix", "2026-01-01", `unknown condition operator "DateLessThan"`, ""],
    ["stringequals", "s3:prefix", "a", `unknown condition operator "stringequals"`, ""],
    ["NullIfExists", "s3:prefix", "true", `unknown condition operator "NullIfExists"`, ""],
    ["ForSomeValue:StringLike", "s3:prefix", "a", `unknown condition operator "ForSomeValue:StringLike"`, ""],
    [
      "ForAnyValue:StringLikeIfExists",
      "s3:prefix",
      "a",
      `unknown condition operator "ForAnyValue:StringLikeIfExists"`,
      "",
    ],
    ["constructor", "s3:prefix", "a", `unknown condition operator "constructor"`, ""],
    ["StringEquals", "s3:ExistingObjectTag/team", "a", `unknown condition key "s3:ExistingObjectTag/team"`],
    ["StringEquals", "aws:madeUp", "a", `unknown condition key "aws:madeUp"`],
    // Of these the Kelvin sign and the long s would be letters of ASCII to Unicode.
    ["StringEquals", "aws:To\u212aenIssueTime", "a", 'unknown condition key "aws:To\u212aenIssueTime"'],
    ["StringEquals", "aws:Tag\u212aeys", "a", 'unknown condition key "aws:Tag\u212aeys"'],
    ["StringEquals", "aws:\u017fourceVpc", "a", 'unknown condition key "aws:\u017fourceVpc"'],
    ["StringEquals", "s3:prefix", [], "no value to compare with"],
    [
      "StringEqualsIgnoreCase",
      "s3:prefix",
      ["acme/", "\u00e9/"],
      "case is ignored among the letters of ASCII alone, and the value holds others",
    ],
    ["StringEquals", "aws:SecureTransport", "true", "StringEquals cannot test a key of type bool"],
    ["ArnLike", "s3:prefix", "arn:*:*:*:*:*", "ArnLike cannot test a key of type string"],
    ["Bool", "s3:prefix", "true", "Bool cannot test a key of type string"],
    ["NumericEquals", "s3:prefix", "1", "NumericEquals cannot test a key of type string"],
    ["StringEquals", "aws:TagKeys", "a", "a key of many values needs ForAnyValue: or ForAllValues:"],
    ["Bool", "aws:SecureTransport", "yes", `"yes" is neither true nor false`],
    ["Null", "s3:prefix", "yes", `Null takes "true" or "false"`],
    ["Null", "s3:prefix", ["true", "false"], `Null takes "true" or "false"`],
    ["NumericEquals", "s3:max-keys", "many", `"many" is not a decimal number`],
    ["NumericEquals", "s3:max-keys", "9007199254740993", `"9007199254740993" is not a decimal number`],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/08", `"10.0.0.0/08" is not an IPv4 address or range`],
    ["IpAddress", "aws:SourceIp", "2001:db8::/32", `"2001:db8::/32" is not an IPv4 address or range`],
    ["IpAddress", "aws:SourceIp", "10.0.0.0/33", `"10.0.0.0/33" is not an IPv4 address or range`],
    ["IpAddress", "aws:SourceIp", "10.0.0.256", `"10.0.0.256" is not an IPv4 address or range`],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:*", `"arn:aws:s3:*" does not have the six parts of an ARN`],
    ["StringLike", "s3:prefix", "${aws:madeUp}/*", "unknown policy variable ${aws:madeUp}"],
    ["StringLike", "transfer:UserName", "acme", "transfer:UserName has a value in session policies only"],
  ];
  for (const [operator, key, value, what, where = `, ${operator} ${key}`] of cases) {
    const faulty = { ...statement, Condition: { [operator]: { [key]: value } } };
    refuses(`identity policy, statement 0, Condition${where}`, what, () =>
      compilePolicies({ identity: [policy(faulty)] }),
    );
  }
  refuses("identity policy, statement 0, Condition, StringEquals", "no condition key to test", () =>
    compilePolicies({ identity: [policy({ ...statement, Condition: { StringEquals: {} } })] }),
  );
  it("but not one without any operator, which asks for nothing", () => {
    const policies = compilePolicies({ identity: [policy({ ...statement, Condition: {} })] });
    expect(decide(policies, asks("s3:GetObject", `${bucket}/x`)).allowed).to.equal(true);
  });
  refuses(
    "identity policy, statement 0, Condition, StringLike S3:Prefix",
    "the condition key stands twice under the same operator",
    () =>
      compilePolicies({
        identity: [policy({ ...statement, Condition: { StringLike: { "s3:prefix": "a", "S3:Prefix": "b" } } })],
      }),
  );
});

describe("the evaluator refuses, in a resource policy,", () => {
  const at = "resource policy, statement 0";
  refuses(at, "Principal is missing", () => compilePolicies({ identity: [], resource: policy(statement) }));
  refuses(at, "has neither Resource nor NotResource", () =>
    compilePolicies({ identity: [], resource: policy({ Effect: "Allow", Action: "s3:*", Principal: "*" }) }),
  );
  const principals: [kind: string, value: string][] = [
    ["Federated", "cognito-identity.amazonaws.com"],
    ["CanonicalUser", "79a59df900b949e5"],
    ["Anyone", "*"],
    ["Service", "*"],
    ["Service", "transfer.example.com"],
    ["AWS", "AROAEXAMPLE"],
    ["AWS", "arn:aws:iam::123456789012:role/*/x?"],
    ["AWS", "arn:aws:iam::*:root"],
    ["AWS", "arn:aws:iam::123456789012:group/x"],
    ["AWS", "arn:aws:sts::123456789012:assumed-role/access"],
    ["AWS", "arn:aws:iam::123456789012:role/${aws:username}"],
  ];
  for (const [kind, value] of principals) {
    refuses(`${at}, Principal`, `unknown principal ${kind} "${value}"`, () =>
      compilePolicies({ identity: [], resource: policy({ ...statement, Principal: { [kind]: value } }) }),
    );
  }
  for (const Principal of [{}, { AWS: [] }, { AWS: [], Service: [] }]) {
    refuses(`${at}, Principal`, "names nobody", () =>
      compilePolicies({ identity: [], resource: policy({ ...statement, Effect: "Deny", Principal }) }),
    );
  }
  refuses(`resource policy, statement "0"`, "allows everybody, which beside a session policy cannot be evaluated", () =>
    compilePolicies({ identity: [], session: policy(), resource: policy({ ...statement, Principal: "*" }) }),
  );

  it("but not a trust policy without Resource", () => {
    const trust = { Effect: "Allow", Principal: { AWS: roleArn }, Action: "sts:AssumeRole" };
    expect(() => compilePolicies({ identity: [], resource: policy(trust) })).not.to.throw();
  });
});

describe("the evaluator does not know", () => {
  const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const cases: [name: string, statement: object][] = [
    ["a Deny", { ...allow, Effect: "Deny", Resource: `${bucket}/\${aws:username}/*` }],
    ["a NotResource", { Effect: "Allow", Action: "s3:GetObject", NotResource: `${bucket}/\${aws:username}/*` }],
    ["a negated operator", { ...allow, Condition: { StringNotLike: { "s3:prefix": "${aws:username}/*" } } }],
  ];
  for (const [name, statement] of cases) {
    it(`${name} whose variable has no value in the request`, () => {
      const everything = (statement as { Effect: string }).Effect === "Deny" ? [allow] : [];
      const policies = compilePolicies({ identity: [policy(statement, ...everything)] });
      const decision = decide(policies, asks("s3:GetObject", `${bucket}/x`, { "s3:prefix": "x" }));
      expect(decision.reason).to.equal("unknown");
      expect(decision.unanswered).to.equal("aws:username");
    });
  }
});

describe("the evaluator refuses to decide", () => {
  it("on a number that is none", () => {
    const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const Condition = { NumericLessThan: { "s3:max-keys": "9" } };
    const policies = compilePolicies({ identity: [policy({ ...allow, Condition })] });
    expect(() => decide(policies, asks("s3:GetObject", "x", { "s3:max-keys": "few" }))).to.throw(
      UnsupportedPolicyError,
    );
  });
});
