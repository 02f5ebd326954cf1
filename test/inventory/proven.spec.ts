import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import program from "../../index";
import { requireProven } from "../../inventory/proven";
import { synthesised } from "../fixtures/synthesised";
import { projectDirectory } from "../components/gatewayStack";
import { publicKey } from "../publicKeys";

const bucket = "sftp-gateway-dev-123456789012";
const acme = {
  tenant: "acme",
  userName: "acme",
  grants: [{ prefix: "tenants/acme/", access: "read-write", shared: false }] as const,
};
const globex = {
  ...acme,
  tenant: "globex",
  userName: "globex",
  grants: [{ ...acme.grants[0], prefix: "tenants/globex/" }],
};

const everything = policyOf({ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` });
const roleArn = "arn:aws:iam::123456789012:role/sftp-gateway-dev-read-write";
const entireBucket = [{ entry: "/", target: `/${bucket}` }];

function policyOf(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

type Outputs = Record<string, unknown>;

describe("the proof of the finished deployment", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "proven-"));
    const entry = (name: string, key: number) => `  - { name: ${name}, sshKeys: ["${publicKey(key).text}"] }\n`;
    writeFileSync(join(directory, "tenants.yaml"), `tenants:\n${entry("acme", 1)}${entry("globex", 2)}`);
  });
  after(() => rmSync(directory, { recursive: true }));

  /** What is found in the program's deployment when the program does something more. */
  async function found(more: {
    readonly first?: () => void;
    readonly then?: (outputs: Outputs) => void;
  }): Promise<string[]> {
    const deployment = await synthesised({
      directory: projectDirectory,
      stack: "dev",
      overrides: { "sftp-gateway:tenantsFile": join(directory, "tenants.yaml") },
      program: async () => {
        more.first?.();
        const outputs: Outputs = await program();
        more.then?.(outputs);
        return outputs;
      },
    });
    try {
      requireProven(deployment, [
        { ...acme, keys: [{ body: publicKey(1).text }] },
        { ...globex, keys: [{ body: publicKey(2).text }] },
      ]);
      return [];
    } catch (error) {
      return (error as Error).message.split("\n");
    }
  }

  it("finds a key beside the gateway that lets somebody in as a tenant", async () => {
    const key = (number: number) => ({
      then: ({ serverId }: Outputs) => {
        const args = { serverId: serverId as pulumi.Output<string>, userName: "acme" };
        new aws.transfer.SshKey("extra", { ...args, body: publicKey(number).text });
      },
    });
    expect((await found(key(3))).slice(1)).to.deep.equal([
      'tenant "acme": logs in with a key that tenants.yaml does not give it (statement SSH key)',
    ]);
    expect(await found(key(1)), "its own key once more").to.deep.equal([]);
  });

  const userBeside = (name: string, args: Partial<aws.transfer.UserArgs>) => ({
    then: ({ serverId }: Outputs) => {
      new aws.transfer.User(name, {
        serverId: serverId as pulumi.Output<string>,
        userName: name,
        role: roleArn,
        homeDirectoryType: "LOGICAL",
        homeDirectoryMappings: entireBucket,
        ...args,
      });
    },
  });

  it("finds nothing in the program as it is", async () => {
    expect(await found({})).to.deep.equal([]);
  });

  it("has a line for each document of a user beside the gateway that reaches the tenants' files", async () => {
    expect(await found(userBeside("extra", { policy: everything }))).to.deep.equal([
      "the deployment does not keep its tenants apart:",
      `tenant "extra": the session policy allows s3:GetObject on "arn:aws:s3:::${bucket}/*", which is not below a prefix ` +
        `granted to it (statement 0); for example s3:GetObject on arn:aws:s3:::${bucket}/tenants/acme/file.txt`,
      `tenant "extra": the logical mapping of / leads to "/${bucket}", which is not below a prefix granted to it ` +
        "(statement mapping /)",
    ]);
  });

  it("gives no grants to another login that bears a tenant's tag", async () => {
    const own = everything.replace(`${bucket}/*`, `${bucket}/tenants/acme/*`);
    const tags = { "sftp-gateway:tenant": "acme" };
    const [, finding] = await found(userBeside("second", { policy: own, tags, homeDirectoryMappings: [] }));
    expect(finding).to.match(
      /^tenant "acme": the session policy allows s3:GetObject on ".*", which is not below a prefix/,
    );
  });

  it("finds a user without session policy", async () => {
    const findings = await found(userBeside("extra", { homeDirectoryMappings: [] }));
    expect(findings.slice(1)).to.have.lengthOf(1);
    expect(findings[1]).to.match(/^tenant "extra": has no session policy, so all that its role may do is open to it/);
  });

  it("finds a role that is not part of the deployment", async () => {
    const role = "arn:aws:iam::123456789012:role/elsewhere";
    const none = policyOf({ Effect: "Deny", Action: "*", Resource: "*" });
    expect(
      (await found(userBeside("extra", { role, policy: none, homeDirectoryMappings: [] }))).slice(1),
    ).to.deep.equal([`tenant "extra": takes on ${role}, which is not one of the roles to be proven (statement role)`]);
  });

  it("finds the users of another server", async () => {
    const findings = await found({
      then: () => {
        const server = new aws.transfer.Server("second", {});
        userBeside("extra", { policy: everything }).then({ serverId: server.id });
      },
    });
    expect(findings.slice(1).every((line) => line.startsWith('tenant "extra": '))).to.equal(true);
    expect(findings).to.have.lengthOf(3);
  });

  it("finds a policy that is added to a role of the gateway", async () => {
    const [, finding] = await found({
      then: () => {
        new aws.iam.RolePolicy("more", { name: "more", role: "sftp-gateway-dev-read-write", policy: everything });
      },
    });
    expect(finding).to.match(
      /^arn:aws:iam::123456789012:role\/sftp-gateway-dev-read-write: the role allows s3:GetObject/,
    );
  });

  it("finds what a stack transformation made of a session policy", async () => {
    const widen: pulumi.ResourceTransformation = ({ type, props, opts }) => {
      const policy = (props as { policy?: unknown }).policy;
      return type === "aws:transfer/user:User"
        ? { props: { ...props, policy: String(policy).replaceAll("/tenants/acme/*", "/tenants/*") }, opts }
        : undefined;
    };
    const findings = await found({ first: () => pulumi.runtime.registerStackTransformation(widen) });
    expect(findings.slice(1)).to.have.lengthOf(1);
    expect(findings[1]).to.match(
      /^tenant "acme": the session policy allows s3:GetObject on ".*\/tenants\/\*", .*; for example .*\/tenants\/globex\//,
    );
  });

  it("cannot be made of a second policy of the landing bucket", async () => {
    const second = () => {
      new aws.s3.BucketPolicy("second", { bucket, policy: policyOf() });
    };
    expect(await found({ then: second })).to.deep.equal([
      'BucketPolicy "gateway": a second one for Bucket "gateway"; AWS keeps one of them',
    ]);
  });

  it("finds where a function decides a key that goes on longer, and a login that another tenant's passwords hold for", async () => {
    const deployment = await synthesised({
      directory: projectDirectory,
      stack: "dev",
      overrides: {
        "sftp-gateway:tenantsFile": join(directory, "tenants.yaml"),
        "sftp-gateway:identityProvider": "lambda",
      },
      program,
    });
    const findings = (changes: object) => {
      const own = { ...acme, keys: [{ body: publicKey(1).text }], ...changes };
      try {
        requireProven(deployment, [own, { ...globex, keys: [{ body: publicKey(2).text }] }]);
        return [];
      } catch (error) {
        return (error as Error).message.split("\n").slice(1);
      }
    };
    expect(findings({})).to.deep.equal([]);
    expect(findings({ keys: [{ body: publicKey(1).text, expires: "2026-12-31" }] })).to.deep.equal([
      'tenant "acme": logs in with a key without an end, where tenants.yaml says until 2026-12-31 (statement SSH key)',
    ]);
    expect(findings({ tenant: "initech" })).to.deep.equal([
      'tenant "acme": its passwords and its stop hold for the login "acme" of "initech" (statement tenant)',
    ]);
  });
});
