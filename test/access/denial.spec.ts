import { expect } from "chai";
import fc from "fast-check";
import { denialOf } from "../../access/denial";
import { planAccess, type AccessPlan, type UserPlan } from "../../access/plan";
import { listingContext, sessionContext } from "../../access/sessionContext";
import { compilePolicies, decide, parsePolicy, type AccessRequest, type RequestPrincipal } from "../../iam/evaluate";
import { policyDocument, type PolicyDocument } from "../../iam/policy";
import { gatewayNames } from "../../names";
import { tenant } from "../tenant";
import { scope } from "./claims";
import { tenants } from "./tenants";

const names = gatewayNames("sftp-gateway-dev", scope.account);
const resource = `arn:aws:s3:::${names.bucket}`;

type Request = Pick<AccessRequest, "action" | "resource" | "context">;

const request = (action: string, at: string, prefix?: string): Request => ({
  action,
  resource: at,
  context: { ...sessionContext(scope, "any"), ...listingContext(prefix) },
});

/** What a client can set off in any of the tenant's folders, and on the bucket. */
function requestsOf({ grants }: UserPlan): Request[] {
  const actions = ["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload"].map((name) => `s3:${name}`);
  return [
    request("s3:GetBucketLocation", resource),
    ...grants.flatMap(({ prefix }) => [
      request("s3:ListBucket", resource, prefix),
      request("s3:ListBucket", resource, `${prefix}sub/`),
      ...actions.flatMap((action) =>
        ["order.csv", "sub/", "sub/a.filepart"].map((key) => request(action, `${resource}/${prefix}${key}`)),
      ),
    ]),
  ];
}

function sessionOf({ userName, roleArn }: UserPlan): RequestPrincipal {
  const sessionName = `${userName}.0123456789abcdef@s-1234567890abcdef0`;
  return { kind: "role-session", account: scope.account, roleArn, roleId: "AROAEXAMPLE", sessionName };
}

/** Whether each request is allowed to a user's session under a bucket policy. */
function decisions(
  plan: AccessPlan,
  user: UserPlan,
  bucketPolicy: PolicyDocument,
  requests: readonly Request[],
): string[] {
  const role = plan.roles.find(({ arn }) => arn === user.roleArn);
  const policies = compilePolicies({
    identity: [parsePolicy(JSON.parse(role?.policy ?? ""), "role")],
    session: parsePolicy(JSON.parse(user.session), "session"),
    resource: bucketPolicy,
  });
  return requests.map((asked) => decide(policies, { ...asked, principal: sessionOf(user) }).reason);
}

/** Nothing of another's is lost, and what it was refused before may be refused in other words. */
const allowedOf = (found: readonly string[]) => found.map((reason) => reason === "allowed");

function denying(plan: AccessPlan, { tenant: name, userName }: UserPlan): PolicyDocument {
  const otherUserNames = plan.users.map((user) => user.userName).filter((other) => other !== userName);
  const roleArns = plan.roles.map(({ arn }) => arn);
  const denial = denialOf({ partition: "aws", bucket: names.bucket }, { name, userName, roleArns, otherUserNames });
  const text = JSON.stringify(policyDocument(...deployed(plan).Statement, ...denial));
  return parsePolicy(JSON.parse(text), "the policy that denies");
}

const deployed = (plan: AccessPlan) => parsePolicy(JSON.parse(plan.bucketPolicy), "the deployed policy");

/** Login names of which one goes on after another with a dot, which also stands before a session's own part. */
const dotted = (name: string) => name.replaceAll("-", ".");

describe("the denial of a tenant's sessions", () => {
  it("refuses all that the tenant asks, and changes nothing for anybody else", () => {
    fc.assert(
      fc.property(tenants, fc.nat(), (list, chosen) => {
        const logins = list.map((each) => ({ ...each, userName: dotted(each.name) }));
        const plan = planAccess({ scope, names, tenants: logins, serviceRoles: [] });
        const stopped = plan.users[chosen % plan.users.length]!;
        const policy = denying(plan, stopped);
        const requests = plan.users.flatMap(requestsOf);
        expect(new Set(decisions(plan, stopped, policy, requests))).to.deep.equal(new Set(["explicit-deny"]));
        expect(allowedOf(decisions(plan, stopped, deployed(plan), requests))).to.include(true);
        for (const user of plan.users.filter((each) => each !== stopped)) {
          expect(allowedOf(decisions(plan, user, policy, requests))).to.deep.equal(
            allowedOf(decisions(plan, user, deployed(plan), requests)),
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  const plan = planAccess({
    scope,
    names,
    tenants: [tenant("acme"), tenant("acme-corp", { userName: "acme.corp" })],
    serviceRoles: [],
  });
  const [acme, acmeCorp] = plan.users as [UserPlan, UserPlan];

  it("keeps from the tenant's own files whatever the service calls a session", () => {
    const other = { ...acme, userName: "called otherwise" };
    const [, ...own] = requestsOf(acme);
    const found = decisions(plan, other, denying(plan, acme), own);
    expect(new Set(found)).to.deep.equal(new Set(["explicit-deny"]));
  });

  it("lets a person and a program with roles of their own read the files", () => {
    const policies = compilePolicies({
      identity: [policyDocument({ Effect: "Allow", Action: "s3:*", Resource: "*" })],
      resource: denying(plan, acme),
    });
    const roleArn = `arn:aws:iam::${scope.account}:role/auditor`;
    const named = [acme.userName, `${acme.userName}.x@example`];
    for (const sessionName of named) {
      const principal = { ...sessionOf(acme), roleArn, sessionName } as RequestPrincipal;
      for (const asked of requestsOf(acme)) {
        expect(decide(policies, { ...asked, principal }).reason, asked.action).to.equal("allowed");
      }
    }
  });

  it("names a login that begins like the tenant's only where there is one", () => {
    const text = (user: UserPlan) => JSON.stringify(denying(plan, user));
    expect(text(acme)).to.include('"StringNotLike":{"aws:userid":["*:acme.corp.*@*"]}');
    expect(text(acmeCorp)).not.to.include("StringNotLike");
  });
});
