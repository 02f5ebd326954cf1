import { expect } from "chai";
import { functionCode } from "../../components/functionCode";
import { bundleFunction } from "../../functions/bundle";
import { documentIn, gatewayStack, ofType, only, path, untagged } from "./gatewayStack";

const account = "eu-central-1:123456789012";
const name = "project-test-on-upload";

describe("the function on-upload", () => {
  it("runs the bundle, with a log, a memory and a topic of its own", async () => {
    const deployment = await gatewayStack({ onUploadTimeoutSeconds: 20, onUploadConcurrency: 5 });
    const lambda = only(deployment, "Function");
    const { code, ...inputs } = untagged(lambda);
    expect(inputs).to.deep.equal({
      name,
      description: "Makes one event of each upload and announces it to the topic uploads",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      role: ofType(deployment, "Role").find((role) => role.name === "gw-on-upload")?.outputs["arn"],
      memorySize: 256,
      timeout: 20,
      reservedConcurrentExecutions: 5,
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${name}` },
      environment: {
        variables: {
          TOPIC_ARN: `arn:aws:sns:${account}:project-test-uploads`,
          TABLE_NAME: name,
          POWERTOOLS_METRICS_NAMESPACE: "project-test",
        },
      },
    });
    expect(code).to.deep.equal({ archive: (await bundleFunction("on-upload")).sha256 });
    expect(path(deployment, lambda)).to.deep.equal([
      "SftpGateway gw",
      "UploadNotifications gw",
      "OnUpload gw",
      "Function gw-on-upload",
    ]);
  });

  it("has its code in the archive as a file under the hash that the deployment shows, so that the state holds no text", async () => {
    const archive = await functionCode("on-upload");
    const assets = (await archive.assets) as Record<string, { path: Promise<string> }>;
    const { files, sha256 } = await bundleFunction("on-upload");
    expect(Object.keys(assets)).to.deep.equal(Object.keys(files));
    expect(await assets["index.mjs"]?.path).to.equal(`.cache/functions/${sha256}/index.mjs`);
  });

  it("may announce, remember, log and set aside, and nothing else", async () => {
    const deployment = await gatewayStack();
    const policy = ofType(deployment, "RolePolicy").find((each) => each.name === "gw-on-upload");
    expect(policy && documentIn(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Announce",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: `arn:aws:sns:${account}:project-test-uploads`,
        },
        {
          Sid: "Remember",
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
          Resource: `arn:aws:dynamodb:${account}:table/${name}`,
        },
        {
          Sid: "Log",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:${account}:log-group:/aws/lambda/${name}:*`,
        },
        {
          Sid: "SetAside",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: `arn:aws:sqs:${account}:project-test_on-upload_dlq`,
        },
      ],
    });
    const role = ofType(deployment, "Role").find((each) => each.name === "gw-on-upload");
    expect(role && documentIn(role, "assumeRolePolicy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    expect(only(deployment, "Function").dependsOn).to.include(policy?.urn);
  });

  it("is named in its policy by the ARNs that AWS gives its table, log, topic and queue", async () => {
    const deployment = await gatewayStack();
    const text = String(
      ofType(deployment, "RolePolicy").find((each) => each.name === "gw-on-upload")?.inputs["policy"],
    );
    const named = [
      only(deployment, "Table"),
      ...["LogGroup", "Queue"].map((type) => ofType(deployment, type).find((each) => each.name === "gw-on-upload")),
      ofType(deployment, "Topic").find((each) => each.name === "gw-uploads"),
    ];
    for (const resource of named) {
      expect(text).to.include(`"${String(resource?.outputs["arn"])}`);
    }
  });

  it("remembers in a table that is paid for by use and forgets by itself", async () => {
    expect(untagged(only(await gatewayStack(), "Table"))).to.deep.equal({
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      ttl: { attributeName: "expiration", enabled: true },
    });
  });

  it("is repeated twice, then what it failed at goes to its dead-letter queue, which keeps it as long as SQS can", async () => {
    const deployment = await gatewayStack();
    const config = only(deployment, "FunctionEventInvokeConfig");
    expect(config.inputs).to.deep.equal({
      functionName: name,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21600,
      destinationConfig: { onFailure: { destination: `arn:aws:sqs:${account}:project-test_on-upload_dlq` } },
    });
    expect(config.dependsOn).to.include(
      ofType(deployment, "RolePolicy").find((each) => each.name === "gw-on-upload")?.urn,
    );
    const queues = ofType(deployment, "Queue").filter((each) => each.name === "gw-on-upload");
    expect(queues.map(untagged)).to.deep.equal([
      {
        name: "project-test_on-upload_dlq",
        sqsManagedSseEnabled: true,
        messageRetentionSeconds: 1209600,
      },
    ]);
  });
});
