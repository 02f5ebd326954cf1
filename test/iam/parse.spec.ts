import { expect } from "chai";
import fc from "fast-check";
import { parsePolicy, UnsupportedPolicyError } from "../../iam/evaluate";

const document = {
  Version: "2012-10-17",
  Id: "x",
  Statement: [
    {
      Sid: "A",
      Effect: "Deny",
      Principal: { AWS: ["*"], Service: "s3.amazonaws.com" },
      NotAction: ["s3:*"],
      NotResource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    { Effect: "Allow", NotPrincipal: "*", Action: "s3:*", Resource: ["*"] },
  ],
};

describe("parsePolicy", () => {
  it("reads a document from text and from an object", () => {
    expect(parsePolicy(document, "policy")).to.deep.equal(document);
    expect(parsePolicy(JSON.stringify(document), "policy")).to.deep.equal(document);
    expect(parsePolicy(JSON.stringify(document, null, 2), "policy")).to.deep.equal(document);
  });

  it("takes a single statement, and numbers and booleans among condition values", () => {
    const { Statement } = parsePolicy(
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": true }, NumericEquals: { "s3:max-keys": [1, 2] } },
        },
      },
      "policy",
    );
    expect(Statement).to.have.length(1);
    expect(Statement[0]?.Condition).to.deep.equal({
      Bool: { "aws:SecureTransport": "true" },
      NumericEquals: { "s3:max-keys": ["1", "2"] },
    });
  });

  const allow = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
  const faulty: [text: string, message: string][] = [
    ["", "policy: is not JSON"],
    ["{", "policy: is not JSON"],
    ["[]", "policy: is not a mapping"],
    ["null", "policy: is not a mapping"],
    ['"{}"', "policy: is not a mapping"],
    ["{}", 'policy: Version is not "2012-10-17"'],
    ['{"Version":"2008-10-17","Statement":[]}', 'policy: Version is not "2012-10-17"'],
    ['{"Version":"2012-10-17"}', "policy: has no Statement"],
    ['{"Version":"2012-10-17","Statement":[],"statement":[]}', 'policy: unknown element "statement"'],
    ['{"Version":"2012-10-17","Id":1,"Statement":[]}', "policy, Id: is not a text"],
    ['{"Version":"2012-10-17","Statement":["x"]}', "policy, statement 0: is not a mapping"],
    [`{"Version":"2012-10-17","Statement":[${allow},{}]}`, 'policy, statement 1: Effect is neither "Allow" nor "Deny"'],
    [
      '{"Version":"2012-10-17","Statement":{"Effect":1}}',
      'policy, statement 0, Effect: Effect is neither "Allow" nor "Deny"',
    ],
    ['{"Version":"2012-10-17","Statement":{"effect":1}}', 'policy, statement 0: unknown element "effect"'],
    ['{"Version":"2012-10-17","Statement":{"toString":1}}', 'policy, statement 0: unknown element "toString"'],
    ['{"Version":"2012-10-17","Statement":{"Action":[1]}}', "policy, statement 0, Action: is not a text"],
    ['{"Version":"2012-10-17","Statement":{"Resource":{}}}', "policy, statement 0, Resource: is not a text"],
    ['{"Version":"2012-10-17","Statement":{"Principal":"acme"}}', "policy, statement 0, Principal: is not a mapping"],
    [
      '{"Version":"2012-10-17","Statement":{"Principal":{"aws":"*"}}}',
      'policy, statement 0, Principal: unknown kind "aws"',
    ],
    ['{"Version":"2012-10-17","Statement":{"Condition":[]}}', "policy, statement 0, Condition: is not a mapping"],
    [
      '{"Version":"2012-10-17","Statement":{"Condition":{"Bool":{"x":{}}}}}',
      "policy, statement 0, Condition, Bool x: is not a text",
    ],
    [
      '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Effect":"Allow","Action":"s3:*","Resource":"*"}}',
      "policy: has the same key twice in one object",
    ],
    [
      `{"Version":"2012-10-17","Statement":[${allow.replace("}", ',"Condition":{"Bool":{"x:y":"a","x:y":"b"}}}')}]}`,
      "policy: has the same key twice in one object",
    ],
    [
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","\\u0041ction":"*","Resource":"*"}}',
      "policy: has the same key twice in one object",
    ],
    [
      '{"Version":"2012-10-17","Statement":[],"Id":"a\\"b\\":", "Id":"c"}',
      "policy: has the same key twice in one object",
    ],
  ];
  for (const [text, message] of faulty) {
    it(`refuses ${text}`, () => {
      expect(() => parsePolicy(text, "policy")).to.throw(UnsupportedPolicyError, message);
    });
  }

  it("reads the version of 2008, or none, only for those who ask for it", () => {
    const { Version, ...rest } = document;
    for (const old of [{ Version: "2008-10-17", ...rest }, rest]) {
      expect(parsePolicy(old, "policy", { anyVersion: true })).to.deep.equal({ Version, ...rest });
      expect(() => parsePolicy(old, "policy")).to.throw(UnsupportedPolicyError, "Version");
    }
    const made = { ...rest, Version: "2026-01-01" };
    expect(() => parsePolicy(made, "policy", { anyVersion: true })).to.throw(UnsupportedPolicyError, "Version");
  });

  it("refuses every text in which a key is written twice, whatever it is and wherever", () => {
    const text = JSON.stringify(document);
    const keys = [...text.matchAll(/"([^"]+)":/g)].map(({ 0: key, index }) => ({ key, index }));
    const escaped = (key: string) =>
      key.replace(/^"(.)/, (_all, first: string) => `"\\u${first.charCodeAt(0).toString(16).padStart(4, "0")}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.boolean(),
        fc.constantFrom("", " ", "\n"),
        ({ key, index }, isEscaped, blank) => {
          const again = `${isEscaped ? escaped(key) : key}${blank}null,`;
          const twice = `${text.slice(0, index)}${again}${text.slice(index)}`;
          expect(() => parsePolicy(twice, "policy")).to.throw(UnsupportedPolicyError, "the same key twice");
        },
      ),
      { seed: 20260101 },
    );
  });

  it("refuses text that is nested without end, and whatever else is thrown at it", () => {
    expect(() => parsePolicy("[".repeat(1_000_000), "policy")).to.throw(UnsupportedPolicyError);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parsePolicy(value, "policy")).to.throw(UnsupportedPolicyError);
      }),
      { seed: 20260101 },
    );
  });
});
