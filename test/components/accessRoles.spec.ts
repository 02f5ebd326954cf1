import { expect } from "chai";
import { accessNames } from "../../tenancy/access";
import { rootPrefixes } from "../../access/grant";
import type { PolicyDocument } from "../../iam/policy";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { listedPrefixes, reachByTable, reachOf } from "../access/reach";
import { tenant } from "../tenant";
import { documentIn, gatewayStack, ofType, only, path } from "./gatewayStack";

const bucket = "arn:aws:s3:::project-test-123456789012";

function named(deployment: Deployment, type: string, name: string): DeployedResource {
  const found = ofType(deployment, type).find((resource) => resource.name === name);
  if (found === undefined) {
    throw new Error(`no ${type} called ${name}`);
  }
  return found;
}

describe("the access roles", () => {
  it("are one for each profile, whatever tenants there are", async () => {
    const names = accessNames.map((profile) => `gw-${profile}`).sort();
    const none = await gatewayStack({ tenants: [] });
    const many = await gatewayStack({ tenants: [tenant("acme"), tenant("globex", { access: "read-only" })] });
    for (const deployment of [none, many]) {
      expect(
        ofType(deployment, "Role")
          .filter((role) => path(deployment, role).includes("AccessRoles gw"))
          .map(({ name }) => name)
          .sort(),
      ).to.deep.equal(names);
    }
  });

  it("can be taken on by Transfer alone, for a user of this very server", async () => {
    const deployment = await gatewayStack();
    const serverId = only(deployment, "Server").id;
    for (const profile of accessNames) {
      expect(documentIn(named(deployment, "Role", `gw-${profile}`), "assumeRolePolicy")).to.deep.equal({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "transfer.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": "123456789012" },
              ArnLike: { "aws:SourceArn": `arn:aws:transfer:eu-central-1:123456789012:user/${serverId}/*` },
            },
          },
        ],
      });
    }
  });

  it("reach the tenants' and the spaces' part of the bucket and no further", async () => {
    const deployment = await gatewayStack();
    for (const access of accessNames) {
      const policy = documentIn(named(deployment, "RolePolicy", `gw-${access}`), "policy") as PolicyDocument;
      const places = [
        { prefix: rootPrefixes.tenants, access, shared: false },
        { prefix: rootPrefixes.shared, access, shared: true },
      ];
      expect(reachOf(policy.Statement), access).to.deep.equal(reachByTable(bucket, places));
      expect(listedPrefixes(policy.Statement), access).to.have.members(places.map(({ prefix }) => `${prefix}*`));
    }
  });

  it("hang in the tree with their policies below them", async () => {
    const deployment = await gatewayStack();
    expect(path(deployment, named(deployment, "RolePolicy", "gw-write-only"))).to.deep.equal([
      "SftpGateway gw",
      "AccessRoles gw",
      "Role gw-write-only",
      "RolePolicy gw-write-only",
    ]);
  });
});
