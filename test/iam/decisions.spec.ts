import { expect } from "chai";
import { compilePolicies, decide, type Decision } from "../../iam/evaluate";
import { acme, asks, bucket, policy, roleArn, sessionArn } from "./documents";

const role = policy({ Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `${bucket}/*` });
const session = policy({ Sid: "Objects", Effect: "Allow", Action: "s3:*", Resource: `${bucket}/acme/*` });

function decisionText({ allowed, reason, by }: Decision): string {
  expect(allowed).to.equal(reason === "allowed");
  return by === undefined ? reason : `${reason} by ${by.document} ${by.statement}`;
}

describe("the decision on a role session", () => {
  it("allows what the role and the session policy allow, and names the narrower one", () => {
    const policies = compilePolicies({ identity: [role], session });
    expect(decisionText(decide(policies, asks("s3:GetObject", `${bucket}/acme/x`)))).to.equal(
      "allowed by session Objects",
    );
  });

  it("denies what the role allows and the session policy does not", () => {
    const policies = compilePolicies({ identity: [role], session });
    expect(decisionText(decide(policies, asks("s3:GetObject", `${bucket}/acme-corp/x`)))).to.equal("implicit-deny");
  });

  it("denies what the session policy allows and the role does not", () => {
    const policies = compilePolicies({ identity: [role], session });
    expect(decisionText(decide(policies, asks("s3:DeleteObject", `${bucket}/acme/x`)))).to.equal("implicit-deny");
  });

  it("lets the role decide alone where there is no session policy", () => {
    const policies = compilePolicies({ identity: [role] });
    expect(decisionText(decide(policies, asks("s3:GetObject", `${bucket}/other/x`)))).to.equal("allowed by identity 0");
  });

  it("is content when one of several role policies allows", () => {
    const policies = compilePolicies({ identity: [policy(), role], session });
    expect(decide(policies, asks("s3:PutObject", `${bucket}/acme/x`)).allowed).to.equal(true);
  });

  it("denies everything without any policy, and with an empty session policy", () => {
    expect(decide(compilePolicies({ identity: [] }), asks("s3:GetObject", bucket)).allowed).to.equal(false);
    const empty = compilePolicies({ identity: [role], session: policy() });
    expect(decide(empty, asks("s3:GetObject", `${bucket}/acme/x`)).allowed).to.equal(false);
  });

  for (const document of ["identity", "session", "resource"] as const) {
    it(`lets an explicit deny in the ${document} policy win`, () => {
      const deny = {
        Sid: "No",
        Effect: "Deny",
        Action: "s3:GetObject",
        Resource: `${bucket}/acme/secret/*`,
        ...(document === "resource" ? { Principal: "*" } : {}),
      };
      const policies = compilePolicies({
        identity: document === "identity" ? [role, policy(deny)] : [role],
        session: document === "session" ? policy(...session.Statement, deny) : session,
        resource: document === "resource" ? policy(deny) : undefined,
      });
      const secret = asks("s3:GetObject", `${bucket}/acme/secret/x`);
      expect(decisionText(decide(policies, secret))).to.equal(`explicit-deny by ${document} No`);
      expect(decide(policies, asks("s3:GetObject", `${bucket}/acme/x`)).allowed).to.equal(true);
    });
  }

  it("reads actions in any case and resources in theirs", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", Action: "S3:getobject", Resource: `${bucket}/Acme/*` })],
    });
    expect(decide(policies, asks("s3:GETOBJECT", `${bucket}/Acme/x`)).allowed).to.equal(true);
    expect(decide(policies, asks("s3:GetObject", `${bucket}/acme/x`)).allowed).to.equal(false);
  });

  it("lets wildcards in actions stand for any characters of the action", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", Action: ["s3:Get?bject", "sqs:*"], Resource: "*" })],
    });
    expect(decide(policies, asks("s3:GetObject", `${bucket}/x`)).allowed).to.equal(true);
    expect(decide(policies, asks("s3:GetObjectAcl", `${bucket}/x`)).allowed).to.equal(false);
    expect(decide(policies, asks("sqs:SendMessage", "arn:aws:sqs:eu-central-1:123456789012:q")).allowed).to.equal(true);
  });

  it("applies NotAction and NotResource to everything else", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", NotAction: ["s3:Delete*"], NotResource: [`${bucket}/acme/*`, bucket] })],
    });
    expect(decide(policies, asks("s3:GetObject", `${bucket}/x`)).allowed).to.equal(true);
    expect(decide(policies, asks("s3:DeleteObject", `${bucket}/x`)).allowed).to.equal(false);
    expect(decide(policies, asks("s3:GetObject", `${bucket}/acme/x`)).allowed).to.equal(false);
    expect(decide(policies, asks("s3:ListBucket", bucket)).allowed).to.equal(false);
  });

  it("takes a `*` before the resource part over colons only where AWS does", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:*" })],
    });
    expect(decide(policies, asks("s3:GetObject", `${bucket}/x`)).allowed).to.equal(true);
    expect(decide(policies, asks("sqs:SendMessage", "arn:aws:sqs:eu-central-1:123456789012:q")).allowed).to.equal(
      false,
    );
  });

  it("finds nothing through the well-known ARN with a colon too few", () => {
    const policies = compilePolicies({
      identity: [policy({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3::b/*" })],
    });
    expect(decide(policies, asks("s3:GetObject", `${bucket}/x`)).allowed).to.equal(false);
  });
});

describe("the decision with a resource policy", () => {
  const request = asks("s3:GetObject", `${bucket}/acme/x`);
  const allow = (Principal: unknown) => policy({ Effect: "Allow", Principal, Action: "s3:*", Resource: `${bucket}/*` });
  const narrow = policy({ Effect: "Allow", Action: "s3:*", Resource: `${bucket}/elsewhere/*` });

  it("needs no role policy where the resource policy names the role", () => {
    expect(decide(compilePolicies({ identity: [], resource: allow({ AWS: roleArn }) }), request).allowed).to.equal(
      true,
    );
  });

  it("does not reach past the session policy by naming the role", () => {
    const policies = compilePolicies({ identity: [], session: narrow, resource: allow({ AWS: roleArn }) });
    expect(decide(policies, request).allowed).to.equal(false);
  });

  it("reaches past the session policy by naming the very session", () => {
    const policies = compilePolicies({ identity: [], session: narrow, resource: allow({ AWS: sessionArn }) });
    expect(decisionText(decide(policies, request))).to.equal("allowed by resource 0");
  });

  it("leaves the decision to the role's policies by naming the account", () => {
    for (const AWS of ["123456789012", "arn:aws:iam::123456789012:root"]) {
      expect(decide(compilePolicies({ identity: [], resource: allow({ AWS }) }), request).allowed).to.equal(false);
      expect(decide(compilePolicies({ identity: [role], resource: allow({ AWS }) }), request).allowed).to.equal(true);
    }
  });

  it("lets everybody in who is not narrowed by a session policy", () => {
    for (const everybody of ["*", { AWS: "*" }]) {
      const policies = compilePolicies({ identity: [], resource: allow(everybody) });
      expect(decide(policies, request).allowed).to.equal(true);
      expect(decide(policies, { ...request, principal: { kind: "anonymous" } }).allowed).to.equal(true);
    }
  });

  it("takes no notice of an Allow for somebody else", () => {
    const others = [
      "arn:aws:iam::123456789012:role/other",
      "arn:aws:sts::123456789012:assumed-role/access/other",
      "arn:aws:iam::123456789012:user/acme",
      "999999999999",
    ];
    expect(decide(compilePolicies({ identity: [], resource: allow({ AWS: others }) }), request).allowed).to.equal(
      false,
    );
  });

  it("applies a Deny for the account, the role or the session", () => {
    for (const AWS of ["123456789012", roleArn, sessionArn, "*"]) {
      const resource = policy({ Effect: "Deny", Principal: { AWS }, Action: "s3:*", Resource: "*" });
      expect(decide(compilePolicies({ identity: [role], resource }), request).reason).to.equal("explicit-deny");
    }
  });

  it("finds the role of a session by its name, whatever the role's path", () => {
    const principal = { ...acme, roleArn: "arn:aws:iam::123456789012:role/transfer/eu/access" };
    const policies = compilePolicies({ identity: [], session: narrow, resource: allow({ AWS: sessionArn }) });
    expect(decide(policies, { ...request, principal }).allowed).to.equal(true);
  });

  it("needs both sides across accounts", () => {
    const resourceAccount = "999999999999";
    for (const AWS of ["123456789012", roleArn, sessionArn]) {
      const alone = compilePolicies({ identity: [], resource: allow({ AWS }), resourceAccount });
      const both = compilePolicies({ identity: [role], resource: allow({ AWS }), resourceAccount });
      expect(decide(alone, request).allowed).to.equal(false);
      expect(decide(both, request).allowed).to.equal(true);
    }
    expect(decide(compilePolicies({ identity: [role], resourceAccount }), request).allowed).to.equal(false);
  });
});

describe("the decision on a service", () => {
  const trust = policy({
    Effect: "Allow",
    Principal: { Service: "transfer.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
  });
  const assumes = (service: string, account: string) => ({
    principal: { kind: "service" as const, service },
    action: "sts:AssumeRole",
    resource: roleArn,
    context: { "aws:SourceAccount": account },
  });

  it("asks the trust policy alone", () => {
    const policies = compilePolicies({ identity: [], resource: trust });
    expect(decide(policies, assumes("transfer.amazonaws.com", "123456789012")).allowed).to.equal(true);
    expect(decide(policies, assumes("transfer.amazonaws.com", "999999999999")).allowed).to.equal(false);
    expect(decide(policies, assumes("ec2.amazonaws.com", "123456789012")).allowed).to.equal(false);
  });

  it("gives a service nothing from a role's policies", () => {
    const policies = compilePolicies({ identity: [policy({ Effect: "Allow", Action: "*", Resource: "*" })] });
    expect(decide(policies, assumes("transfer.amazonaws.com", "123456789012")).allowed).to.equal(false);
  });

  it("applies a Deny for everybody to services", () => {
    const resource = policy(...trust.Statement, { Effect: "Deny", Principal: "*", Action: "sts:*", Resource: "*" });
    const decision = decide(
      compilePolicies({ identity: [], resource }),
      assumes("transfer.amazonaws.com", "123456789012"),
    );
    expect(decisionText(decision)).to.equal("explicit-deny by resource 1");
  });
});
