import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fixedCosts, isPriced } from "../../cost/fixed";
import { prices, pricesAsOf, pricesGoodForDays } from "../../cost/prices";
import { costMarkdown, costReport, costText, costWarnings } from "../../cost/report";
import { usageCosts } from "../../cost/usage";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { resourceTypes } from "../../synth/resourceTypes";
import { addDays, isIsoDate } from "../../tenancy/date";
import { type GatewayStackChanges, gatewayStack } from "../components/gatewayStack";
import { tenant } from "../tenant";

/** A deployment of resources of these types, with these inputs. */
function deploymentOf(...resources: (readonly [type: string, inputs?: object, name?: string])[]): Deployment {
  const all = resources.map(
    ([type, inputs = {}, name = "gateway"]) => ({ type, name, inputs, custom: true }) as unknown as DeployedResource,
  );
  return { stack: "dev", resources: all, outputs: {} };
}

const server = ["aws:transfer/server:Server", { protocols: ["SFTP"] }] as const;

describe("the fixed cost of a stack", () => {
  it("is the server's hours, whatever else there is", () => {
    expect(fixedCosts(deploymentOf(server))).to.deep.equal({
      parts: [{ part: "server, hours of its protocols", units: 730, usdPerUnit: 0.3, usd: 219 }],
      usd: 219,
      unpriced: [],
    });
  });

  it("counts each protocol of a server", () => {
    expect(fixedCosts(deploymentOf(["aws:transfer/server:Server", { protocols: ["SFTP", "AS2"] }])).usd).to.equal(438);
  });

  const additions: [what: string, resource: readonly [string, object?], usd: number][] = [
    ["an alarm", ["aws:cloudwatch/metricAlarm:MetricAlarm"], 0.1],
    [
      "an alarm over an expression of two metrics",
      [
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        { metricQueries: [{ metric: {} }, { metric: {} }, { expression: "a/b" }] },
      ],
      0.2,
    ],
    ["a dashboard", ["aws:cloudwatch/dashboard:Dashboard"], 3],
    ["a KMS key", ["aws:kms/key:Key"], 1],
    ["an Elastic IP", ["aws:ec2/eip:Eip"], 3.65],
    ["a hosted zone", ["aws:route53/zone:Zone"], 0.5],
    ["a secret", ["aws:secretsmanager/secret:Secret"], 0.4],
    ["a user", ["aws:transfer/user:User"], 0],
    ["a bucket", ["aws:s3/bucket:Bucket"], 0],
  ];
  for (const [what, resource, usd] of additions) {
    it(`grows by ${usd} USD with ${what}`, () => {
      const { parts, usd: all } = fixedCosts(deploymentOf(server, resource));
      expect(all).to.be.closeTo(219 + usd, 1e-9);
      expect(parts).to.have.length(usd === 0 ? 1 : 2);
    });
  }

  it("names types without a price, once each, and counts nothing for them", () => {
    const strange = ["aws:ec2/instance:Instance"] as const;
    const { usd, unpriced } = fixedCosts(deploymentOf(server, strange, strange, ["random:index/randomId:RandomId"]));
    expect({ usd, unpriced }).to.deep.equal({
      usd: 219,
      unpriced: ["aws:ec2/instance:Instance", "random:index/randomId:RandomId"],
    });
  });

  it("knows every type that the program may register", () => {
    expect(Object.keys(resourceTypes).filter((type) => !isPriced(type))).to.deep.equal([]);
  });

  it("follows what is deployed: a tenant whose silence raises an alarm costs that alarm", async () => {
    const plain = fixedCosts(await gatewayStack());
    const watched = fixedCosts(await gatewayStack({ tenants: [tenant("acme", { expectEveryHours: 24 })] }));
    expect(plain.unpriced).to.deep.equal([]);
    expect(watched.usd - plain.usd).to.be.closeTo(0.1, 1e-9);
  });

  it("has a part for what a setting makes, and none where it is off or the thing is given", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-4333-8444-555555555555";
    const open = { allowedCidrs: ["192.0.2.0/24"] };
    const parts = async (args: GatewayStackChanges) => {
      const { parts: all, unpriced } = fixedCosts(await gatewayStack(args));
      expect(unpriced).to.deep.equal([]);
      const named = all.map(({ part, usd }) => `${part} ${usd.toFixed(2)}`);
      return named.filter((part) => /KMS|Elastic/.test(part));
    };
    expect(await parts({})).to.deep.equal([]);
    expect(await parts({ encryption: "kms" })).to.deep.equal(["KMS keys 1.00"]);
    expect(await parts({ encryption: "kms", kmsKeyArn })).to.deep.equal([]);
    expect(await parts({ endpoint: "vpc", ...open })).to.deep.equal(["Elastic IPs, hours 7.30"]);
    expect(await parts({ endpoint: "internal", ...open })).to.deep.equal([]);
  });

  it("is the same with a function that decides logins, which costs by the login", async () => {
    const [managed, decided] = [
      await gatewayStack(),
      await gatewayStack({ tenants: [tenant("acme", { password: true })], identityProvider: "lambda" }),
    ];
    const alarms = (deployment: Deployment) =>
      deployment.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm").length;
    const difference = fixedCosts(decided).usd - fixedCosts(managed).usd;
    expect(difference).to.be.closeTo((alarms(decided) - alarms(managed)) * prices.alarmMetric.usd, 1e-9);
    const uses = (deployment: Deployment) => usageCosts(deployment).map(({ use }) => use);
    expect(uses(decided)).to.include("a million logins");
    expect(uses(managed)).not.to.include("a million logins");
  });
});

describe("what use of a stack adds", () => {
  it("is AWS's price for each GB", () => {
    const [sent, kept] = usageCosts(deploymentOf(server));
    expect([sent, kept].map((cost) => cost?.usd)).to.deep.equal([0.04, 0.023]);
  });

  it("is twice as much a line of the log where there are two logs", () => {
    const lines = (inputs: object) =>
      usageCosts(deploymentOf(["aws:transfer/server:Server", inputs])).find(({ use }) => use.includes("lines"))?.usd;
    expect(lines({})).to.be.closeTo(0.25, 1e-9);
    expect(lines({ loggingRole: "arn" })).to.be.closeTo(0.5, 1e-9);
  });

  it("is, for an upload, what it is made of", () => {
    const lambda = ["aws:lambda/function:Function", { memorySize: 256 }, "gateway-on-upload"] as const;
    const of = (deployment: Deployment) => usageCosts(deployment).find(({ use }) => use === "a million uploads");
    expect(of(deploymentOf(server))).to.deep.include({ madeOf: "S3 5.00, log 0.50" });
    const told = of(deploymentOf(server, lambda));
    expect(told?.madeOf).to.equal("S3 5.00, log 0.50, messages 1.00, function 1.53, table 2.50");
    expect(told?.usd).to.be.closeTo(10.53, 0.01);
  });

  it("has the requests to the bucket's KMS key, whether it is made or given, and to none without", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-4333-8444-555555555555";
    for (const args of [{ encryption: "kms" }, { encryption: "kms", kmsKeyArn }] as const) {
      const last = usageCosts(await gatewayStack(args)).at(-1);
      expect(last?.use).to.equal("a million requests to the KMS key");
      expect(last?.usd).to.be.closeTo(3, 1e-9);
    }
    expect(usageCosts(await gatewayStack()).map(({ use }) => use)).not.to.include("a million requests to the KMS key");
  });
});

describe("the report of costs", () => {
  const report = costReport(deploymentOf(server, ["aws:cloudwatch/dashboard:Dashboard"]), "us-east-1");
  const last = addDays(pricesAsOf, pricesGoodForDays);

  it("says of which region and day its prices are, which pages of AWS's to compare, and where they were read", () => {
    expect(isIsoDate(pricesAsOf)).to.equal(true);
    const page = readFileSync(join(__dirname, "../../docs/COST.md"), "utf8");
    for (const { source, readIn } of Object.values(prices)) {
      expect(page).to.include(new URL(readIn).hostname);
      expect(source).to.match(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\//);
    }
    for (const render of [costText, costMarkdown]) {
      expect(render(report)).to.include(`us-east-1 on ${pricesAsOf}`).and.include("222.00");
    }
  });

  it("warns when the prices are old, and not a day before", () => {
    expect(costWarnings(report, last)).to.deep.equal([]);
    expect(costWarnings(report, addDays(last, 1))).to.deep.equal([
      `the prices are of ${pricesAsOf}, more than 180 days ago: compare cost/prices.ts with the pages it names`,
    ]);
  });

  it("warns of another region, and of what has no price", () => {
    const elsewhere = costReport(deploymentOf(server, ["aws:ec2/instance:Instance"]), "eu-central-1");
    expect(costWarnings(elsewhere, last)).to.deep.equal([
      "stack dev lies in eu-central-1; the prices are those of us-east-1",
      "no price is known for aws:ec2/instance:Instance: it is not counted",
    ]);
  });
});
