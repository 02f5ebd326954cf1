import { expect } from "chai";
import fc from "fast-check";
import { loginRecords } from "../../../access/loginRecord";
import { planAccess } from "../../../access/plan";
import { createHandler } from "../../../functions/identity-provider/handler";
import { gatewayNames } from "../../../names";
import type { Deployment } from "../../../synth/deployment";
import type { DeployedTenant } from "../../../tenancy/deployed";
import { tenants as drawnTenants } from "../../access/tenants";
import { gatewayStack, ofType } from "../../components/gatewayStack";
import { outputOf } from "../output";
import { sshKey, tenant } from "../../tenant";
import { noon, portsOf, requestOf } from "./provider";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const names = gatewayNames("project-test", scope.account);
const today = "2026-11-25";

type Mapping = Readonly<Record<"entry" | "target", string>>;

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

/** What the service is registered with of each user and its keys, by login name, in the words of an answer. */
function serviceManagedUsers(deployment: Deployment): Map<unknown, object> {
  const keys = ofType(deployment, "SshKey").map(({ inputs }) => inputs);
  return new Map(
    ofType(deployment, "User").map(({ inputs: { userName, ...user } }) => [
      userName,
      {
        Role: user["role"],
        Policy: user["policy"],
        HomeDirectoryType: user["homeDirectoryType"],
        HomeDirectoryDetails: JSON.stringify(
          (user["homeDirectoryMappings"] as Mapping[]).map(({ entry, target }) => ({ Entry: entry, Target: target })),
        ),
        ...(user["homeDirectory"] !== undefined && { HomeDirectory: user["homeDirectory"] }),
        PublicKeys: keys
          .filter((key) => key["userName"] === userName)
          .map((key) => String(key["body"]))
          .sort(),
      },
    ]),
  );
}

describe("the documents of an answer", () => {
  it("are, byte for byte, those that a service-managed stack registers, for a thousand tenants in every shape", async () => {
    const tenants = thousandTenants();
    const expected = serviceManagedUsers(await gatewayStack({ today, tenants }));
    const records = loginRecords(planAccess({ scope, names, tenants, serviceRoles: [] }));
    const handler = createHandler(portsOf({ records, now: () => noon }).ports);
    const answers = new Map<unknown, object>();
    const { error } = await outputOf(async () => {
      for (const { userName } of tenants) {
        const { PublicKeys, ...documents } = await handler(requestOf({ username: userName }), { awsRequestId: "1" });
        answers.set(userName, { ...documents, PublicKeys: PublicKeys?.sort() });
      }
    });
    expect(error).to.equal(undefined);
    expect(answers.size).to.equal(1_000);
    expect(answers).to.deep.equal(expected);
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
