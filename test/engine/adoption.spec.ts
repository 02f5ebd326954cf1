import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { create } from "../fixtures/aws/operations";
import type { Properties, Service, StoredResource } from "../fixtures/aws/service";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { publicKey } from "../fixtures/driver/tenants";

const userType = "aws:transfer/user:User";
const keyType = "aws:transfer/sshKey:SshKey";
const serverType = "aws:transfer/server:Server";
const bucketType = "aws:s3/bucket:Bucket";
const roleType = "aws:iam/role:Role";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
/** As dev names its landing bucket, and the role of its readers and writers. */
const [bucket, role] = ["sftp-gateway-dev-123456789012", "sftp-gateway-dev-read-write"];

/** Reading and writing below a folder of the bucket, as this gateway says it. */
const policyFor = (folder: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Locate", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: `arn:aws:s3:::${bucket}` },
      {
        Sid: "List",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: `arn:aws:s3:::${bucket}`,
        Condition: { StringLike: { "s3:prefix": [`${folder}*`] } },
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"],
        Resource: [`arn:aws:s3:::${bucket}/${folder}*`],
      },
    ],
  });

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "transfer.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Somebody's work in AWS's console, before there was a stack. */
class HandMade {
  readonly serverId: string;

  constructor(private readonly service: Service) {
    this.make(roleType, { name: "transfer", assumeRolePolicy: trust });
    this.serverId = this.make(serverType, {
      protocols: ["SFTP"],
      domain: "S3",
      endpointType: "PUBLIC",
      identityProviderType: "SERVICE_MANAGED",
      securityPolicyName: "TransferSecurityPolicy-2024-01",
      tags: { Name: "made by hand" },
    }).id;
  }

  /** The bucket and a role, called as dev calls them. */
  bucketAndRole(): void {
    this.make(bucketType, { bucket });
    this.make(roleType, { name: role, assumeRolePolicy: trust });
  }

  /** A user with keys, whose comments the service keeps. @param user What is said of it beside its name. */
  user(userName: string, folder: string, user: Properties, ...bodies: string[]): void {
    this.make(userType, {
      serverId: this.serverId,
      userName,
      homeDirectoryType: "LOGICAL",
      homeDirectory: "/",
      homeDirectoryMappings: [{ entry: "/", target: folder }],
      ...user,
    });
    for (const [index, body] of bodies.entries()) {
      this.make(keyType, { serverId: this.serverId, userName, body: `${body} by-hand` }, `${userName} ${index}`);
    }
  }

  /** What `aws transfer describe-user` prints of each user. */
  described() {
    return this.service.all(userType).map(({ inputs, computed }) => {
      const { serverId, userName, role: Role, policy: Policy, homeDirectory, homeDirectoryMappings, tags } = inputs;
      const own = this.service.all(keyType).filter((key) => key.inputs["userName"] === userName);
      return {
        ServerId: serverId,
        User: {
          Arn: computed["arn"],
          HomeDirectory: homeDirectory,
          HomeDirectoryMappings: (homeDirectoryMappings as { entry: string; target: string }[]).map(
            ({ entry: Entry, target: Target }) => ({ Entry, Target }),
          ),
          HomeDirectoryType: inputs["homeDirectoryType"],
          Policy,
          Role,
          SshPublicKeys: own.map((key) => ({
            SshPublicKeyBody: key.inputs["body"],
            SshPublicKeyId: key.computed["sshKeyId"],
          })),
          Tags: Object.entries((tags ?? {}) as Properties).map(([Key, Value]) => ({ Key, Value })),
          UserName: userName,
        },
      };
    });
  }

  private make(type: string, inputs: Properties, name = "by hand"): StoredResource {
    return create(this.service, { type, name }, inputs, scope);
  }
}

const page = readFileSync(resolve(__dirname, "../../docs/ADOPTION.md"), "utf8");

/** A command of docs/ADOPTION.md, for dev. */
function commandOf(begin: string): string {
  const line = page.split("\n").find((each) => each.startsWith(begin));
  expect(line, begin).to.not.equal(undefined);
  return line!.replaceAll(" prod", " dev");
}

const roleArn = (name: string) => `arn:aws:iam::${scope.account}:role/${name}`;

/** Makes tenants of what is described, and takes the rest into the new stack dev. @returns What the import says. */
async function takeOver(project: Project, described: unknown): Promise<string> {
  project.write("users.json", JSON.stringify(described, null, 2));
  await project.stack("dev").init();
  const command = "npm run -s import -- users.json --replace --pulumi-import import.json";
  const [imported, taken] = [command, commandOf("npx pulumi import ")].map((each) => project.type(each));
  expect(imported?.code, imported?.output).to.equal(0);
  expect(taken?.code, taken?.output).to.equal(0);
  return imported?.output ?? "";
}

describe("a server, its users and its bucket, made by hand", () => {
  // A key that the gateway takes from nobody.
  const weak = readFileSync(resolve(__dirname, "../adoption/sources/keys/umbrella.pub"), "utf8")
    .split(" ", 2)
    .join(" ");
  let project: Project;
  let dev: Stack;
  let byHand: HandMade;
  let report: string;
  let made: readonly StoredResource[];
  let run: Run;

  before(async () => {
    project = Project.create();
    const { service } = project;
    byHand = new HandMade(service);
    byHand.bucketAndRole();
    byHand.user(
      "acme",
      `/${bucket}/tenants/acme`,
      { role: roleArn(role), policy: policyFor("tenants/acme/"), tags: { "sftp-gateway:tenant": "acme" } },
      publicKey("acme laptop"),
      publicKey("acme batch"),
    );
    byHand.user("stark", `/${bucket}/tenants/stark`, { role: roleArn("transfer") }, publicKey("stark"), weak);
    byHand.user("initech", "/old-bucket/initech", { role: roleArn("transfer") }, publicKey("initech"));
    byHand.user("umbrella", `/${bucket}/tenants/umbrella`, { role: roleArn("transfer") }, weak);
    service.setObjects(bucket, ["tenants/acme/order.csv"]);
    made = service.inventory();

    dev = project.stack("dev");
    report = await takeOver(project, byHand.described());
    run = await dev.up();
    expect(run.errors).to.deep.equal([]);
  });
  after(() => project.remove());

  const stepsOf = (type: string) => run.steps.filter((step) => step.includes(` ${type} `));

  it("are taken over by the command of docs/ADOPTION.md, with no key replaced or changed", () => {
    expect(stepsOf(keyType)).to.deep.equal([]);
    const keys = project.service.all(keyType);
    expect(keys).to.have.deep.members(made.filter(({ type }) => type === keyType));
  });

  it("leave a user as it is whose folder, role and policy are those of the gateway, and update the others in place", () => {
    expect(stepsOf(userType)).to.deep.equal([`update ${userType} gateway-initech`, `update ${userType} gateway-stark`]);
    const mappings = project.service.all(userType).map(({ id, inputs }) => [id, inputs["homeDirectoryMappings"]]);
    expect(mappings).to.deep.include([
      `${byHand.serverId}/initech`,
      [{ entry: "/", target: `/${bucket}/tenants/initech` }],
    ]);
    expect(report).to.include("  initech would find / empty: its files lie in s3://old-bucket/initech/\n");
    expect(report).to.not.include("acme would find").and.to.not.include("stark would find");
  });

  it("keep the server with its id and host key, and the bucket with its files", () => {
    expect(stepsOf(serverType)).to.deep.equal([`update ${serverType} gateway`]);
    expect(stepsOf(bucketType)).to.deep.equal([`update ${bucketType} gateway`]);
    expect(stepsOf(roleType).filter((step) => step.endsWith("-read-write"))).to.deep.equal([
      `update ${roleType} gateway-read-write`,
    ]);
    const servers = project.service.all(serverType);
    const { computed } = made.find(({ type }) => type === serverType)!;
    expect(servers.map((server) => [server.id, server.computed])).to.deep.equal([[byHand.serverId, computed]]);
    expect(project.service.objectsOf(bucket)).to.deep.equal(["tenants/acme/order.csv"]);
  });

  it("say which users and keys stay outside of the stack, and AWS has nothing else that the stack does not know", () => {
    const keyId = (name: string) => {
      const found = made.find(({ inputs }) => inputs["userName"] === name && String(inputs["body"]).startsWith(weak));
      return String(found?.computed["sshKeyId"]);
    };
    expect(report).to.include(`
Not in the stack; they open the server as before, until they are deleted:
aws transfer delete-ssh-public-key --server-id ${byHand.serverId} --user-name stark --ssh-public-key-id ${keyId("stark")}
aws transfer delete-user --server-id ${byHand.serverId} --user-name umbrella
`);
    const found = discrepancies(project.service, dev.state().resources);
    // The comment of a key stays at AWS, and is no part of the key.
    expect(found.filter((each) => !each.startsWith(`differs: ${keyType} `))).to.deep.equal([
      `orphaned: ${roleType} transfer`,
      `orphaned: ${keyType} ${byHand.serverId}/stark/${keyId("stark")}`,
      `orphaned: ${keyType} ${byHand.serverId}/umbrella/${keyId("umbrella")}`,
      `orphaned: ${userType} ${byHand.serverId}/umbrella`,
    ]);
  });

  it("are the stack's from then on: nothing is left to do, and a tenant that goes takes its user along", async () => {
    expect((await dev.preview()).steps).to.deep.equal([]);
    project.patch("tenants.yaml", "- name: initech", "- name: initech\n    state: suspended");
    const { errors, steps } = await dev.up();
    expect(errors).to.deep.equal([]);
    expect(steps.map((step) => step.split("-SHA256")[0])).to.deep.equal([
      `delete ${keyType} gateway-initech`,
      `delete ${userType} gateway-initech`,
    ]);
  });
});

describe("a server whose files lie in another bucket", () => {
  it("gets its new bucket first, by the command of docs/ADOPTION.md, and shows it to nobody before the next up", async () => {
    const project = Project.create();
    try {
      const byHand = new HandMade(project.service);
      byHand.user("stark", "/old-bucket/stark", { role: roleArn("transfer") }, publicKey("stark"));
      await takeOver(project, byHand.described());
      const users = project.service.all(userType);
      const { code, output } = project.type(commandOf("npx pulumi up -s prod --target"));
      expect(code, output).to.equal(0);
      expect(project.service.all(bucketType).map(({ id }) => id)).to.deep.equal([bucket]);
      expect(project.service.all(userType)).to.deep.equal(users);
      const { errors, steps } = await project.stack("dev").up();
      expect(errors).to.deep.equal([]);
      expect(steps.filter((step) => step.includes(bucketType))).to.deep.equal([]);
      expect(steps.filter((step) => step.includes(userType))).to.deep.equal([`update ${userType} gateway-stark`]);
      expect(steps.filter((step) => step.includes(keyType))).to.deep.equal([]);
    } finally {
      project.remove();
    }
  });
});
