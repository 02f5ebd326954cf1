import { expect } from "chai";
import { metricNames } from "../../uploads/metrics";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { tenant } from "../tenant";
import { gatewayStack, ofType, only, path, untagged } from "./gatewayStack";

const topic = "arn:aws:sns:eu-central-1:123456789012:project-test-alarms";
const told = { alarmActions: [topic], okActions: [topic] };

function alarm(deployment: Deployment, name: string): DeployedResource["inputs"] {
  const found = ofType(deployment, "MetricAlarm").find((resource) => resource.name === `gw-${name}`);
  if (found === undefined) {
    throw new Error(`no alarm called ${name}`);
  }
  return untagged(found);
}

describe("the metrics of the structured log", () => {
  it("count failed logins and key exchanges, errors, sessions and bytes, under names that are paid for once a stack", async () => {
    const filters = ofType(await gatewayStack(), "LogMetricFilter").map(({ inputs }) => inputs);
    expect(filters.every(({ logGroupName }) => logGroupName === "/project-test")).to.equal(true);
    expect(filters.map(({ pattern, metricTransformation }) => [pattern, metricTransformation])).to.deep.equal([
      [
        '{ ($.activity-type = "CLOSE" || $.activity-type = "PARTIAL_CLOSE") && $.bytes-in = * }',
        { namespace: "project-test", name: "BytesIn", value: "$.bytes-in", unit: "Bytes" },
      ],
      [
        '{ ($.activity-type = "CLOSE" || $.activity-type = "PARTIAL_CLOSE") && $.bytes-out = * }',
        { namespace: "project-test", name: "BytesOut", value: "$.bytes-out", unit: "Bytes" },
      ],
      ['{ $.activity-type = "ERROR" }', { namespace: "project-test", name: "Errors", value: "1", unit: "Count" }],
      [
        '{ $.activity-type = "KEX_FAILURE" }',
        { namespace: "project-test", name: "FailedKeyExchanges", value: "1", unit: "Count" },
      ],
      [
        '{ $.activity-type = "AUTH_FAILURE" }',
        { namespace: "project-test", name: "FailedLogins", value: "1", unit: "Count" },
      ],
      ['{ $.activity-type = "CONNECTED" }', { namespace: "project-test", name: "Sessions", value: "1", unit: "Count" }],
    ]);
  });
});

describe("the alarms", () => {
  it("are the same five in every stack, told to one topic", async () => {
    const deployment = await gatewayStack();
    const alarms = ofType(deployment, "MetricAlarm");
    expect(alarms.map(({ name }) => name)).to.deep.equal([
      "gw-dlq-arrivals",
      "gw-dlq-on-upload",
      "gw-dlq-uploads",
      "gw-failed-logins",
      "gw-on-upload-errors",
    ]);
    for (const { inputs } of alarms) {
      expect(inputs).to.include({ comparisonOperator: inputs["comparisonOperator"], treatMissingData: "notBreaching" });
      expect({ alarmActions: inputs["alarmActions"], okActions: inputs["okActions"] }).to.deep.equal(told);
    }
    expect(alarms[0] && path(deployment, alarms[0])).to.deep.equal([
      "SftpGateway gw",
      "GatewayMonitoring gw",
      "GatewayAlarms gw",
      "MetricAlarm gw-dlq-arrivals",
    ]);
  });

  it("begin with so many failed logins within five minutes", async () => {
    expect(alarm(await gatewayStack({ failedLoginThreshold: 7 }), "failed-logins")).to.deep.equal({
      name: "project-test_failed-logins",
      alarmDescription: "7 logins or more failed within five minutes",
      namespace: "project-test",
      metricName: "FailedLogins",
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 7,
      treatMissingData: "notBreaching",
      ...told,
    });
  });

  it("begin with a message in a dead-letter queue", async () => {
    expect(alarm(await gatewayStack(), "dlq-uploads")).to.deep.equal({
      name: "project-test_dlq-uploads",
      alarmDescription: "The dead-letter queue of uploads is not empty",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "project-test_uploads_dlq" },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      ...told,
    });
  });

  it("watch every dead-letter queue there is", async () => {
    const notify = [{ kind: "own-queue", readers: [], environments: ["dev"] } as const];
    const deployment = await gatewayStack({
      tenants: [tenant("acme", { notify })],
      spaces: [{ name: "catalogue", notify }],
    });
    const watched = ofType(deployment, "MetricAlarm").flatMap(
      ({ inputs }) => (inputs["dimensions"] as Record<string, string> | undefined)?.["QueueName"] ?? [],
    );
    const deadLetters = ofType(deployment, "Queue")
      .map(({ inputs }) => String(inputs["name"]))
      .filter((name) => name.endsWith("_dlq"));
    expect(watched.sort()).to.deep.equal(deadLetters.sort());
    expect(watched).to.have.length(5);
  });

  it("begin when a tenant is silent for longer than it is expected to be: one resource, and only where it is", async () => {
    const deployment = await gatewayStack({ tenants: [tenant("acme", { expectEveryHours: 36 }), tenant("acme-corp")] });
    expect(ofType(deployment, "MetricAlarm")).to.have.length(6);
    expect(alarm(deployment, "silent-acme")).to.deep.equal({
      name: "project-test_silent-acme",
      alarmDescription: "No file of tenant acme has arrived for 36 hours",
      metricQueries: [
        {
          id: "files",
          metric: {
            namespace: "project-test",
            metricName: "Files",
            dimensions: { service: "on-upload", owner: "tenant:acme" },
            stat: "Sum",
            period: 3600,
          },
          returnData: false,
        },
        { id: "arrived", expression: "FILL(files, 0)", label: "Files", returnData: true },
      ],
      evaluationPeriods: 37,
      datapointsToAlarm: 37,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      actionsEnabled: true,
      ...told,
    });
  });

  it("say nothing of the silence of a suspended tenant, and keep its alarm", async () => {
    const acme = tenant("acme", { expectEveryHours: 1, state: "suspended", deployedKeys: [] });
    expect(alarm(await gatewayStack({ tenants: [acme] }), "silent-acme")["actionsEnabled"]).to.equal(false);
  });

  for (const [expectEveryHours, lookedBack] of [
    [1, 2],
    [24, 25],
    [167, 168],
    // CloudWatch takes no more than 604,800 seconds.
    [168, 168],
  ] as const) {
    it(`look back ${lookedBack} hours for a file that is expected every ${expectEveryHours}`, async () => {
      const silent = alarm(await gatewayStack({ tenants: [tenant("acme", { expectEveryHours })] }), "silent-acme");
      expect([silent["evaluationPeriods"], silent["datapointsToAlarm"]]).to.deep.equal([lookedBack, lookedBack]);
      expect(silent["alarmDescription"]).to.equal(`No file of tenant acme has arrived for ${expectEveryHours} hours`);
    });
  }

  it("are mailed where the stack names an address", async () => {
    const mail = (deployment: Deployment) =>
      ofType(deployment, "TopicSubscription").filter(({ name }) => name === "gw-alarms");
    expect(mail(await gatewayStack())).to.deep.equal([]);
    expect(mail(await gatewayStack({ alarmEmail: "ops@acme.example" })).map(({ inputs }) => inputs)).to.deep.equal([
      { topic, protocol: "email", endpoint: "ops@acme.example" },
    ]);
  });
});

describe("the dashboard", () => {
  const body = (deployment: Deployment) => String(only(deployment, "Dashboard").inputs["dashboardBody"]);

  it("is one a stack, no larger for many tenants than for none", async () => {
    const many = Array.from({ length: 40 }, (_, index) => tenant(`t-${index}`, { expectEveryHours: 24 }));
    const small = await gatewayStack({ tenants: [] });
    expect(only(small, "Dashboard").inputs["dashboardName"]).to.equal("project-test");
    expect(body(await gatewayStack({ tenants: many }))).to.equal(body(small));
  });

  it("finds the busiest tenants and spaces by query, by metrics that the function writes", async () => {
    const text = body(await gatewayStack());
    for (const metric of Object.values(metricNames)) {
      expect(text).to.include(
        JSON.stringify(
          `SELECT SUM(${metric}) FROM SCHEMA("project-test", owner, service) GROUP BY owner ORDER BY SUM() DESC LIMIT 10`,
        ),
      );
    }
  });

  it("fills its rows, each widget in a place of its own, in the stack's region", async () => {
    const { widgets } = JSON.parse(body(await gatewayStack())) as {
      widgets: { type: string; x: number; y: number; width: number; properties: Record<string, unknown> }[];
    };
    expect(new Set(widgets.map(({ x, y }) => `${x},${y}`)).size).to.equal(widgets.length);
    expect(widgets.reduce((sum, { width }) => sum + width, 0)).to.equal(3 * 24);
    for (const { type, properties } of widgets) {
      expect(properties["region"]).to.equal(type === "metric" ? "eu-central-1" : undefined);
    }
  });

  it("shows denials by cause and the function that decides logins, where there is one", async () => {
    const lambda = body(await gatewayStack({ identityProvider: "lambda" }));
    const ranking =
      'SELECT SUM(DeniedLogins) FROM SCHEMA("project-test", cause, service) GROUP BY cause ORDER BY SUM() DESC LIMIT 10';
    expect(lambda).to.include(JSON.stringify(ranking)).and.include('"project-test-identity-provider",{"stat":"p99"}');
    expect(body(await gatewayStack())).not.to.match(/identity-provider|DeniedLogins/);
  });

  it("shows the server's own bytes and the alarms that every stack has", async () => {
    const deployment = await gatewayStack();
    expect(body(deployment)).to.include(`"ServerId","${only(deployment, "Server").id}"`);
    for (const { outputs } of ofType(deployment, "MetricAlarm")) {
      expect(body(deployment)).to.include(`"${String(outputs["arn"])}"`);
    }
  });
});

describe("the ready queries", () => {
  it("are listed in a folder of the stack, each over the log that it asks", async () => {
    const queries = ofType(await gatewayStack(), "QueryDefinition").map(({ inputs }) => inputs);
    expect(queries.map(({ name, logGroupNames }) => [name, logGroupNames])).to.deep.equal([
      ["project-test/errors", ["/project-test"]],
      ["project-test/failed-key-exchanges", ["/project-test"]],
      ["project-test/failed-logins", ["/project-test"]],
      ["project-test/sessions", ["/project-test"]],
      ["project-test/uploads", ["/aws/lambda/project-test-on-upload"]],
      ["project-test/uploads-that-failed", ["/aws/lambda/project-test-on-upload"]],
    ]);
    expect(queries[1]?.["queryString"]).to.equal(
      'fields @timestamp\n| filter `activity-type` = "KEX_FAILURE"\n' +
        "| stats count(*) as failures, max(@timestamp) as last by `source-ip`, message, kex\n| sort failures desc",
    );
    expect(queries[2]?.["queryString"]).to.equal(
      'fields @timestamp\n| filter `activity-type` = "AUTH_FAILURE"\n' +
        "| stats count(*) as failures, max(@timestamp) as last by user, `source-ip`\n| sort failures desc",
    );
  });

  it("ask the log of the function that decides logins, where there is one", async () => {
    const denied = (deployment: Deployment) =>
      ofType(deployment, "QueryDefinition").filter(({ inputs }) => inputs["name"] === "project-test/denied-logins");
    expect(denied(await gatewayStack())).to.deep.equal([]);
    expect(denied(await gatewayStack({ identityProvider: "lambda" })).map(({ inputs }) => inputs)).to.deep.equal([
      {
        name: "project-test/denied-logins",
        logGroupNames: ["/aws/lambda/project-test-identity-provider"],
        queryString:
          'filter message = "denied"\n' +
          "| stats count(*) as denials, max(@timestamp) as last by cause, tenant, sourceIp\n| sort denials desc",
      },
    ]);
  });
});
