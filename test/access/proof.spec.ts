import { expect } from "chai";
import { rootPrefixes, tenantPrefix } from "../../access/grant";
import { planAccess, type AccessPlan } from "../../access/plan";
import { prove, ProvenAccess } from "../../access/proof";
import { gatewayNames } from "../../names";
import { tenant } from "../tenant";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const names = gatewayNames("project-test", scope.account);

function planOf(): AccessPlan {
  return planAccess({ scope, names, tenants: [tenant("acme"), tenant("globex")], serviceRoles: [] });
}

function objectionsTo(plan: AccessPlan): string[] {
  return (prove(plan).objections ?? []).map(({ message }) => message);
}

describe("proven access", () => {
  it("is the plan itself, in which nothing can be changed any more", () => {
    const plan = planOf();
    const { access } = prove(plan);
    expect(ProvenAccess.planOf(access!)).to.equal(plan);
    expect(() => Object.assign(plan.users[0]!, { session: "" })).to.throw(TypeError);
    expect(() => Object.assign(plan.users[0]!.mappings[0]!, { target: "/b" })).to.throw(TypeError);
    expect(() => Object.assign(access!, { plan: planOf() })).to.throw(TypeError);
  });

  it("is made by the proof alone", () => {
    expect(() => new ProvenAccess(Symbol("the proof"), planOf())).to.throw("only the proof makes a ProvenAccess");
    for (const made of [{ plan: planOf() }, Object.create(ProvenAccess.prototype), { ...prove(planOf()).access }]) {
      expect(() => ProvenAccess.planOf(made as ProvenAccess)).to.throw("this access was not proven");
    }
  });

  const [acme] = planOf().users;
  const { loggingRole } = planOf();
  const widened = { ...acme!, session: acme!.session.replaceAll(tenantPrefix("acme"), rootPrefixes.tenants) };
  for (const [what, change, message] of [
    [
      "a session policy",
      { users: [widened] },
      /^tenant "acme": the session policy lists the bucket where s3:prefix is "\w+\/\*"/,
    ],
    [
      "a logging role that reads files",
      { loggingRole: { ...loggingRole, policy: loggingRole.policy.replace("logs:CreateLogGroup", "s3:GetObject") } },
      /the role allows s3:GetObject, and only access roles reach files/,
    ],
    [
      "a logging role that any service takes on",
      { loggingRole: { ...loggingRole, trust: loggingRole.trust.replace("transfer.", "ec2.") } },
      /the role's trust is not limited to transfer\.amazonaws\.com/,
    ],
    [
      "a trust in any server's users",
      { roles: planOf().roles.map((role) => ({ ...role, trust: role.trust.replace(":user/", ":") })) },
      /does not require aws:SourceArn to be a Transfer user of this account/,
    ],
    [
      "a bucket policy that lets somebody in",
      { bucketPolicy: planOf().bucketPolicy.replace('"Deny"', '"Allow"') },
      /the bucket policy allows access that no tenant's grants speak of/,
    ],
  ] as const) {
    it(`is refused for ${what}`, () => {
      expect(objectionsTo({ ...planOf(), ...change })[0]).to.match(message);
    });
  }
});
