import { expect } from "chai";
import { vpcSettings } from "../golden/golden";
import { deployedWithRoles, type DeployedWithRoles } from "./deployedWithRoles";
import { isChange } from "./rights";
import { roleNames, RolesTemplate } from "./rolesTemplate";
import { allowed, allowedTogether, denied, type Question } from "./twoEvaluators";

describe("the workflows' roles for a stack with a network", () => {
  let vpc: DeployedWithRoles;
  let reading: Question[];
  let writing: Question[];
  before(async () => {
    vpc = await deployedWithRoles("dev", vpcSettings);
    const ofNetwork = vpc.rights.filter((_each, index) =>
      /^aws:(ec2|vpc|route53)\//.test(vpc.resources[index]?.type ?? ""),
    );
    reading = once(ofNetwork.flatMap(({ read }) => read));
    writing = once(ofNetwork.flatMap(({ write }) => write));
  });

  /** A right on many resources of a type is one question. */
  function once(questions: readonly Question[]): Question[] {
    return [...new Map(questions.map((question) => [question.action, question])).values()];
  }

  it("let a deployment make and change all of it, and a preview look", async () => {
    const deploy = { identity: vpc.template.documentsOf("DeployRole") };
    expect(await denied(deploy, [...reading, ...writing])).to.deep.equal([]);
    expect(await denied({ identity: vpc.template.documentsOf("ReadRole") }, reading)).to.deep.equal([]);
  });

  it("let a preview and the night change nothing of it", async () => {
    for (const role of ["ReadRole", "RetireRole"] as const) {
      const identity = vpc.template.documentsOf(role);
      expect(await allowed({ identity }, writing.filter(isChange)), role).to.deep.equal([]);
    }
  });

  it("reach nothing of a network or a name where the stack has none", async () => {
    const template = new RolesTemplate({ Stack: "dev", ServerId: vpc.serverId });
    const anybody = allowedTogether(...roleNames.map((role) => template.documentsOf(role)));
    expect(await allowed(anybody, [...reading, ...writing])).to.deep.equal([]);
  });

  it("change no network of another gateway or of nobody, and give it no tag", async () => {
    const identity = vpc.template.documentsOf("DeployRole");
    const onEc2 = writing.filter(({ action }) => action.startsWith("ec2:"));
    const others = [{}, { "aws:ResourceTag/sftp-gateway": "sftp-gateway-prod" }].flatMap((context) =>
      onEc2.map((question) => ({ ...question, context })),
    );
    expect(await allowed({ identity }, others)).to.deep.equal([]);
    const tagged = onEc2
      .filter(({ action }) => action === "ec2:CreateTags")
      .map((question) => ({ ...question, context: { "aws:RequestTag/sftp-gateway": "sftp-gateway-dev" } }));
    expect(tagged).not.to.deep.equal([]);
    expect(await allowed({ identity }, tagged)).to.deep.equal([]);
  });

  it("write no other record of the hosted zone, and none of another zone", async () => {
    const identity = vpc.template.documentsOf("DeployRole");
    const names = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
    const record = writing.filter(({ action }) => action === "route53:ChangeResourceRecordSets");
    expect(record).to.have.length(1);
    const others = record.flatMap((question) => [
      { ...question, context: { [names]: ["www.acme.example"] } },
      { ...question, at: question.at.replace(/[^/]+$/, "ZOTHER") },
    ]);
    expect(await allowed({ identity }, others)).to.deep.equal([]);
  });

  it("stay below IAM's limits where the stack has a KMS key as well", () => {
    const zone = { HostedZoneId: "Z0123456789ABC", Hostname: "sftp.acme.example" };
    const everything = new RolesTemplate({ Stack: "dev", Encryption: "kms", Endpoint: "vpc", ...zone });
    expect(Math.max(...everything.policyLengths())).to.be.lessThan(6144);
    expect(roleNames.map((role) => everything.documentsOf(role).length)).to.deep.equal([4, 10, 6]);
  });
});
