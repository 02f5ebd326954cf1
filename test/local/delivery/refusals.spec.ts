import { expect } from "chai";
import { readdirSync } from "node:fs";
import { UnreadableDeploymentError } from "../../../inventory/resources";
import { deploymentOf, draft, resource, type DeploymentDraft } from "../setting/deployment";
import { ListeningGateway, listeningDeployment, landingBucket } from "../setting/listening";
import { RunningGateway } from "../setting/running";

type Change = (deployment: DeploymentDraft) => void;

const input =
  (type: string, name: string | undefined, key: string, value: unknown): Change =>
  (deployment) => {
    resource(deployment, type, name).inputs[key] = value;
  };

describe("a deployment whose deliveries cannot be reproduced is refused at the start:", () => {
  const refused: [what: string, change: Change, message: string | RegExp][] = [
    [
      "a filter other than exact texts",
      input("TopicSubscription", "gw-tenant-acme", "filterPolicy", '{"owner":[{"prefix":"tenant:acme"}]}'),
      'TopicSubscription "gw-tenant-acme": "filterPolicy" asks for more than exact texts of "owner"',
    ],
    [
      "a filter on the message's body",
      input("TopicSubscription", "gw-tenant-acme", "filterPolicyScope", "MessageBody"),
      'TopicSubscription "gw-tenant-acme": only "filterPolicyScope" MessageAttributes is reproduced',
    ],
    [
      "a protocol that is not known",
      input("TopicSubscription", "gw-tenant-acme", "protocol", "sms"),
      'TopicSubscription "gw-tenant-acme": only "protocol" sqs, lambda, email and https is reproduced',
    ],
    [
      "an encrypted topic",
      input("Topic", "gw-arrivals", "kmsMasterKeyId", "alias/aws/sns"),
      'Topic "gw-arrivals": "kmsMasterKeyId" is not reproduced by the gateway on this machine',
    ],
    [
      "a FIFO queue",
      input("Queue", "gw-tenant-acme", "fifoQueue", true),
      'Queue "gw-tenant-acme": "fifoQueue" is not reproduced by the gateway on this machine',
    ],
    [
      "a policy that cannot be evaluated",
      input("QueuePolicy", "gw-tenant-acme", "policy", '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}'),
      /^QueuePolicy "gw-tenant-acme", "policy": /,
    ],
    [
      "a notification for a part of the keys",
      (deployment) => {
        const notification = resource(deployment, "BucketNotification");
        const [topic] = notification.inputs["topics"] as Record<string, unknown>[];
        notification.inputs["topics"] = [{ ...topic, filterPrefix: "tenants/" }];
      },
      'BucketNotification "gw": only events s3:ObjectCreated, of all keys, are reproduced',
    ],
    [
      "a notification of deletions",
      (deployment) => {
        const notification = resource(deployment, "BucketNotification");
        const [topic] = notification.inputs["topics"] as Record<string, unknown>[];
        notification.inputs["topics"] = [{ ...topic, events: ["s3:ObjectRemoved:*"] }];
      },
      'BucketNotification "gw": only events s3:ObjectCreated, of all keys, are reproduced',
    ],
    [
      "two notifications of one bucket",
      (deployment) => {
        deployment.resources.push({ ...resource(deployment, "BucketNotification"), name: "second" });
      },
      `BucketNotification "second": the bucket ${landingBucket} has two, of which one would overwrite the other`,
    ],
    [
      "a notification of a bucket elsewhere",
      input("BucketNotification", undefined, "bucket", "elsewhere"),
      'BucketNotification "gw": the bucket elsewhere is not part of the deployment',
    ],
    [
      "a pattern other than exact values",
      input(
        "EventRule",
        "gw-partial-uploads",
        "eventPattern",
        '{"source":[{"prefix":"aws.transfer"},"aws.transfer"],"detail-type":["SFTP Server File Upload Failed"]}',
      ),
      'EventRule "gw-partial-uploads": "eventPattern" asks for more than exact values of "source"',
    ],
    [
      "a rule for another event of Transfer Family",
      input(
        "EventRule",
        "gw-partial-uploads",
        "eventPattern",
        '{"source":["aws.transfer"],"detail-type":["SFTP Server File Upload Completed"]}',
      ),
      'EventRule "gw-partial-uploads": of Transfer Family\'s events only "SFTP Server File Upload Failed" is reproduced',
    ],
    [
      "a target that gets something else than the event",
      input("EventTarget", undefined, "inputPath", "$.detail"),
      'EventTarget "gw-partial-uploads": "inputPath" is not reproduced by the gateway on this machine',
    ],
    [
      "code that is not on this machine",
      input("Function", undefined, "code", { archive: "0123" }),
      /^Function "gw-on-upload": its code, \S+0123\/index\.mjs, is not there; a synthesis on this machine writes it/,
    ],
    [
      "another handler",
      input("Function", undefined, "handler", "main.run"),
      'Function "gw-on-upload": only an archive of ours with the handler "index.handler" can be run',
    ],
    [
      "a function whose topic is not there",
      input("Function", undefined, "environment", { variables: { TOPIC_ARN: "arn:aws:sns:r:123456789012:x" } }),
      'Function "gw-on-upload": its environment variable TOPIC_ARN names no topic of the deployment',
    ],
    [
      "a function with a secret in its environment",
      (deployment) => {
        const lambda = resource(deployment, "Function");
        const { variables } = lambda.inputs["environment"] as { variables: object };
        lambda.inputs["environment"] = { variables: { ...variables, TOKEN: { secret: true } } };
      },
      'Function "gw-on-upload": the environment variable TOKEN must be known before the deployment',
    ],
    [
      "a function whose role Lambda may not take on",
      (deployment) => {
        const role = resource(deployment, "Role", "gw-on-upload");
        role.inputs["assumeRolePolicy"] = String(role.inputs["assumeRolePolicy"]).replace("lambda.", "ec2.");
      },
      /^Function "gw-on-upload": Lambda may not take on its role arn:aws:iam::123456789012:role\/project-test-on-upload$/,
    ],
    [
      "a destination for successes",
      input("FunctionEventInvokeConfig", undefined, "destinationConfig", { onSuccess: { destination: "arn" } }),
      'FunctionEventInvokeConfig "gw-on-upload": only a destination for failures is reproduced, by its ARN',
    ],
    [
      "a bucket where the files of the queues would lie",
      (deployment) => {
        const text = JSON.stringify(deployment.resources).replaceAll(landingBucket, "queues");
        deployment.resources.splice(0, Infinity, ...(JSON.parse(text) as DeploymentDraft["resources"]));
      },
      'Bucket "gw": a bucket called "queues" would lie where the files of the queues lie',
    ],
  ];
  for (const [what, change, message] of refused) {
    it(what, async () => {
      const deployment = await listeningDeployment();
      change(deployment);
      const error = await ListeningGateway.start({ deployment }).then(
        async (gateway) => {
          await gateway.stop();
          return undefined;
        },
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(UnreadableDeploymentError);
      if (typeof message === "string") {
        expect((error as Error).message).to.equal(message);
      } else {
        expect((error as Error).message).to.match(message);
      }
    });
  }
});

describe("a deployment is served all the same", () => {
  it("that notifies nobody, without a folder for queues", async () => {
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
    try {
      await (await running.client("acme")).put(Buffer.from("x"), "/a.txt");
      expect(readdirSync(running.folder)).not.to.include("queues");
      expect(running.deliveries).to.deep.equal([]);
      expect(running.gateway.queues).to.deep.equal([]);
    } finally {
      await running.stop();
    }
  });

  it("whose topic of alarms is encrypted, since no upload reaches it", async () => {
    const deployment = await listeningDeployment();
    resource(deployment, "Topic", "gw-alarms").inputs["kmsMasterKeyId"] = "alias/alarms";
    await (await ListeningGateway.start({ deployment })).stop();
  });

  it("with rules for what never happens here", async () => {
    const deployment = await listeningDeployment();
    for (const [name, inputs] of Object.entries({
      nightly: { scheduleExpression: "rate(1 day)" },
      scans: { eventPattern: '{"source":["aws.guardduty"],"detail":{"status":[{"prefix":"x"}]}}' },
    })) {
      deployment.resources.push(draft("aws:cloudwatch/eventRule:EventRule", name, { name, ...inputs }));
    }
    await (await ListeningGateway.start({ deployment })).stop();
  });
});
