import { expect } from "chai";
import { documentIn, gatewayStack, ofType, only, path, untagged } from "./gatewayStack";

describe("the SFTP server", () => {
  it("serves SFTP alone, with service-managed users, the chosen algorithms and structured logs", async () => {
    const deployment = await gatewayStack();
    const server = only(deployment, "Server");
    expect(untagged(server)).to.deep.equal({
      protocols: ["SFTP"],
      domain: "S3",
      endpointType: "PUBLIC",
      identityProviderType: "SERVICE_MANAGED",
      securityPolicyName: "TransferSecurityPolicy-2025-03",
      structuredLogDestinations: ["arn:aws:logs:eu-central-1:123456789012:log-group:/project-test:*"],
      loggingRole: ofType(deployment, "Role").find(({ name }) => name === "gw-logging")?.outputs["arn"],
      s3StorageOptions: { directoryListingOptimization: "ENABLED" },
      protocolDetails: { setStatOption: "ENABLE_NO_OP" },
    });
    expect(server.inputs["tags"]).to.include({ Name: "project-test" });
    expect(path(deployment, server)).to.deep.equal(["SftpGateway gw", "SftpServer gw", "Server gw"]);
  });

  it("is protected exactly where the stack says so", async () => {
    expect(only(await gatewayStack({ protect: true }), "Server").protect).to.equal(true);
    expect(only(await gatewayStack({ protect: false }), "Server").protect).to.equal(false);
  });

  it("keeps its host key when settings change: nothing that replaces a server follows from a setting", async () => {
    const one = only(await gatewayStack(), "Server");
    const other = only(
      await gatewayStack({
        protect: false,
        securityPolicy: "TransferSecurityPolicy-SshAuditCompliant-2025-02",
        roleLogging: false,
        logRetentionDays: 1,
        noncurrentVersionDays: 1,
        tenants: [],
      }),
      "Server",
    );
    for (const replacing of ["domain", "identityProviderType", "endpointDetails"]) {
      expect(other.inputs[replacing]).to.deep.equal(one.inputs[replacing]);
    }
    expect(other.inputs).not.to.have.property("hostKey");
  });
});

describe("the gateway's logs", () => {
  it("have groups of ours with one retention: the structured log's, the role-based log's, the function's", async () => {
    const deployment = await gatewayStack();
    const serverId = only(deployment, "Server").id;
    expect(ofType(deployment, "LogGroup").map(untagged)).to.deep.equal([
      { name: "/project-test", retentionInDays: 30 },
      { name: `/aws/transfer/${serverId}`, retentionInDays: 30 },
      { name: "/aws/lambda/project-test-on-upload", retentionInDays: 30 },
    ]);
    const roleLog = ofType(deployment, "LogGroup")[1];
    expect(roleLog?.protect).to.equal(false);
    expect(roleLog && path(deployment, roleLog)).to.deep.equal([
      "SftpGateway gw",
      "SftpServer gw",
      "Server gw",
      "LogGroup gw-role-log",
    ]);
  });

  it("come from the structured log alone where roleLogging is off", async () => {
    const deployment = await gatewayStack({ roleLogging: false });
    expect(only(deployment, "Server").inputs).not.to.have.property("loggingRole");
    expect(ofType(deployment, "LogGroup").map(({ inputs }) => inputs["name"])).to.deep.equal([
      "/project-test",
      "/aws/lambda/project-test-on-upload",
    ]);
  });

  it("are written with a role that Transfer alone takes on, for servers of this account", async () => {
    const deployment = await gatewayStack();
    const role = ofType(deployment, "Role").find(({ name }) => name === "gw-logging");
    expect(role && documentIn(role, "assumeRolePolicy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "transfer.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:transfer:eu-central-1:123456789012:server/*" },
          },
        },
      ],
    });
    const policy = ofType(deployment, "RolePolicy").find(({ name }) => name === "gw-logging");
    expect(policy && documentIn(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/transfer/*",
        },
      ],
    });
    expect(policy?.parent).to.equal(role?.urn);
  });
});
