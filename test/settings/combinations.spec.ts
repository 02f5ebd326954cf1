import { expect } from "chai";
import { problemsOf, required } from "./files";

describe("two settings that AWS does not take together", () => {
  it("are named with both places where only a function could ask for what one of them says", () => {
    const authentication = "  sftp-gateway:authentication: PASSWORD\n";
    const both = (place: string) => [
      'Pulumi.dev.yaml:6:32: error: "sftp-gateway:authentication" is "PASSWORD" and "sftp-gateway:identityProvider" ' +
        `"service-managed"${place}; such a server takes keys alone; leave the first out, or let the second be lambda`,
    ];
    expect(problemsOf(required + authentication)).to.deep.equal(both(""));
    const serviceManaged = "  sftp-gateway:identityProvider: service-managed\n";
    expect(problemsOf(required + authentication + serviceManaged)).to.deep.equal(both(" (Pulumi.dev.yaml:7:34)"));
    const lambda = "  sftp-gateway:identityProvider: lambda\n";
    expect(problemsOf(required + authentication + lambda)).to.deep.equal([]);
  });

  it("are refused where one of them is about a function that the server does not ask", () => {
    const settings = {
      identityProviderMemory: 512,
      identityProviderTimeoutSeconds: 20,
      identityProviderConcurrency: 5,
    };
    for (const [name, value] of Object.entries(settings)) {
      const line = `  sftp-gateway:${name}: ${value}\n`;
      expect(problemsOf(required + line)).to.deep.equal([
        `Pulumi.dev.yaml:6:${name.length + 18}: error: "sftp-gateway:${name}" is ${value} and "sftp-gateway:identityProvider" ` +
          '"service-managed"; such a server asks no function; leave the first out, or let the second be lambda',
      ]);
      expect(problemsOf(`${required}${line}  sftp-gateway:identityProvider: lambda\n`)).to.deep.equal([]);
    }
  });

  it("are refused where AWS has no endpoint of the kind", () => {
    expect(problemsOf(`${required}  sftp-gateway:securityPolicy: TransferSecurityPolicy-FIPS-2025-03\n`)).to.deep.equal(
      [
        'Pulumi.dev.yaml:6:32: error: "sftp-gateway:securityPolicy" is "TransferSecurityPolicy-FIPS-2025-03" and "aws:region" ' +
          '"eu-central-1" (Pulumi.dev.yaml:2:15); Transfer has FIPS endpoints in us-east-1, us-east-2, us-west-1, us-west-2, ca-central-1, ca-west-1, ' +
          "us-gov-east-1, us-gov-west-1 alone: take TransferSecurityPolicy-2025-03, or another region",
      ],
    );
  });

  it("are refused where one of them lies in another partition of AWS", () => {
    const boundary = "  sftp-gateway:permissionsBoundary: arn:aws-us-gov:iam::123456789012:policy/edge\n";
    expect(problemsOf(required + boundary)).to.deep.equal([
      'Pulumi.dev.yaml:6:37: error: "sftp-gateway:permissionsBoundary" is "arn:aws-us-gov:iam::123456789012:policy/edge" and ' +
        '"aws:region" "eu-central-1" (Pulumi.dev.yaml:2:15); a policy of another partition bounds no role; here ARNs begin with ' +
        "arn:aws:",
    ]);
  });
});
