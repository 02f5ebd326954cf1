import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { findings, notChecked } from "./findings";

const notPublic = "notifications-and-keys-are-not-public";
const usesTls = "notification-subscription-uses-tls";

function policyFor(changes: object): string {
  const statement = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*", ...changes };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** Something of each type that has such a policy. */
function bearers(policy: string) {
  return {
    Topic: resource("aws:sns/topic:Topic", { policy }),
    TopicPolicy: resource("aws:sns/topicPolicy:TopicPolicy", { policy }),
    Queue: resource("aws:sqs/queue:Queue", { policy }),
    QueuePolicy: resource("aws:sqs/queuePolicy:QueuePolicy", { policy }),
    Key: resource("aws:kms/key:Key", { policy, enableKeyRotation: true }),
    KeyPolicy: resource("aws:kms/keyPolicy:KeyPolicy", { policy }),
  };
}

describe("the policy that notifications and keys are not public", () => {
  it("finds an Allow for everybody in every type that has a policy", async () => {
    for (const [type, bearer] of Object.entries(bearers(policyFor({})))) {
      expect(await findings({ ...exampleStack(), open: bearer })).to.deep.equal([
        `${notPublic}: In ${type} "open", statement 0 allows something to everybody. Name services, accounts or roles in ` +
          "`Principal`, with StringEquals on aws:SourceAccount or ArnEquals on aws:SourceArn beside a service.",
      ]);
    }
  });

  it("accepts a service, an account, and a topic or queue without a policy of its own", async () => {
    for (const Principal of [{ Service: "s3.amazonaws.com" }, { AWS: "111122223333" }]) {
      expect(await findings({ ...exampleStack(), ...bearers(policyFor({ Principal })) })).to.deep.equal([]);
    }
    expect(await findings({ ...exampleStack(), topic: resource("aws:sns/topic:Topic", {}) })).to.deep.equal([]);
  });

  it("finds what it cannot read, and says at a preview what it cannot know", async () => {
    const topic = (policy: string) => ({ ...exampleStack(), topic: resource("aws:sns/topic:Topic", { policy }) });
    expect(await findings(topic("no JSON"))).to.deep.equal([
      `${notPublic}: The policy in Topic "topic" cannot be read. Make it a policy document in JSON.`,
    ]);
    expect(await findings(topic(unknownValue))).to.deep.equal([notChecked("policy", 'Topic "topic"', notPublic)]);
  });
});

describe("the policy that subscriptions use TLS", () => {
  const subscribed = (protocol: string) => ({
    ...exampleStack(),
    partner: resource("aws:sns/topicSubscription:TopicSubscription", { protocol, endpoint: "partner.example" }),
  });

  it("finds one over plain HTTP", async () => {
    expect(await findings(subscribed("http"))).to.deep.equal([
      `${usesTls}: TopicSubscription "partner" delivers over plain HTTP. Set \`protocol\` to https, and \`endpoint\` to an ` +
        "address that begins with https://.",
    ]);
  });

  it("accepts the others, and says at a preview what it cannot know", async () => {
    for (const protocol of ["https", "sqs", "lambda", "email"]) {
      expect(await findings(subscribed(protocol)), protocol).to.deep.equal([]);
    }
    const expected = notChecked("protocol", 'TopicSubscription "partner"', usesTls);
    expect(await findings(subscribed(unknownValue))).to.deep.equal([expected]);
  });
});
