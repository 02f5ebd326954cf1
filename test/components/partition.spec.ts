import { expect } from "chai";
import program from "../../index";
import { synthesised } from "../fixtures/synthesised";
import { goldenDeployments } from "../golden/golden";
import { projectDirectory } from "./gatewayStack";

describe("a stack in GovCloud", () => {
  for (const logins of ["service-managed", "lambda"]) {
    it(`has no ARN and no endpoint of another partition, where logins are ${logins}`, async () => {
      const { stack, tenantsFile, settings } = goldenDeployments.find(({ name }) => name === "govcloud")!;
      const overrides = {
        ...{ "sftp-gateway:today": "2026-06-01", "sftp-gateway:tenantsFile": tenantsFile },
        ...settings,
        "sftp-gateway:identityProvider": logins,
      };
      const { resources, outputs } = await synthesised({ directory: projectDirectory, stack, overrides, program });
      const text = JSON.stringify([resources, outputs]);
      expect(text).to.include("arn:aws-us-gov:");
      expect([...text.matchAll(/arn:aws(?!-us-gov):[^"]*|eu-central-1|us-east-1/g)].map(String)).to.deep.equal([]);
    });
  }
});
