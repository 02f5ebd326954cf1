import { expect } from "chai";
import fc from "fast-check";
import { loginRecords } from "../../../access/loginRecord";
import { planAccess, type UserPlan } from "../../../access/plan";
import { createHandler } from "../../../functions/identity-provider/handler";
import { gatewayNames } from "../../../names";
import { isExpired, type DeployedTenant } from "../../../tenancy/deployed";
import { tenants as drawnTenants } from "../../access/tenants";
import { outputOf } from "../output";
import { sshKey, tenant } from "../../tenant";
import { noon, portsOf, requestOf } from "./provider";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const names = gatewayNames("project-test", scope.account);
const today = "2026-11-25";

/** A thousand tenants in every shape of access; some with several keys, expired ones, and logins of their own. */
function thousandTenants(): DeployedTenant[] {
  const drawn = fc.sample(drawnTenants, { numRuns: 1_000, seed: 13 }).flat().slice(0, 1_000);
  return drawn.map((shape, index) => {
    const name = `${shape.name}-${index}`;
    const keys = Array.from({ length: 1 + (index % 3) }, (_, key) => ({
      ...sshKey(`${name}-${key}`),
      ...(key > 0 && { expires: ["2026-11-24", today, "2026-11-26"][index % 3]! }),
    }));
    return {
      ...shape,
      name,
      userName: index % 2 === 0 ? name : `login.${index}@example`,
      sshKeys: keys,
      deployedKeys: keys,
    };
  });
}

/** What the service is given of a user and keeps; see components/users.ts. */
function serviceManaged({ roleArn, session, mappings, homeDirectory, keys }: UserPlan) {
  return {
    Role: roleArn,
    Policy: session,
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryMappings: mappings.map(({ entry, target }) => ({ Entry: entry, Target: target })),
    ...(homeDirectory !== undefined && { HomeDirectory: homeDirectory }),
    keys: keys.filter((key) => !isExpired(key, today)).map(({ type, body }) => `${type} ${body}`),
  };
}

describe("the documents of an answer", () => {
  it("are, byte for byte, those of a service-managed user, for a thousand tenants in every shape", async () => {
    const plan = planAccess({ scope, names, tenants: thousandTenants(), serviceRoles: [] });
    expect(plan.users).to.have.length(1_000);
    const { ports } = portsOf({ records: loginRecords(plan), now: () => noon });
    const handler = createHandler(ports);
    await outputOf(async () => {
      for (const user of plan.users) {
        const answer = await handler(requestOf({ username: user.userName }), { awsRequestId: "1" });
        const { HomeDirectoryDetails = "", PublicKeys, ...documents } = answer;
        const mappings = JSON.parse(HomeDirectoryDetails) as unknown;
        expect({ ...documents, HomeDirectoryMappings: mappings, keys: PublicKeys }).to.deep.equal(serviceManaged(user));
        expect(HomeDirectoryDetails).to.equal(JSON.stringify(mappings));
      }
    }).then(({ error }) => {
      if (error !== undefined) {
        throw error as Error;
      }
    });
  });

  it("are not there for a suspended tenant", () => {
    const tenants = [tenant("acme"), tenant("globex", { state: "suspended", deployedKeys: [] })];
    const records = loginRecords(planAccess({ scope, names, tenants, serviceRoles: [] }));
    expect(records.map(({ userName }) => userName)).to.deep.equal(["acme"]);
  });

  it("say whether a password may admit, and from where", () => {
    const tenants = [tenant("acme", { password: true, allowedCidrs: ["203.0.113.0/24"] }), tenant("globex")];
    const [acme, globex] = loginRecords(planAccess({ scope, names, tenants, serviceRoles: [] }));
    expect(acme).to.include({ password: true }).and.to.have.deep.property("allowedCidrs", ["203.0.113.0/24"]);
    expect(globex).to.include({ password: false }).and.not.to.have.property("allowedCidrs");
  });
});
