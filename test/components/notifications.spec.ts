import { expect } from "chai";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { documentIn, gatewayStack, ofType, only, path } from "./gatewayStack";

const account = "eu-central-1:123456789012";
const arrivals = `arn:aws:sns:${account}:project-test-arrivals`;
const lambda = `arn:aws:lambda:${account}:function:project-test-on-upload`;
const deadLetters = `arn:aws:sqs:${account}:project-test_arrivals_dlq`;

function named(deployment: Deployment, type: string, name: string): DeployedResource {
  const found = ofType(deployment, type).find((resource) => resource.name === name);
  if (found === undefined) {
    throw new Error(`no ${type} called ${name}`);
  }
  return found;
}

describe("the way of an upload to the function", () => {
  it("begins at the bucket's one notification, which S3 takes once it may publish", async () => {
    const deployment = await gatewayStack();
    const notification = only(deployment, "BucketNotification");
    expect(notification.inputs).to.deep.equal({
      bucket: "project-test-123456789012",
      topics: [{ id: "arrivals", topicArn: arrivals, events: ["s3:ObjectCreated:*"] }],
    });
    expect(notification.dependsOn).to.include(named(deployment, "TopicPolicy", "gw-arrivals").urn);
    expect(path(deployment, notification)).to.deep.equal([
      "SftpGateway gw",
      "UploadNotifications gw",
      "Arrivals gw",
      "BucketNotification gw",
    ]);
  });

  it("goes through the topic arrivals, which this bucket alone publishes to, through TLS", async () => {
    expect(documentIn(named(await gatewayStack(), "TopicPolicy", "gw-arrivals"), "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LandingBucket",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arrivals,
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnEquals: { "aws:SourceArn": "arn:aws:s3:::project-test-123456789012" },
          },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: ["sns:Publish", "sns:Subscribe"],
          Resource: arrivals,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("ends in a subscription of the function, with a dead-letter queue for what it cannot hand over", async () => {
    const deployment = await gatewayStack();
    const subscription = named(deployment, "TopicSubscription", "gw-on-upload");
    expect(subscription.inputs).to.deep.equal({
      topic: arrivals,
      protocol: "lambda",
      endpoint: lambda,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters }),
    });
    const permission = named(deployment, "Permission", "gw-arrivals");
    expect(permission.inputs).to.deep.equal({
      statementId: "project-test-arrivals",
      action: "lambda:InvokeFunction",
      function: "project-test-on-upload",
      principal: "sns.amazonaws.com",
      sourceArn: arrivals,
    });
    expect(subscription.dependsOn).to.include.members([
      permission.urn,
      named(deployment, "QueuePolicy", "gw-arrivals").urn,
    ]);
  });

  it("has a second one for uploads cut short, from this very server", async () => {
    const deployment = await gatewayStack();
    const rule = only(deployment, "EventRule");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).to.deep.equal({
      source: ["aws.transfer"],
      "detail-type": ["SFTP Server File Upload Failed"],
      detail: { "server-id": [only(deployment, "Server").id], "failure-code": ["PARTIAL_UPLOAD"] },
    });
    const target = only(deployment, "EventTarget");
    expect(target.inputs).to.deep.equal({
      rule: "project-test-partial-uploads",
      targetId: "on-upload",
      arn: lambda,
      deadLetterConfig: { arn: deadLetters },
    });
    expect(target.parent).to.equal(rule.urn);
    const permission = named(deployment, "Permission", "gw-partial-uploads");
    expect(permission.inputs["sourceArn"]).to.equal(rule.outputs["arn"]);
    expect(permission.inputs["principal"]).to.equal("events.amazonaws.com");
  });

  it("leaves what cannot be handed over to a queue that this topic and this rule may send to", async () => {
    const deployment = await gatewayStack();
    const { Statement } = documentIn(named(deployment, "QueuePolicy", "gw-arrivals"), "policy") as {
      Statement: { Principal: unknown; Condition: unknown }[];
    };
    expect(Statement.map(({ Principal, Condition }) => [Principal, Condition])).to.deep.equal([
      [{ Service: "sns.amazonaws.com" }, { ArnEquals: { "aws:SourceArn": arrivals } }],
      [
        { Service: "events.amazonaws.com" },
        { ArnEquals: { "aws:SourceArn": only(deployment, "EventRule").outputs["arn"] } },
      ],
      ["*", { Bool: { "aws:SecureTransport": "false" } }],
    ]);
  });
});

describe("names of topics and queues", () => {
  it("are those of the ARNs that documents were written with", async () => {
    const deployment = await gatewayStack();
    for (const type of ["Topic", "Queue"]) {
      for (const { name, outputs } of ofType(deployment, type)) {
        const policy = named(deployment, `${type}Policy`, name);
        const { Statement } = documentIn(policy, "policy") as { Statement: { Resource: string }[] };
        expect(Statement.map(({ Resource }) => Resource)).to.satisfy((resources: string[]) =>
          resources.every((resource) => resource === outputs["arn"]),
        );
      }
    }
  });
});
