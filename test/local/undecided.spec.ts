import { expect } from "chai";
import { bucketArn, deploymentOf, policyText, readWriteBelow, resource } from "./setting/deployment";
import { connected, outcome, rawClient, status } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

describe("deployed policies that ask for what is not known here", () => {
  const askingForTheAddress = (Effect: string, rest: object) => ({
    ...rest,
    Sid: "Office",
    Effect,
    Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  });

  it("deny what they do not decide, and the log says which statement asks for what", async () => {
    const deployment = deploymentOf({ tenant: "acme" });
    const deny = askingForTheAddress("Deny", { Action: "s3:PutObject", Resource: "*" });
    resource(deployment, "User").inputs["policy"] = policyText([...readWriteBelow("tenants/acme/"), deny]);
    const running = await RunningGateway.start(deployment);
    try {
      const { sftp } = await rawClient(running, "acme");
      expect(await outcome((done) => sftp.opendir("/", done))).to.equal(undefined);
      expect(await outcome((done) => sftp.writeFile("/a.txt", "x", done))).to.equal(status.denied);
      const [undecided] = running.eventsOf("ERROR");
      expect(undecided).to.include({
        operation: "s3:PutObject",
        path: `${bucketArn}/tenants/acme/a.txt`,
        message: 'statement "Office" of the session policy asks for aws:SourceIp, not known here',
      });
    } finally {
      await running.stop();
    }
  });

  it("keep everybody out where they cannot decide who takes the role on, and the log says why", async () => {
    const deployment = deploymentOf({ tenant: "acme" });
    const Principal = { Service: "transfer.amazonaws.com" };
    const deny = askingForTheAddress("Deny", { Principal, Action: "sts:AssumeRole" });
    const role = resource(deployment, "Role");
    const { Statement } = JSON.parse(String(role.inputs["assumeRolePolicy"])) as {
      Statement: Record<string, unknown>[];
    };
    role.inputs["assumeRolePolicy"] = policyText([...Statement, deny]);
    const running = await RunningGateway.start(deployment);
    try {
      const login = connected(running.port, "acme", running.privateKey("acme"));
      expect(await login.catch((error: Error) => error.message)).to.match(/authentication methods failed/);
      await running.until(() => running.eventsOf("AUTH_FAILURE").length > 0);
      expect(running.eventsOf("AUTH_FAILURE")[0]?.["message"]).to.equal(
        'statement "Office" of the resource policy asks for aws:SourceIp, not known here',
      );
    } finally {
      await running.stop();
    }
  });
});
