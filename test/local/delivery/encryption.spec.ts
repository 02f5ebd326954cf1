import { expect } from "chai";
import type { PolicyDocument } from "../../../iam/policy";
import { policyText, resource, type DeploymentDraft } from "../setting/deployment";
import { encryptedDeployment, gatewayOfEachTest, type ListeningGateway } from "../setting/listening";
import { opened, rawClient, written } from "../setting/protocol";

type Change = (deployment: DeploymentDraft) => void;

const document = (deployment: DeploymentDraft, type: string, name: string) =>
  JSON.parse(String(resource(deployment, type, name).inputs["policy"])) as PolicyDocument;

/** Takes one statement out of a policy. */
function without(type: string, name: string, sid: string): Change {
  return (deployment) => {
    const { Statement } = document(deployment, type, name);
    expect(Statement.map(({ Sid }) => Sid)).to.include(sid);
    resource(deployment, type, name).inputs["policy"] = policyText(
      Statement.filter(({ Sid }) => Sid !== sid) as unknown as Record<string, unknown>[],
    );
  };
}

/** Takes one action on the key from a statement of a policy. */
function withoutAction(type: string, name: string, action: string): Change {
  return (deployment) => {
    const policy = resource(deployment, type, name);
    const text = String(policy.inputs["policy"]);
    policy.inputs["policy"] = text.replace('["kms:GenerateDataKey","kms:Decrypt"]', `["${action}"]`);
    expect(policy.inputs["policy"]).not.to.equal(text);
  };
}

const keyArn = /arn:aws:kms:eu-central-1:123456789012:key\/[\w-]+/;

describe("deliveries under a key of the gateway's own", () => {
  const started = gatewayOfEachTest();

  async function changed(change: Change = () => undefined): Promise<ListeningGateway> {
    const deployment = await encryptedDeployment();
    change(deployment);
    return started({ deployment });
  }

  it("arrive when every grant is there", async () => {
    const running = await changed();
    await running.put("acme", "/a.txt");
    await running.until(() => running.events("tenant_acme").length === 1);
    expect(running.told("lost")).to.deep.equal([]);
    expect(running.told("dead-letter")).to.deep.equal([]);
  });

  it("are lost, and said, when the key does not admit the bucket's events", async () => {
    const running = await changed(without("Key", "gw", "LandingBucket"));
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    const { reason = "" } = running.told("lost")[0]!;
    expect(reason.replace(keyArn, "KEY")).to.equal(
      "s3.amazonaws.com for arn:aws:s3:::project-test-123456789012 may not do kms:GenerateDataKey on KEY",
    );
  });

  it("are lost when the key does not admit topics: neither the queue nor its dead letters can be written", async () => {
    const running = await changed(without("Key", "gw", "Topics"));
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]).to.include({ subscription: "gw-tenant-acme" });
    expect(running.told("lost")[0]!.reason).to.match(
      /sns\.amazonaws\.com for \S+-uploads may not do kms:GenerateDataKey/,
    );
    expect(running.lines("tenant_acme")).to.deep.equal([]);
  });

  it("are lost when the key does not admit the rule's dead letters", async () => {
    const running = await changed((deployment) => {
      without("Key", "gw", "PartialUploads")(deployment);
      const permission = resource(deployment, "Permission", "gw-partial-uploads");
      deployment.resources.splice(deployment.resources.indexOf(permission), 1);
    });
    const { client, sftp } = await rawClient(running.running, "acme");
    await written(sftp, await opened(sftp, "/half.bin", "w"), "half", 0);
    client.destroy();
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]!.reason).to.match(/events\.amazonaws\.com for \S+ may not do kms:GenerateDataKey/);
  });

  const ofRole: [what: string, change: Change][] = [
    ["may not use the key at all", without("RolePolicy", "gw-on-upload", "Key")],
    ["may make no data key", withoutAction("RolePolicy", "gw-on-upload", "kms:Decrypt")],
    ["may use no data key again", withoutAction("RolePolicy", "gw-on-upload", "kms:GenerateDataKey")],
    [
      "may use the key through another service alone",
      (deployment) => {
        const policy = resource(deployment, "RolePolicy", "gw-on-upload");
        policy.inputs["policy"] = String(policy.inputs["policy"]).replace('"sns.eu-central-1.amazonaws.com",', "");
      },
    ],
  ];
  for (const [what, change] of ofRole) {
    it(`fail the invocation of the function whose role ${what}`, async () => {
      const running = await changed(change);
      await running.put("acme", "/a.txt");
      await running.until(() => running.told("dead-letter").length + running.told("lost").length >= 1);
      expect(running.lines("tenant_acme")).to.deep.equal([]);
      const [said] = [...running.told("dead-letter"), ...running.told("lost")];
      expect(said!.reason).to.match(/the role \S+-on-upload may not do kms:(GenerateDataKey|Decrypt) on arn:aws:kms:/);
    });
  }
});
