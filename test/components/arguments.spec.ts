import { expect } from "chai";
import type { SftpGatewayArgs } from "../../components/gatewayArgs";
import { SftpGateway } from "../../components/gateway";
import { synthesised } from "../fixtures/synthesised";
import { gatewayStack, projectDirectory } from "./gatewayStack";
import { refusalOf } from "./registrations";

/** What a gateway with these arguments is refused with. */
function refusal(args: SftpGatewayArgs): Promise<string> {
  return refusalOf(gatewayStack(args));
}

describe("the arguments of a gateway", () => {
  const wrong: [args: Record<string, unknown>, message: string][] = [
    [{ today: "2026-02-30" }, '"today" is "2026-02-30"; it is a day of the calendar as YYYY-MM-DD'],
    [{ noncurrentVersionDays: 0 }, '"noncurrentVersionDays" is 0; it is 1 or more'],
    [{ noncurrentVersionDays: 1.5 }, '"noncurrentVersionDays" is 1.5; it is a whole number, in decimal digits'],
    [{ failedLoginThreshold: "50" }, '"failedLoginThreshold" is "50"; it is a whole number, in decimal digits'],
    [{ protect: "yes" }, '"protect" is "yes"; it is true or false'],
    [{ alarmEmail: ["ops@acme.example"] }, '"alarmEmail" is a list; it is text'],
    [{ region: "" }, '"region" is empty; a region of AWS is called as eu-central-1 or us-east-1'],
    [{ region: "eu-cental-1" }, '"region" is "eu-cental-1"; did you mean "eu-central-1"?'],
    [
      { securityPolicy: "TransferSecurityPolicy-2025-13" },
      '"securityPolicy" is "TransferSecurityPolicy-2025-13"; there is no month 2025-13; a month is 01 to 12: ' +
        "TransferSecurityPolicy-2025-03",
    ],
    [{ tenantFile: "customers.yaml" }, 'unknown argument "tenantFile"; did you mean "tenantsFile"?'],
    [{ securityPolicyName: "x" }, 'unknown argument "securityPolicyName"; did you mean "securityPolicy"?'],
    [{ awsRegion: "eu-central-1" }, 'unknown argument "awsRegion"; did you mean "region"?'],
    [{ namePrefix: 42 }, '"namePrefix" is 42; it is text'],
    [{ hostKey: 42 }, '"hostKey": it is text'],
    [
      { namePrefix: "xn--partners" },
      'the name prefix "xn--partners" begins the bucket\'s name, and S3 keeps "xn--" for itself (S3 User Guide, "General ' +
        'purpose bucket naming rules"): choose a stack name, or a namePrefix, that begins otherwise',
    ],
    [
      { namePrefix: "p".repeat(47), identityProvider: "lambda" },
      `the name of the Lambda function "${"p".repeat(47)}-identity-provider" has 65 characters; AWS takes 64 (Lambda API ` +
        "reference, CreateFunction): choose a stack name, or a namePrefix, that is shorter by 1",
    ],
  ];
  for (const [args, message] of wrong) {
    it(`are refused as ${JSON.stringify(args)}, in the words of whoever gave them`, async () => {
      expect(await refusal(args)).to.equal(`nothing is deployed:\n${message}`);
    });
  }

  it("are refused with another region than the provider's, where the documents would mean nothing", async () => {
    const deployed = synthesised({
      directory: projectDirectory,
      stack: "dev",
      overrides: { "aws:region": "eu-west-1" },
      program: () => Promise.resolve({ id: new SftpGateway("gw", { region: "us-east-1" }).serverId }),
    });
    expect(await refusalOf(deployed)).to.equal(
      'nothing is deployed:\nthe gateway is planned for the region "us-east-1", and its provider deploys in "eu-west-1"; give ' +
        'it the provider of that region, or the argument "region" of that provider',
    );
  });

  it("are refused where two gateways would have the same names, which AWS would give to both", async () => {
    const two = (second: SftpGatewayArgs) =>
      synthesised({
        directory: projectDirectory,
        stack: "dev",
        program: () => {
          const gateways = [new SftpGateway("one"), new SftpGateway("two", second)];
          return Promise.resolve({ ids: gateways.map(({ serverId }) => serverId) });
        },
      });
    expect(await refusalOf(two({}))).to.equal(
      'nothing is deployed:\ntwo gateways have the name prefix "sftp-gateway-dev"; give each a "namePrefix" of its own',
    );
    expect(await refusalOf(two({ namePrefix: "sftp-gateway-two" }))).to.equal("");
  });

  it("are refused all at once, before anything is registered", async () => {
    const args = {
      logRetentionDays: 31,
      securityPolicy: "TransferSecurityPolicy-FIPS-2025-03",
      tenantsFile: "missing.yaml",
    };
    expect(await refusal(args)).to.match(
      /^nothing is deployed:\n"logRetentionDays" is 31; .* 3653 days\n"securityPolicy" is .* and "region" "eu-central-1"; /,
    );
  });
});
