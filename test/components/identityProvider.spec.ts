import { expect } from "chai";
import fc from "fast-check";
import { sessionPolicyTexts } from "../../access/documents";
import { grantsOf } from "../../access/grant";
import { recordsIn } from "../../functions/identity-provider/readRecords";
import { inventoryOf } from "../../inventory/inventory";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import type { DeployedTenant } from "../../tenancy/deployed";
import { tenants as drawnTenants } from "../access/tenants";
import { sshKey, tenant } from "../tenant";
import { documentIn, gatewayStack, ofType, only, type GatewayStackChanges } from "./gatewayStack";

const lambda = (changes: GatewayStackChanges = {}) => gatewayStack({ identityProvider: "lambda", ...changes });

/** A tenant without a key, of which thousands are made in no time. */
const byPassword = (name: string): DeployedTenant => tenant(name, { password: true, sshKeys: [], deployedKeys: [] });

const numbered = (count: number) => Array.from({ length: count }, (_, index) => byPassword(`tenant-${index}`));

/** The records in the package of the function. */
function recordsOf(deployment: Deployment) {
  const [code] = ofType(deployment, "aws:lambda/function:Function").flatMap(({ name, inputs }) =>
    name === "gw-identity-provider" ? [inputs["code"]] : [],
  );
  const { assets } = code as { assets: Readonly<Record<string, { asset: string; text?: string }>> };
  return Object.values(assets).flatMap(({ text }) => (text === undefined ? [] : recordsIn(text)));
}

/** Resources that wait for each other, as names; none, where the graph has an order. */
function circleIn({ resources }: Deployment): string[] {
  const waiting = new Map(
    resources.map(({ urn, parent, dependsOn }) => [urn, [...dependsOn, ...(parent ? [parent] : [])]]),
  );
  let before = -1;
  while (waiting.size !== before) {
    before = waiting.size;
    for (const [urn, needed] of waiting) {
      if (needed.every((each) => !waiting.has(each))) {
        waiting.delete(urn);
      }
    }
  }
  return [...waiting.keys()];
}

describe("a gateway whose logins a function decides", () => {
  let plain: Deployment;
  before(async () => (plain = await lambda()));

  it("has a server that asks the function, and neither users nor keys", async () => {
    const deployment = await lambda({
      authentication: "PUBLIC_KEY_AND_PASSWORD",
      tenants: [tenant("acme", { password: true })],
    });
    expect(only(deployment, "Server").inputs).to.include({
      identityProviderType: "AWS_LAMBDA",
      function: "arn:aws:lambda:eu-central-1:123456789012:function:project-test-identity-provider",
      sftpAuthenticationMethods: "PUBLIC_KEY_AND_PASSWORD",
    });
    expect([...ofType(deployment, "User"), ...ofType(deployment, "SshKey")]).to.deep.equal([]);
  });

  it("lets this server ask the function, and nobody else", () => {
    const permission = ofType(plain, "Permission").find(({ name }) => name === "gw-identity-provider");
    expect(permission?.inputs).to.deep.equal({
      statementId: "transfer",
      action: "lambda:InvokeFunction",
      function: "project-test-identity-provider",
      principal: "transfer.amazonaws.com",
      sourceArn: only(plain, "Server").outputs["arn"],
      sourceAccount: "123456789012",
    });
  });

  it("trusts Transfer for the server's users and for the server itself, of which it is not documented whom it names", () => {
    const { id } = only(plain, "Server");
    const role = ofType(plain, "Role").find(({ name }) => name === "gw-read-write") as DeployedResource;
    const own = "arn:aws:transfer:eu-central-1:123456789012";
    expect(JSON.stringify(documentIn(role, "assumeRolePolicy"))).to.include(
      `"aws:SourceArn":["${own}:user/${id}/*","${own}:server/${id}"]`,
    );
  });

  it("has a table with a way back that is protected as the bucket is, and read by the function alone", async () => {
    for (const protect of [true, false]) {
      const deployment = await lambda({ protect });
      const table = ofType(deployment, "Table").find(({ name }) => name === "gw-identity-provider");
      expect(table?.inputs).to.deep.include({
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: protect,
      });
      expect(table?.protect).to.equal(protect);
      expect(only(deployment, "aws:s3/bucket:Bucket").protect).to.equal(protect);
    }
  });

  it("gives the function settings of its own, and is told by alarms when nobody could log in", async () => {
    const deployment = await lambda({
      identityProviderMemory: 512,
      identityProviderTimeoutSeconds: 20,
      identityProviderConcurrency: 7,
      failedLoginThreshold: 9,
    });
    const asked = ofType(deployment, "aws:lambda/function:Function").find(
      ({ name }) => name === "gw-identity-provider",
    );
    expect(asked?.inputs).to.include({ memorySize: 512, timeout: 20, reservedConcurrentExecutions: 7 });
    const alarms = ofType(deployment, "MetricAlarm").filter(({ name }) => name.startsWith("gw-identity-provider-"));
    expect(Object.fromEntries(alarms.map(({ name, inputs }) => [name.slice(21), inputs["threshold"]]))).to.deep.equal({
      address: 9,
      corrupt: 1,
      duration: 16_000,
      errors: 1,
      request: 1,
      table: 1,
      throttles: 1,
      "wrong-password": 9,
    });
  });

  it("has no resource that waits for itself", () => {
    expect(circleIn(plain)).to.deep.equal([]);
  });

  it("has the records of its active tenants in the package, with every key whatever the day", async () => {
    const expired = { ...sshKey("old"), expires: "2020-01-01" };
    const keys = [sshKey("acme"), expired];
    const deployment = await lambda({
      today: "2026-06-01",
      tenants: [
        tenant("acme", { sshKeys: keys, deployedKeys: keys, allowedCidrs: ["203.0.113.0/24"] }),
        tenant("globex", { state: "suspended" }),
      ],
    });
    const [record, ...others] = recordsOf(deployment);
    expect(others).to.deep.equal([]);
    expect(record).to.deep.include({
      userName: "acme",
      tenant: "acme",
      password: false,
      allowedCidrs: ["203.0.113.0/24"],
    });
    expect(record?.keys.map(({ expires }) => expires)).to.have.members([undefined, "2020-01-01"]);
    expect(record?.role).to.equal("arn:aws:iam::123456789012:role/project-test-read-write");
    const grants = grantsOf(tenant("acme"));
    expect(record?.policy).to.equal(
      sessionPolicyTexts({ partition: "aws", bucket: "project-test-123456789012" })(grants),
    );
  });

  it("is read as if the service knew the users: the same roles, policies, folders and keys, whatever their shape", async () => {
    const drawn = fc.sample(drawnTenants, { numRuns: 20, seed: 13 }).flat();
    const tenants = [
      ...drawn.map((shape, index) => {
        const { name, userName, sshKeys, deployedKeys } = tenant(`t${index}-${shape.name}`);
        return { ...shape, name, userName, sshKeys, deployedKeys };
      }),
      tenant("globex", { userName: "Globex_Batch", access: "read-only" }),
    ];
    const users = [await gatewayStack({ tenants }), await lambda({ tenants })].map((deployment) =>
      inventoryOf(deployment).users.map(({ userName, tenant: name, roleArn, session, home, mappings, keys }) => ({
        ...{ userName, name, roleArn, home, mappings },
        session: session?.text,
        keys: keys.map(({ body }) => body),
      })),
    );
    expect(users[1]).to.have.length(tenants.length).above(50);
    expect(users[1]).to.deep.equal(users[0]);
  });

  it("has as many resources for 1,000 tenants as for 10, and changes one of them for one more", async () => {
    const [few, many, more] = [
      await lambda({ tenants: numbered(10) }),
      await lambda({ tenants: numbered(1000) }),
      await lambda({ tenants: numbered(11) }),
    ];
    expect(many.resources.map(({ urn }) => urn)).to.deep.equal(few.resources.map(({ urn }) => urn));
    const changed = few.resources.filter(
      ({ inputs }, index) => JSON.stringify(inputs) !== JSON.stringify(more.resources[index]?.inputs),
    );
    expect(changed.map(({ name, type }) => `${type} ${name}`)).to.deep.equal([
      "aws:lambda/function:Function gw-identity-provider",
    ]);
  });

  it("publishes up to 200 tenants, and none of more", async () => {
    const published = (deployment: Deployment) => Object.keys(deployment.outputs["tenants"] ?? {}).length;
    expect(published(await lambda({ tenants: numbered(200) }))).to.equal(200);
    const { outputs } = await lambda({ tenants: numbered(201) });
    expect(outputs).to.not.have.property("tenants");
    expect(
      published(await gatewayStack({ tenants: Array.from({ length: 201 }, (_, index) => tenant(`t-${index}`)) })),
    ).to.equal(201);
  });

  it("is refused a name that is longer than Lambda takes", async () => {
    const namePrefix = "p".repeat(47);
    const refused = await lambda({ namePrefix }).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(refused).to.include(
      '-identity-provider" has 65 characters; AWS takes 64 (Lambda API reference, CreateFunction)',
    );
  });
});
