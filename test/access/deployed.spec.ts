import { join } from "node:path";
import { expect } from "chai";
import { proveIsolation } from "../../access/isolation";
import program from "../../index";
import { synthesise } from "../../synth/synthesise";
import { deployedTenants } from "../../tenancy/deployed";
import { loadTenancy } from "../../tenancy/load";
import { projectDirectory } from "../components/gatewayStack";
import { deployedClaim } from "./deployedClaim";

const today = "2026-06-01";

describe("the isolation of what is deployed", () => {
  for (const stack of ["dev", "prod"]) {
    it(`is proven from the resources of ${stack}: session policies, mappings, roles, their trust, the bucket's policy`, async () => {
      const { deployment, tenants } = await deployed(stack);
      expect(proveIsolation(deployedClaim(deployment, "eu-central-1", tenants))).to.deep.equal([]);
    });
  }
});

async function deployed(stack: string) {
  const deployment = await synthesise({
    directory: projectDirectory,
    stack,
    overrides: { "sftp-gateway:today": today },
    program,
  });
  const { tenancy } = loadTenancy(join(projectDirectory, "tenants.yaml"), { stacks: ["dev", "prod"], stack, today });
  if (tenancy === undefined) {
    throw new Error("the committed tenants.yaml is not valid");
  }
  return { deployment, tenants: deployedTenants(tenancy, stack, today) };
}
