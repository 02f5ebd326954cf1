import { expect } from "chai";
import fc from "fast-check";
import { roleProfileOf, sessionPolicy } from "../../access/documents";
import { grantsOf, rootPrefixes, spacePrefix, tenantPrefix } from "../../access/grant";
import { planAccess } from "../../access/plan";
import { gatewayNames } from "../../names";
import type { DeployedTenant } from "../../tenancy/deployed";
import { bucketArn } from "../../iam/arn";
import { compilePolicies, decide } from "../../iam/evaluate";
import { listOf, policyDocument, policyText, type PolicyDocument, type Statement } from "../../iam/policy";
import type { Access } from "../../tenancy/model";
import { tenant } from "../tenant";
import { listedPrefixes, reachByTable, reachOf } from "./reach";
import { divided, landing, policyOf } from "./samplePolicies";
import { accesses, tenants } from "./tenants";
import { accessNames, accessProfiles } from "../../tenancy/access";

const bucket = bucketArn(landing.partition, landing.bucket);
const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const names = gatewayNames("sftp-gateway-dev", scope.account);

function usersOf(list: readonly DeployedTenant[]) {
  return planAccess({ scope, names, tenants: list, serviceRoles: [] }).users;
}

const resources = (statements: readonly Statement[]) => statements.flatMap(({ Resource }) => listOf(Resource));

/** Whether a session under the policy, with a role that allows everything, may do something to an object. */
function may(session: PolicyDocument, action: string, key: string): boolean {
  const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
  const principal = { kind: "role-session", account: "123456789012", roleArn: "role", sessionName: "acme" } as const;
  const request = { principal, action, resource: `${bucket}/${key}`, context: {} };
  return decide(compilePolicies({ identity: [everything], session }), request).allowed;
}

describe("a session policy", () => {
  for (const access of accessNames) {
    it(`of ${access} folders and spaces allows what the table of actions says, below their prefixes`, () => {
      const { Statement } = policyOf({ folders: [{ name: "box", access }], spaces: [{ name: "exchange", access }] });
      const places = [
        { prefix: `${tenantPrefix("acme")}box/`, access, shared: false },
        { prefix: spacePrefix("exchange"), access, shared: true },
      ];
      expect(reachOf(Statement)).to.deep.equal(reachByTable(bucket, places));
      expect(listedPrefixes(Statement)).to.have.members(places.map(({ prefix }) => `${prefix}*`));
    });
  }

  it("of a read-only tenant gets and changes nothing", () => {
    const policy = policyOf({ access: "read-only" });
    const file = `${tenantPrefix("acme")}order.csv`;
    expect(may(policy, "s3:GetObject", file)).to.equal(true);
    expect(may(policy, "s3:PutObject", file)).to.equal(false);
    expect(may(policy, "s3:DeleteObject", file)).to.equal(false);
  });

  it("of a tenant that fetches and then deletes gets and deletes, and puts nothing", () => {
    const policy = policyOf({ access: "read-delete" });
    const file = `${tenantPrefix("acme")}invoice.csv`;
    expect(may(policy, "s3:GetObject", file)).to.equal(true);
    expect(may(policy, "s3:DeleteObject", file)).to.equal(true);
    expect(may(policy, "s3:PutObject", file)).to.equal(false);
  });

  it("of a drop box puts; it gets markers, and .filepart so that WinSCP can rename", () => {
    const policy = policyOf({ access: "write-only" });
    const file = `${tenantPrefix("acme")}order.csv`;
    expect(may(policy, "s3:PutObject", file)).to.equal(true);
    expect(may(policy, "s3:GetObject", file)).to.equal(false);
    expect(may(policy, "s3:DeleteObject", file)).to.equal(false);
    expect(may(policy, "s3:GetObject", `${tenantPrefix("acme")}folder/`)).to.equal(true);
    expect(may(policy, "s3:GetObject", `${file}.filepart`)).to.equal(true);
    expect(may(policy, "s3:DeleteObject", `${file}.filepart`)).to.equal(true);
  });

  it("of a drop box in a space gives nothing on .filepart: members would read each other's", () => {
    const policy = policyOf({ access: "read-only", spaces: [{ name: "exchange", access: "write-only" }] });
    expect(may(policy, "s3:GetObject", `${spacePrefix("exchange")}folder/`)).to.equal(true);
    expect(may(policy, "s3:GetObject", `${spacePrefix("exchange")}order.csv.filepart`)).to.equal(false);
    expect(may(policy, "s3:DeleteObject", `${spacePrefix("exchange")}order.csv.filepart`)).to.equal(false);
  });

  it("of folders and spaces merges what has the same actions, and never opens the root", () => {
    const { Statement } = policyOf(divided);
    const actions = Statement.map(({ Action }) => listOf(Action).join());
    expect(new Set(actions)).to.have.property("size", actions.length);
    for (const key of ["", "order.csv", "elsewhere/order.csv"]) {
      for (const action of ["s3:GetObject", "s3:PutObject"]) {
        expect(may(policyOf(divided), action, `${tenantPrefix("acme")}${key}`), `${action} ${key}`).to.equal(false);
      }
    }
  });

  it("has its partition's ARNs", () => {
    const china = sessionPolicy({ ...landing, partition: "aws-cn" }, grantsOf(tenant("acme")));
    expect(resources(china.Statement)).to.satisfy((arns: string[]) =>
      arns.every((arn) => arn.startsWith("arn:aws-cn:")),
    );
  });

  it("has none of the three defects that are copied around", () => {
    fc.assert(
      fc.property(tenants, (deployed) => {
        for (const { grants } of usersOf(deployed)) {
          const { Statement } = sessionPolicy(landing, grants);
          for (const resource of resources(Statement)) {
            expect(resource, "bucket in the account field").to.match(/^arn:aws:s3:::[a-z]/);
            expect(resource, "fail-open object resource").to.match(/^[^*]*(\/\*(\/|\.filepart)?)?$/);
          }
          for (const prefix of listedPrefixes(Statement)) {
            expect(prefix, "leading slash").to.match(/^[^/*].*\/\*$/);
            expect(
              Object.values(rootPrefixes).some((root) => prefix.startsWith(root)),
              prefix,
            ).to.equal(true);
          }
        }
      }),
    );
  });

  it("is planned as the text of its document, whoever has had the same accesses before", () => {
    fc.assert(
      fc.property(tenants, (deployed) => {
        const { partition } = scope;
        for (const { grants, session } of usersOf(deployed)) {
          expect(session).to.equal(policyText(sessionPolicy({ partition, bucket: names.bucket }, grants)));
        }
      }),
    );
  });

  it("does not change when another tenant is added", () => {
    fc.assert(
      fc.property(tenants, (deployed) => {
        const [added, ...others] = usersOf(deployed);
        const alone = usersOf(deployed.filter(({ name }) => name !== added?.tenant));
        expect(alone).to.deep.equal(others);
      }),
    );
  });
});

describe("the prefixes", () => {
  const names = ["acme", "acme-corp", "acm"];
  const prefixes = [...Object.values(rootPrefixes), ...names.map(tenantPrefix), ...names.map(spacePrefix)];

  it("end in a slash, begin with none, and hold nothing that a pattern or IAM could take for more than a letter", () => {
    for (const prefix of prefixes) {
      expect(prefix).to.match(/^[a-z0-9-]+\/([a-z0-9-]+\/)?$/);
    }
  });

  it("hold nothing of each other, but for the roots, which hold what is theirs", () => {
    const holders = (prefix: string) => prefixes.filter((other) => other !== prefix && prefix.startsWith(other));
    expect(holders(tenantPrefix("acme-corp"))).to.deep.equal([rootPrefixes.tenants]);
    expect(holders(spacePrefix("acme-corp"))).to.deep.equal([rootPrefixes.shared]);
    expect(holders(rootPrefixes.tenants)).to.deep.equal([]);
    expect(holders(rootPrefixes.shared)).to.deep.equal([]);
  });
});

describe("the role of a tenant", () => {
  it("is the narrowest that holds what all of its grants let a client do", () => {
    const does = (access: Access): readonly string[] => accessProfiles[access].verbs;
    fc.assert(
      fc.property(fc.array(accesses, { minLength: 1 }), (list) => {
        const holdsAll = (access: Access) => list.flatMap(does).every((verb) => does(access).includes(verb));
        const role = roleProfileOf(list.map((access) => ({ access })));
        expect(holdsAll(role)).to.equal(true);
        expect(
          accessNames.filter((access) => does(access).length < does(role).length && holdsAll(access)),
        ).to.deep.equal([]);
      }),
    );
  });

  it("is that of reading where a tenant reads here, and reads and deletes there", () => {
    expect(roleProfileOf([{ access: "read-only" }, { access: "read-delete" }])).to.equal("read-delete");
    expect(roleProfileOf([{ access: "read-delete" }, { access: "write-only" }])).to.equal("read-write");
  });
});
