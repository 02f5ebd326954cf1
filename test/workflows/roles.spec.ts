import { expect } from "chai";
import { bucketArn } from "../../iam/arn";
import { syntheticAccount } from "../../synth/computed";
import { goldenStacks, lambdaSettings } from "../golden/golden";
import { deployedWithRoles } from "./deployedWithRoles";
import { differentQuestions, isChange, isOfAPerson, type Rights } from "./rights";
import { roleNames, type RolesTemplate } from "./rolesTemplate";
import { allowed, allowedTogether, denied, textOf } from "./twoEvaluators";

for (const { stack, settings } of [
  ...goldenStacks.map((stack) => ({ stack, settings: {} })),
  { stack: "dev", settings: lambdaSettings },
]) {
  describe(`the workflows' roles for ${stack}${settings === lambdaSettings ? " with an identity provider" : ""}`, () => {
    let template: RolesTemplate;
    let rights: readonly Rights[];
    before(async () => ({ template, rights } = await deployedWithRoles(stack, settings)));

    it("let a deployment do all that its resources take but what is a person's, and a preview look", async () => {
      const reading = differentQuestions(rights.flatMap(({ read }) => read));
      const everything = differentQuestions([...reading, ...rights.flatMap(({ write }) => write)]);
      const deploy = { identity: template.documentsOf("DeployRole") };
      expect(await denied(deploy, everything)).to.deep.equal(everything.filter(isOfAPerson).map(textOf));
      expect(await denied({ identity: template.documentsOf("ReadRole") }, reading)).to.deep.equal([]);
    });

    it("let a preview change nothing, and the night delete keys alone", async () => {
      const changes = differentQuestions(rights.flatMap(({ write }) => write)).filter(isChange);
      const deletions = changes.filter(({ action }) => action === "transfer:DeleteSshPublicKey");
      const [read, retire] = [template.documentsOf("ReadRole"), template.documentsOf("RetireRole")];
      expect(await allowed(allowedTogether(read, retire), changes)).to.deep.equal(deletions.map(textOf));
      expect(await allowed({ identity: retire }, deletions)).to.deep.equal(deletions.map(textOf));
      expect(await allowed({ identity: read }, deletions)).to.deep.equal([]);
    });

    it("let nobody read or write a tenant's files", async () => {
      const at = `${bucketArn("aws", `sftp-gateway-${stack}-${syntheticAccount}`)}/tenants/acme/order.csv`;
      const actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion"];
      const anybody = allowedTogether(...roleNames.map((role) => template.documentsOf(role)));
      const questions = actions.map((action) => ({ action, at }));
      expect(await allowed(anybody, questions)).to.deep.equal([]);
    });

    it("trust the workflows of this repository, each in its own place", () => {
      const subjects = roleNames.map((role) => {
        const statements = template.trustOf(role);
        return statements.map(({ Action, Condition: { StringEquals } }) => {
          expect(Action).to.equal("sts:AssumeRoleWithWebIdentity");
          expect(StringEquals["token.actions.githubusercontent.com:aud"]).to.equal("sts.amazonaws.com");
          return StringEquals["token.actions.githubusercontent.com:sub"];
        });
      });
      expect(subjects).to.deep.equal([
        ["repo:acme/gateway:ref:refs/heads/main"],
        [`repo:acme/gateway:environment:${stack}`],
        [`repo:acme/gateway:environment:${stack}-nightly`],
      ]);
    });

    it("stay below IAM's limits: 6,144 characters a managed policy, and 10 policies a role", () => {
      expect(Math.max(...template.policyLengths())).to.be.lessThan(6144);
      expect(Math.max(...roleNames.map((role) => template.documentsOf(role).length))).to.be.at.most(10);
    });
  });
}
