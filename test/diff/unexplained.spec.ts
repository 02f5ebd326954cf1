import { expect } from "chai";
import { stackDifference } from "../../diff/difference";
import type { Side } from "../../diff/side";
import { differenceText } from "../../diff/text";
import type { DeployedResource } from "../../synth/deployment";
import { publicKey } from "../publicKeys";
import { sideWith, today } from "./comparing";

const tenants = `tenants:\n  - { name: acme, tags: { team: edi }, sshKeys: ["${publicKey(1).text}"] }\n`;

type Change = (resource: DeployedResource) => DeployedResource;

/** What is told when the resources of a type are others, and nothing else is. */
async function told(type: string, change: Change, settings: Side["settings"] = {}): Promise<string[]> {
  const before = await sideWith({ tenants });
  const resources = before.deployment.resources.map((resource) =>
    resource.type === type ? change(resource) : resource,
  );
  const after = {
    ...before,
    settings: { ...before.settings, ...settings },
    deployment: { ...before.deployment, resources },
  };
  const difference = stackDifference({ stack: "dev", before, after }, today);
  const lines = differenceText({ from: "main", today, stacks: [difference] }).split("\n");
  return lines.slice(
    2,
    lines.findIndex((line) => line.startsWith("  resources:")),
  );
}

const withInput =
  (name: string, value: unknown): Change =>
  (resource) => ({ ...resource, inputs: { ...resource.inputs, [name]: value } });

describe("what no sentence explains", () => {
  const heading = ["dev: 1 change without a sentence", "  changed, and no sentence explains it"];

  it("is shown with its place, the old and the new value", async () => {
    const suspended = withInput("versioningConfiguration", { status: "Suspended" });
    expect(await told("aws:s3/bucketVersioning:BucketVersioning", suspended)).to.deep.equal([
      ...heading,
      "    aws:s3/bucketVersioning:BucketVersioning gateway: versioningConfiguration.status is Suspended instead of Enabled",
    ]);
  });

  it("is told beside what a replaced queue takes along", async () => {
    const lines = await told("aws:sqs/queue:Queue", (queue) =>
      queue.name === "gateway-uploads" ? withInput("name", "another-name")(queue) : queue,
    );
    expect(lines.slice(1, 2)).to.deep.equal([
      "  dangerous: sftp-gateway-dev_uploads_dlq is replaced, and with it the messages in the queue",
    ]);
    expect(lines).to.include(
      "    aws:sqs/queue:Queue gateway-uploads: name is another-name instead of sftp-gateway-dev_uploads_dlq",
    );
  });

  it("is an option of a resource as well", async () => {
    expect(await told("aws:s3/bucket:Bucket", (bucket) => ({ ...bucket, retainOnDelete: true }))).to.deep.equal([
      ...heading,
      "    aws:s3/bucket:Bucket gateway: retainOnDelete is true instead of false",
    ]);
  });

  it("is what is deeper within a document", async () => {
    const more = (resource: DeployedResource) => {
      const policy = JSON.parse(String(resource.inputs["policy"])) as { Statement: object[] };
      const Statement = [...policy.Statement, { Sid: "More", Effect: "Allow", Action: "s3:*", Resource: "*" }];
      return withInput("policy", JSON.stringify({ ...policy, Statement }))(resource);
    };
    expect(
      (await told("aws:iam/rolePolicy:RolePolicy", (one) => (one.name === "gateway-logging" ? more(one) : one))).slice(
        2,
      ),
    ).to.deep.equal([
      '    aws:iam/rolePolicy:RolePolicy gateway-logging: policy.Statement.More is new: {"Sid":"More","Effect":"Allow","Action":"s3:*","Resource":"*"}',
    ]);
  });

  it("stands beside what a sentence explains of the same resource", async () => {
    const other = (user: DeployedResource): DeployedResource => ({
      ...user,
      inputs: {
        ...user.inputs,
        tags: { ...(user.inputs["tags"] as object), team: "sales" },
        homeDirectoryType: "PATH",
      },
    });
    expect(await told("aws:transfer/user:User", other)).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change, 1 change without a sentence",
      "  acme",
      "    has sales instead of edi in its tag team",
      "    breaking: loses / (tenants/acme/)",
      "  changed, and no sentence explains it",
      "    aws:transfer/user:User gateway-acme: homeDirectoryType is PATH instead of LOGICAL",
    ]);
  });

  it("is a setting that this version does not know; of a secret one, only that it is another", async () => {
    const unchanged: Change = (resource) => resource;
    expect((await told("", unchanged, { "other:setting": "x" })).slice(2)).to.deep.equal([
      "    the setting other:setting is new: x",
    ]);
    const [before, after] = await Promise.all(
      ["v1:one", "v1:two"].map(async (ciphertext) => {
        const side = await sideWith({ tenants });
        return { ...side, settings: { ...side.settings, "other:secret": { ciphertext } } };
      }),
    );
    const difference = stackDifference({ stack: "dev", before, after }, today);
    const text = differenceText({ from: "main", today, stacks: [difference] });
    expect(text).to.include("    the setting other:secret is another secret\n").and.not.to.include("v1:");
  });

  it("cuts long values around where they differ", async () => {
    const long = (end: string) => withInput("description", `${"x".repeat(1000)}${end}`);
    const [line = ""] = (await told("aws:lambda/function:Function", long("y"))).slice(2);
    expect(line.length).to.be.lessThan(600);
    expect(line).to.include("(1001 characters)");
  });
});
