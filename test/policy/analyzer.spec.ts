import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type AnalyzeResponse,
  type AnalyzerInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../policy/rules";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { gatewayStack, projectDirectory } from "../components/gatewayStack";
import { unknownValue } from "./exampleStack";

const packDirectory = join(projectDirectory, "policy");

/** It takes about a second; on a busy machine longer. */
const startMilliseconds = 180_000;

/** The pack in a process of its own, started as the language host of the CLI starts it. */
function startPack(): ChildProcess {
  const command = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const noEngine = "127.0.0.1:1";
  return spawn(process.execPath, [command, noEngine, packDirectory], {
    cwd: packDirectory,
    env: {
      PATH: process.env["PATH"],
      PULUMI_NODEJS_PROJECT: "partners",
      PULUMI_NODEJS_STACK: "prod",
      PULUMI_CONFIG: JSON.stringify({ "partners:protect": "true" }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function connect(pack: ChildProcess): Promise<AnalyzerClient> {
  if (pack.stdout === null) {
    throw new Error("the pack has no output to read its port from");
  }
  const ended = once(pack, "exit").then(([code]) => {
    throw new Error(`the pack ended with code ${code} before it served`);
  });
  const [port] = (await Promise.race([once(createInterface(pack.stdout), "line"), ended])) as [string];
  return new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

type Unary<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => void;

function ask<Request, Response>(method: Unary<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    method(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

function struct(properties: object): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function stackRequest({ resources }: Deployment): AnalyzeStackRequest {
  return new AnalyzeStackRequest().setResourcesList(
    resources.map(({ urn, type, name, outputs, protect, parent }) =>
      new AnalyzerResource()
        .setUrn(urn)
        .setType(type)
        .setName(name)
        .setParent(parent ?? "")
        .setProperties(struct(outputs))
        .setOptions(new AnalyzerResourceOptions().setProtect(protect)),
    ),
  );
}

function resourceRequest({ urn, type, name, protect }: DeployedResource, inputs: object): AnalyzeRequest {
  return new AnalyzeRequest()
    .setUrn(urn)
    .setType(type)
    .setName(name)
    .setProperties(struct(inputs))
    .setOptions(new AnalyzerResourceOptions().setProtect(protect));
}

/** Policy, level and urn of each finding. */
function found(response: AnalyzeResponse): [policy: string, level: EnforcementLevel, urn: string][] {
  return response
    .getDiagnosticsList()
    .map((finding) => [finding.getPolicyname(), finding.getEnforcementlevel(), finding.getUrn()]);
}

describe("the policy pack, run as the CLI runs it", function () {
  this.timeout(startMilliseconds);
  let pack: ChildProcess;
  let client: AnalyzerClient;
  let deployment: Deployment;

  before(async () => {
    pack = startPack();
    [client, deployment] = await Promise.all([connect(pack), gatewayStack()]);
  });
  after(async () => {
    client?.close();
    if (pack.exitCode === null) {
      pack.kill();
      await once(pack, "exit");
    }
  });

  const analyzeStack = (stack: Deployment) =>
    ask<AnalyzeStackRequest, AnalyzeResponse>(client.analyzeStack.bind(client), stackRequest(stack));
  const analyze = (resource: DeployedResource, inputs: object) =>
    ask<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client), resourceRequest(resource, inputs));
  const configure = async (configs: Record<string, PolicyConfig>) => {
    const request = new ConfigureAnalyzerRequest();
    Object.entries(configs).forEach(([policy, config]) => request.getPolicyconfigMap().set(policy, config));
    await ask<ConfigureAnalyzerRequest, Empty>(client.configure.bind(client), request);
  };
  const resource = (type: string) => {
    const one = deployment.resources.find((candidate) => candidate.type === type);
    if (one === undefined) {
      throw new Error(`no resource of type ${type}`);
    }
    return one;
  };

  it("offers every policy", async () => {
    const info = await ask<Empty, AnalyzerInfo>(client.getAnalyzerInfo.bind(client), new Empty());
    expect(info.getName()).to.equal("sftp-gateway");
    expect(info.getPoliciesList().map((policy) => policy.getName())).to.deep.equal(
      policies(() => false).map(({ name }) => name),
    );
  });

  it("finds nothing in a stack that is in order", async () => {
    expect(found(await analyzeStack(deployment))).to.deep.equal([]);
    for (const one of deployment.resources) {
      expect(found(await analyze(one, one.inputs)), one.urn).to.deep.equal([]);
    }
  });

  it("stops a user before it is created, and a protected stack that is not", async () => {
    const user = resource("aws:transfer/user:User");
    const inputs = Object.entries(user.inputs).filter(([name]) => name !== "policy");
    expect(found(await analyze(user, Object.fromEntries(inputs)))).to.deep.equal([
      ["transfer-user-has-session-policy", EnforcementLevel.MANDATORY, ""],
    ]);

    const bucket = resource("aws:s3/bucket:Bucket");
    const open = deployment.resources.map((one) => (one === bucket ? { ...one, protect: false } : one));
    expect(found(await analyzeStack({ ...deployment, resources: open }))).to.deep.equal([
      ["transfer-gateway-is-protected", EnforcementLevel.MANDATORY, bucket.urn],
    ]);
  });

  it("knows an unknown value that the program gives from one that it leaves to the provider", async () => {
    const bucket = resource("aws:s3/bucket:Bucket");
    const policy = resource("aws:s3/bucketPolicy:BucketPolicy");
    const request = stackRequest(deployment);
    const veiled = request.getResourcesList().find((one) => one.getUrn() === policy.urn);
    veiled?.setProperties(struct({ ...policy.outputs, policy: unknownValue }));
    const reported = async () =>
      found(await ask<AnalyzeStackRequest, AnalyzeResponse>(client.analyzeStack.bind(client), request));

    expect(await reported()).to.deep.equal([["landing-bucket-requires-tls", EnforcementLevel.MANDATORY, bucket.urn]]);
    const given = new AnalyzerPropertyDependencies().setUrnsList([bucket.urn]);
    veiled?.getPropertydependenciesMap().set("policy", given);
    expect(await reported()).to.deep.equal([
      ["transfer-not-checked-until-update", EnforcementLevel.ADVISORY, policy.urn],
    ]);
    const user = resource("aws:transfer/user:User");
    expect(found(await analyze(user, { ...user.inputs, policy: unknownValue }))).to.deep.equal([]);
  });

  it("takes levels and settings from the pack's configuration", async () => {
    const server = resource("aws:transfer/server:Server");
    const policy = "transfer-server-has-current-security-policy";
    await configure({
      [policy]: new PolicyConfig()
        .setEnforcementlevel(EnforcementLevel.ADVISORY)
        .setProperties(struct({ floor: "2030-01" })),
      "transfer-gateway-is-protected": new PolicyConfig()
        .setEnforcementlevel(EnforcementLevel.DISABLED)
        .setProperties(struct({})),
    });
    expect(found(await analyze(server, server.inputs))).to.deep.equal([[policy, EnforcementLevel.ADVISORY, ""]]);
    const open = deployment.resources.map((one) => ({ ...one, protect: false }));
    expect(found(await analyzeStack({ ...deployment, resources: open }))).to.deep.equal([]);
  });
});
