import { expect } from "chai";
import { tenantPrefix } from "../../../access/grant";
import { policyText, resource, type DeploymentDraft } from "../setting/deployment";
import { gatewayOfEachTest, listeningDeployment, type ListeningGateway } from "../setting/listening";
import { opened, rawClient, written } from "../setting/protocol";

const account = "eu-central-1:123456789012";

describe("deliveries that a policy forbids", () => {
  const started = gatewayOfEachTest();

  async function changed(change: (deployment: DeploymentDraft) => void): Promise<ListeningGateway> {
    const deployment = await listeningDeployment();
    change(deployment);
    return started({ deployment });
  }

  const withoutPermission = (name: string) => (deployment: DeploymentDraft) => {
    deployment.resources.splice(deployment.resources.indexOf(resource(deployment, "Permission", name)), 1);
  };

  it("are lost, and said, when the topic no longer admits the bucket", async () => {
    const running = await changed((deployment) => {
      const policy = resource(deployment, "TopicPolicy", "gw-arrivals");
      policy.inputs["policy"] = String(policy.inputs["policy"]).replace(":::project-test-", ":::another-");
    });
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]).to.deep.equal({
      event: "lost",
      bucket: "gw",
      what: `/project-test-123456789012/${tenantPrefix("acme")}a.txt`,
      owner: "tenant:acme",
      reason:
        's3.amazonaws.com may not do sns:Publish on Topic "gw-arrivals" for arn:aws:s3:::project-test-123456789012',
    });
    expect(running.lines("tenant_acme")).to.deep.equal([]);
  });

  it("are lost, and said, when the topic's policy asks for what is not known here", async () => {
    const running = await changed((deployment) => {
      const policy = resource(deployment, "TopicPolicy", "gw-arrivals");
      const { Statement } = JSON.parse(String(policy.inputs["policy"])) as { Statement: Record<string, unknown>[] };
      const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
      const deny = { Sid: "Network", Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*", Condition };
      policy.inputs["policy"] = policyText([...Statement, deny]);
    });
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]).to.include({
      reason: 'Topic "gw-arrivals": statement "Network" of the resource policy asks for aws:SourceVpce, not known here',
    });
  });

  it("are set aside in the subscription's own dead letters when the queue admits another topic", async () => {
    const running = await changed((deployment) => {
      const policy = resource(deployment, "QueuePolicy", "gw-tenant-acme");
      policy.inputs["policy"] = String(policy.inputs["policy"]).replace(/project-test-uploads/g, "another-topic");
    });
    await running.put("acme", "/a.txt");
    await running.put("acme-corp", "/b.txt");
    await running.until(() => running.events("tenant_acme-corp").length === 1);
    expect(running.lines("tenant_acme")).to.deep.equal([]);
    expect(running.events("tenant_acme_dlq").map(({ path }) => path)).to.deep.equal(["a.txt"]);
    expect(running.told("dead-letter")).to.deep.equal([
      {
        event: "dead-letter",
        subscription: "gw-tenant-acme",
        to: "queues/project-test_tenant_acme_dlq.jsonl",
        what: "a.txt of tenant:acme",
        owner: "tenant:acme",
        reason:
          'sns.amazonaws.com may not do sqs:SendMessage on Queue "gw-tenant-acme" for ' +
          `arn:aws:sns:${account}:project-test-uploads`,
      },
    ]);
  });

  it("are lost where no dead-letter queue is named", async () => {
    const running = await changed((deployment) => {
      delete resource(deployment, "TopicSubscription", "gw-tenant-acme").inputs["redrivePolicy"];
      delete resource(deployment, "TopicSubscription", "gw-tenant-acme").outputs["redrivePolicy"];
      resource(deployment, "QueuePolicy", "gw-tenant-acme").inputs["policy"] = policyText([]);
    });
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]).to.include({ subscription: "gw-tenant-acme", what: "a.txt of tenant:acme" });
  });

  it("leave S3's notification in SNS's envelope when the function no longer admits SNS", async () => {
    const running = await changed(withoutPermission("gw-arrivals"));
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("dead-letter").length === 1);
    const body = JSON.parse(running.lines("arrivals_dlq")[0]!.Body) as Record<string, string>;
    expect(body).to.include({ Type: "Notification", TopicArn: `arn:aws:sns:${account}:project-test-arrivals` });
    expect(JSON.parse(body["Message"]!)).to.have.nested.property("Records[0].eventName", "ObjectCreated:Put");
  });

  it("leave the event with the reason when the function no longer admits EventBridge", async () => {
    const running = await changed(withoutPermission("gw-partial-uploads"));
    const { client, sftp } = await rawClient(running.running, "acme");
    await written(sftp, await opened(sftp, "/half.bin", "w"), "half", 0);
    client.destroy();
    await running.until(() => running.told("dead-letter").length === 1);
    const [line] = running.lines("arrivals_dlq");
    expect(JSON.parse(line!.Body)).to.include({ source: "aws.transfer" });
    expect(line!.MessageAttributes).to.have.nested.property("ERROR_CODE.StringValue", "NO_PERMISSIONS");
    expect(line!.MessageAttributes).to.have.nested.property(
      "RULE_ARN.StringValue",
      `arn:aws:events:${account}:rule/project-test-partial-uploads`,
    );
  });

  it("fail the invocation, which is set aside, when the function's role may not announce", async () => {
    const running = await changed((deployment) => {
      const policy = resource(deployment, "RolePolicy", "gw-on-upload");
      policy.inputs["policy"] = String(policy.inputs["policy"]).replace('"sns:Publish"', '"sns:GetTopicAttributes"');
    });
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("dead-letter").length === 1);
    expect(running.told("dead-letter")[0]!.reason).to.match(/may not do sns:Publish on Topic "gw-uploads"$/);
    expect(running.lines("tenant_acme")).to.deep.equal([]);
    expect(running.told("metrics")).to.deep.equal([]);
  });

  it("are lost when the function's role may not even set them aside", async () => {
    const deployment = await listeningDeployment();
    const policy = resource(deployment, "RolePolicy", "gw-on-upload");
    policy.inputs["policy"] = String(policy.inputs["policy"]).replace('"sqs:SendMessage"', '"sqs:GetQueueUrl"');
    const running = await started({ deployment, hook: 'throw new Error("always")' });
    await running.put("acme", "/a.txt");
    await running.until(() => running.told("lost").length === 1);
    expect(running.told("lost")[0]!.reason).to.match(
      /^failed 3 times: Error: always; the role \S+ may not do sqs:SendMessage on Queue "gw-on-upload"$/,
    );
  });
});
