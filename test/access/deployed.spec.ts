import { join } from "node:path";
import { expect } from "chai";
import { grantsOf } from "../../access/grant";
import { proveIsolation } from "../../access/isolation";
import program from "../../index";
import { claimOf } from "../../inventory/claim";
import { inventoryOf } from "../../inventory/inventory";
import { synthesised } from "../fixtures/synthesised";
import { tenantsIn } from "../../tenancy/deployed";
import { loadTenancy } from "../../tenancy/load";
import { ofType, projectDirectory } from "../components/gatewayStack";

const today = "2026-06-01";

describe("the isolation of what is deployed", () => {
  for (const stack of ["dev", "prod"]) {
    it(`is proven from the resources of ${stack}: session policies, mappings, roles, their trust, the bucket's policy`, async () => {
      const { deployment, tenancy } = await deployed(stack);
      const granted = tenantsIn(tenancy, stack).map((tenant) => ({
        tenant: tenant.name,
        userName: tenant.userName,
        grants: grantsOf(tenant),
      }));
      const claim = claimOf(inventoryOf(deployment), granted);
      expect(claim.users).to.have.lengthOf(ofType(deployment, "User").length);
      const takenOn = new Set(ofType(deployment, "User").map(({ inputs }) => inputs["role"]));
      expect(new Set(claim.roles.map(({ arn }) => arn))).to.deep.equal(takenOn);
      expect(claim.roles.filter(({ policies, trust }) => policies.length !== 1 || trust === undefined)).to.deep.equal(
        [],
      );
      expect(claim.bucketPolicy).to.be.a("string");
      expect(proveIsolation(claim)).to.deep.equal([]);
    });
  }
});

async function deployed(stack: string) {
  const deployment = await synthesised({
    directory: projectDirectory,
    stack,
    overrides: { "sftp-gateway:today": today },
    program,
  });
  const { tenancy } = loadTenancy(join(projectDirectory, "tenants.yaml"), { stacks: ["dev", "prod"], stack, today });
  if (tenancy === undefined) {
    throw new Error("the committed tenants.yaml is not valid");
  }
  return { deployment, tenancy };
}
