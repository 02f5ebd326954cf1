import { expect } from "chai";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import type { ExistingListener, Listener } from "../../tenancy/listener";
import { tenant } from "../tenant";
import { documentIn, gatewayStack, ofType, path, untagged } from "./gatewayStack";
import type { SpaceDraft } from "../fixtures/tenantsFile";

const account = "eu-central-1:123456789012";
const topic = `arn:aws:sns:${account}:project-test-uploads`;
const reader = "arn:aws:iam::123456789012:role/orders";

const ownQueue = (...readers: string[]): Listener => ({ kind: "own-queue", readers, environments: ["dev"] });
const existing = (kind: ExistingListener["kind"], endpoint: string): Listener => ({
  kind,
  endpoint,
  environments: ["dev"],
});
const space = (name: string, ...notify: Listener[]): SpaceDraft => ({ name, notify });

/** What a stack has beyond the one in which nobody listens: where in the tree it stands, and the resource. */
async function added(notify: Listener[], spaces: SpaceDraft[] = []): Promise<Map<string, DeployedResource>> {
  const before = new Set((await gatewayStack()).resources.map(({ urn }) => urn));
  const deployment = await gatewayStack({ tenants: [tenant("acme", { notify })], spaces });
  return new Map(
    deployment.resources
      .filter(({ urn }) => !before.has(urn))
      .map((resource) => [path(deployment, resource).slice(2).join(" > "), resource]),
  );
}

function listenersOf(deployment: Deployment): unknown[] {
  return ofType(deployment, "TopicSubscription")
    .map(({ inputs }) => inputs)
    .filter(({ filterPolicy }) => filterPolicy !== undefined)
    .map(({ endpoint, filterPolicy }) => [endpoint, JSON.parse(String(filterPolicy)) as unknown]);
}

describe("a queue of a tenant's own", () => {
  it("is a queue, a dead-letter queue, their policies, a subscription and an alarm", async () => {
    expect([...(await added([ownQueue()])).keys()].sort()).to.deep.equal([
      "GatewayAlarms gw > MetricAlarm gw-dlq-tenant-acme",
      "Listeners gw > Queue gw-dlq-tenant-acme",
      "Listeners gw > Queue gw-dlq-tenant-acme > QueuePolicy gw-dlq-tenant-acme",
      "Listeners gw > Queue gw-tenant-acme",
      "Listeners gw > Queue gw-tenant-acme > QueuePolicy gw-tenant-acme",
      "Listeners gw > Queue gw-tenant-acme > TopicSubscription gw-tenant-acme",
    ]);
  });

  it("is encrypted, sets aside what is received five times, and hears of the tenant's uploads as they are", async () => {
    const resources = await added([ownQueue()]);
    const queue = resources.get("Listeners gw > Queue gw-tenant-acme");
    const deadLetters = resources.get("Listeners gw > Queue gw-dlq-tenant-acme");
    expect(deadLetters && untagged(deadLetters)).to.deep.equal({
      name: "project-test_tenant_acme_dlq",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1209600,
    });
    expect(queue && untagged(queue)).to.deep.equal({
      name: "project-test_tenant_acme",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 604800,
      visibilityTimeoutSeconds: 300,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters?.outputs["arn"], maxReceiveCount: 5 }),
    });
    expect(
      resources.get("Listeners gw > Queue gw-tenant-acme > TopicSubscription gw-tenant-acme")?.inputs,
    ).to.deep.equal({
      topic,
      protocol: "sqs",
      endpoint: queue?.outputs["arn"],
      rawMessageDelivery: true,
      filterPolicy: '{"owner":["tenant:acme"]}',
      filterPolicyScope: "MessageAttributes",
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters?.outputs["arn"] }),
    });
  });

  it("takes messages of the topic uploads, lets its readers receive and delete, and nobody come without TLS", async () => {
    const policy = (await added([ownQueue(reader)])).get(
      "Listeners gw > Queue gw-tenant-acme > QueuePolicy gw-tenant-acme",
    );
    const resource = `arn:aws:sqs:${account}:project-test_tenant_acme`;
    expect(policy && documentIn(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: resource,
          Condition: { ArnEquals: { "aws:SourceArn": topic } },
        },
        {
          Sid: "Readers",
          Effect: "Allow",
          Principal: { AWS: [reader] },
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
          Resource: resource,
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: resource,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("has names of its own also beside a tenant called as if it were its dead letters", async () => {
    const tenants = ["acme", "acme-dlq", "dlq-acme"].map((name) => tenant(name, { notify: [ownQueue()] }));
    const queues = ofType(await gatewayStack({ tenants }), "Queue").map(({ inputs }) => inputs["name"]);
    expect(new Set(queues).size).to.equal(queues.length);
  });

  it("is refused with a way out where its name is longer than SQS takes", async () => {
    const name = "a".repeat(40);
    const failure = await gatewayStack({
      namePrefix: "project-a-very-long-stack-name-x",
      tenants: [tenant(name, { notify: [ownQueue()] })],
    }).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(failure).to.equal(
      `nothing is deployed:\nthe queue of tenant "${name}" would be called "project-a-very-long-stack-name-x_tenant_${name}_dlq"; ` +
        "SQS takes 80 characters: choose a shorter name for the stack or the tenant",
    );
  });
});

describe("a listener that exists already", () => {
  const redrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${account}:project-test_uploads_dlq` });
  const filtered = { topic, filterPolicy: '{"owner":["tenant:acme"]}', filterPolicyScope: "MessageAttributes" };

  it("is one subscription for a queue, which gets the event as it is", async () => {
    const endpoint = `arn:aws:sqs:${account}:orders`;
    const inputs = [...(await added([existing("queue", endpoint)])).values()].map((resource) => resource.inputs);
    expect(inputs).to.deep.equal([{ ...filtered, protocol: "sqs", endpoint, rawMessageDelivery: true, redrivePolicy }]);
  });

  const deliveryPolicy =
    '{"healthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":300,"numRetries":11,"backoffFunction":"exponential"}}';
  for (const [kind, endpoint, delivery] of [
    ["email", "ops@acme.example", {}],
    ["https", "https://hooks.acme.example/uploads", { deliveryPolicy }],
  ] as const) {
    it(`is one subscription for ${kind}`, async () => {
      const resources = [...(await added([existing(kind, endpoint)]))];
      expect(resources.map(([, { inputs }]) => inputs)).to.deep.equal([
        { ...filtered, ...delivery, protocol: kind, endpoint, redrivePolicy },
      ]);
      expect(resources[0]?.[0]).to.match(new RegExp(`^Listeners gw > TopicSubscription gw-${kind}-[0-9a-f]{16}$`));
    });
  }

  it("is a subscription and a permission for a function, in its region and for its alias", async () => {
    const resources = await added([existing("function", "arn:aws:lambda:eu-west-1:123456789012:function:orders:live")]);
    expect([...resources.keys()].sort().join()).to.match(
      /^Listeners gw > Permission (gw-function-[0-9a-f]{16}),Listeners gw > TopicSubscription \1$/,
    );
    const permission = [...resources.values()].find(({ type }) => type.endsWith(":Permission"));
    expect(permission?.inputs).to.deep.equal({
      statementId: permission?.name.replace(/^gw-/, "project-test-"),
      action: "lambda:InvokeFunction",
      function: "arn:aws:lambda:eu-west-1:123456789012:function:orders",
      qualifier: "live",
      region: "eu-west-1",
      principal: "sns.amazonaws.com",
      sourceArn: topic,
    });
    expect(resources.size).to.equal(2);
  });
});

describe("listeners", () => {
  it("add no resource to a tenant that has none", async () => {
    expect((await added([])).size).to.equal(0);
  });

  it("of a space hear of the space, and of nothing that says who wrote", async () => {
    const resources = await added([], [space("catalogue", ownQueue())]);
    const subscription = [...resources.values()].find(({ type }) => type.endsWith(":TopicSubscription"));
    expect(subscription?.inputs["filterPolicy"]).to.equal('{"owner":["space:catalogue"]}');
  });

  it("that several name are one subscription, since SNS holds one for an endpoint", async () => {
    const ops = existing("email", "ops@acme.example");
    const deployment = await gatewayStack({
      tenants: [tenant("acme", { notify: [ops] }), tenant("acme-corp", { notify: [ops] })],
      spaces: [space("catalogue", ops)],
    });
    expect(listenersOf(deployment)).to.deep.equal([
      ["ops@acme.example", { owner: ["space:catalogue", "tenant:acme", "tenant:acme-corp"] }],
    ]);
  });

  it("touch each other in nothing: one that goes takes its own resources, wherever it stood", async () => {
    const all = [ownQueue(reader), existing("email", "ops@acme.example"), existing("https", "https://acme.example/")];
    const deployed = async (notify: Listener[]) =>
      new Map(
        (await gatewayStack({ tenants: [tenant("acme", { notify })] })).resources.map((each) => [each.urn, each]),
      );
    const before = await deployed(all);
    for (const [index, gone] of all.entries()) {
      const after = await deployed(all.filter((listener) => listener !== gone).reverse());
      for (const [urn, resource] of after) {
        expect(resource).to.deep.equal(before.get(urn));
      }
      expect(before.size - after.size).to.equal([6, 1, 1][index]);
    }
  });

  it("stay where their tenant is suspended", async () => {
    const deployment = await gatewayStack({
      tenants: [
        tenant("acme", { state: "suspended", deployedKeys: [], notify: [existing("email", "ops@acme.example")] }),
      ],
    });
    expect(listenersOf(deployment)).to.have.length(1);
  });
});
