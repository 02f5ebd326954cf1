import { expect } from "chai";
import { addDays } from "../../tenancy/date";
import { pricesAsOf } from "../../cost/prices";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

describe("npm run cost", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    repository.write("other.yaml", `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`);
  });
  after(() => repository.remove());

  const cost = (...flags: string[]) => repository.call("cost", "--tenants", "other.yaml", ...flags);

  it("says what a stack costs while nobody uses it, part by part", async () => {
    const { code, stdout, stderr } = await cost("--today", pricesAsOf);
    expect(code).to.equal(0);
    expect(stderr).to.equal("warning: stack dev lies in eu-central-1; the prices are those of us-east-1\n");
    expect(stdout).to.match(/^Stack dev costs 222\.\d\d USD a month while nobody uses it \(prices of us-east-1 on /);
    expect(stdout).to.match(/^ +219\.00 {2}server, hours of its protocols: 730 at 0\.3$/m);
  });

  it("warns on the day when its prices have grown old", async () => {
    const { code, stderr } = await cost("--today", addDays(pricesAsOf, 181));
    expect(code).to.equal(0);
    expect(stderr).to.include(`warning: the prices are of ${pricesAsOf}, more than 180 days ago`);
  });

  it("is data by --format json", async () => {
    const { stdout } = await cost("--today", pricesAsOf, "--format", "json");
    const report = JSON.parse(stdout) as { stack: string; fixed: { unpriced: string[] }; usage: unknown[] };
    expect(report).to.deep.include({ stack: "dev", prices: { region: "us-east-1", asOf: pricesAsOf } });
    expect(report.fixed.unpriced).to.deep.equal([]);
  });

  it("exits with 1 when nothing could be deployed", async () => {
    repository.write("wrong.yaml", "tenants:\n  - { name: acme }\n");
    const { code, stdout, stderr } = await repository.call("cost", "--tenants", "wrong.yaml");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.include('wrong.yaml:2:13: error: tenant "acme" has no SSH key');
  });

  it("exits with 2 for a stack that there is not", async () => {
    const { code, stderr } = await cost("--stack", "test");
    expect(code).to.equal(2);
    expect(stderr).to.match(/^error: --stack "test" is not a stack of this project; there are dev and prod\n/);
  });
});
