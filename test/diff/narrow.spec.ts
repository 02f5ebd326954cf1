import { expect } from "chai";
import { stackDifference } from "../../diff/difference";
import { differenceText } from "../../diff/text";
import type { DeployedResource } from "../../synth/deployment";
import { publicKey } from "../publicKeys";
import { sideWith, today } from "./comparing";

const acme = (more: string) => `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"]${more} }\n`;

/** What is told when acme's entry changes, and the resources that this brings are not only what the entry asks for. */
async function told(
  more: string,
  tamper: (resource: DeployedResource) => object | undefined,
  less = "",
): Promise<string> {
  const [before, honest] = [await sideWith({ tenants: acme(less) }), await sideWith({ tenants: acme(more) })];
  const resources = honest.deployment.resources.map((resource) => ({
    ...resource,
    inputs: { ...resource.inputs, ...tamper(resource) },
  }));
  const after = { ...honest, deployment: { ...honest.deployment, resources } };
  return differenceText({ from: "main", today, stacks: [stackDifference({ stack: "dev", before, after }, today)] });
}

describe("a sentence explains no more than it says", () => {
  const queue = ", notify: [{ queue: true }]";

  it("of a new queue, that everybody may read it", async () => {
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }];
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    const text = await told(queue, ({ type, name }) =>
      type === "aws:sqs/queuePolicy:QueuePolicy" && name === "gateway-tenant-acme" ? { policy } : undefined,
    );
    expect(text).to.include("    dangerous: * may read the messages in its queue\n");
  });

  const read = (by: string) => `, notify: [{ queue: true, readers: [${by}] }]`;
  const [one, two] = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"];
  const ofReaders = (change: object) => (resource: DeployedResource) =>
    resource.type !== "aws:sqs/queuePolicy:QueuePolicy" || !resource.name.includes("-tenant-acme")
      ? undefined
      : {
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: (
              JSON.parse(String(resource.inputs["policy"])) as { Statement: { Sid?: string }[] }
            ).Statement.map((statement) => (statement.Sid === "Readers" ? { ...statement, ...change } : statement)),
          }),
        };

  it("of a reader less, that everybody is one", async () => {
    const text = await told(read(one), ofReaders({ Principal: { AWS: "*" } }), read(`${one}, ${two}`));
    expect(text).to.include("    dangerous: * may read the messages in its queue\n");
    expect(text).to.match(
      /no sentence explains it\n(.*\n)* {4}.*policy\.Statement\.Readers\.Principal\.AWS is \* instead of/,
    );
  });

  it("of other readers, that they may do anything", async () => {
    const text = await told(read(two), ofReaders({ Action: ["sqs:*"] }), read(one));
    expect(text).to.match(/no sentence explains it\n {4}.*policy\.Statement\.Readers\.Action\./);
  });

  it("of a new listener, that it hears of others as well by a pattern", async () => {
    const filterPolicy = JSON.stringify({ owner: ["tenant:acme", { prefix: "tenant:" }] });
    const text = await told(", notify: [{ email: a@b.example }]", ({ inputs }) =>
      inputs["endpoint"] === "a@b.example" ? { filterPolicy } : undefined,
    );
    expect(text).to.match(
      /no sentence explains it\n {4}aws:sns\/topicSubscription:TopicSubscription .* is new: .*prefix/,
    );
  });

  it("of a retention, that its rule deletes earlier versions too", async () => {
    const text = await told(", retentionDays: 30", ({ inputs }) =>
      inputs["rules"] === undefined
        ? undefined
        : {
            rules: (inputs["rules"] as { id: string }[]).map((rule) =>
              rule.id === "retention-acme" ? { ...rule, noncurrentVersionExpiration: { noncurrentDays: 1 } } : rule,
            ),
          },
    );
    expect(text).to.include("breaking, dangerous: its files are deleted after 30 days instead of being kept\n");
    expect(text).to.match(/no sentence explains it\n {4}.*rules\.retention-acme is new: .*noncurrentDays/);
  });

  it("of another time of silence, that nobody is told of it any more", async () => {
    const before = await sideWith({ tenants: acme(", expectEvery: 24h") });
    const honest = await sideWith({ tenants: acme(", expectEvery: 48h") });
    const resources = honest.deployment.resources.map((resource) =>
      resource.name === "gateway-silent-acme"
        ? { ...resource, inputs: { ...resource.inputs, alarmActions: [] } }
        : resource,
    );
    const after = { ...honest, deployment: { ...honest.deployment, resources } };
    const difference = stackDifference({ stack: "dev", before, after }, today);
    const text = differenceText({ from: "main", today, stacks: [difference] });
    expect(text).to.include("    dangerous: its silence alarms after 48 hours instead of after 24 hours\n");
    expect(text).to.match(/no sentence explains it\n {4}.*gateway-silent-acme: alarmActions\.arn:.* is gone/);
  });

  it("of a new tenant, that it sees the bucket by its true paths", async () => {
    const before = await sideWith({ tenants: acme("").replace("acme", "globex") });
    const honest = await sideWith({ tenants: acme("") });
    const resources = honest.deployment.resources.map((resource) =>
      resource.type === "aws:transfer/user:User"
        ? { ...resource, inputs: { ...resource.inputs, homeDirectoryType: "PATH" } }
        : resource,
    );
    const after = { ...honest, deployment: { ...honest.deployment, resources } };
    const difference = stackDifference({ stack: "dev", before, after }, today);
    const created = difference.unexplained.filter(({ kind }) => kind === "created");
    expect(created.map(({ resource }) => resource?.name)).to.deep.equal(["gateway-acme"]);
  });
});
