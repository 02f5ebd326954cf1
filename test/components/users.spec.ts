import { expect } from "chai";
import { sshKey, tenant } from "../tenant";
import { gatewayStack, ofType, only, path } from "./gatewayStack";

const bucket = "project-test-123456789012";

describe("a user", () => {
  it("lands in its own folder, narrowed to it by its session policy", async () => {
    const deployment = await gatewayStack({
      tenants: [tenant("acme", { userName: "ACME_batch", tags: { costCentre: "1" } })],
    });
    const user = only(deployment, "User");
    const { policy, ...inputs } = user.inputs;
    expect(inputs).to.deep.equal({
      serverId: only(deployment, "Server").id,
      userName: "ACME_batch",
      role: ofType(deployment, "Role").find(({ name }) => name === "gw-read-write")?.outputs["arn"],
      homeDirectoryType: "LOGICAL",
      homeDirectory: "/",
      homeDirectoryMappings: [{ entry: "/", target: `/${bucket}/tenants/acme` }],
      tags: { costCentre: "1", "sftp-gateway:tenant": "acme" },
    });
    expect(JSON.parse(String(policy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Locate", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: `arn:aws:s3:::${bucket}` },
        {
          Sid: "List",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: `arn:aws:s3:::${bucket}`,
          Condition: { StringLike: { "s3:prefix": ["tenants/acme/*"] } },
        },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"],
          Resource: [`arn:aws:s3:::${bucket}/tenants/acme/*`],
        },
      ],
    });
    expect(path(deployment, user)).to.deep.equal(["SftpGateway gw", "GatewayUsers gw", "User ACME_batch"]);
  });

  it("is two leaf resources with one key, named by login name and fingerprint, the key below the user", async () => {
    const one = await gatewayStack({ tenants: [] });
    const two = await gatewayStack({ tenants: [tenant("acme")] });
    const before = new Set(one.resources.map(({ urn }) => urn));
    const added = two.resources.filter(({ urn }) => !before.has(urn));
    expect(added.map((resource) => path(two, resource).slice(2).join(" > ")).sort()).to.deep.equal([
      "User acme",
      "User acme > SshKey acme-SHA256:key-of-acme",
    ]);
  });

  it("has each key without its comment, created after the user", async () => {
    const deployment = await gatewayStack();
    const key = only(deployment, "SshKey");
    expect(key.inputs).to.deep.equal({
      serverId: only(deployment, "Server").id,
      userName: "acme",
      body: "ssh-ed25519 BODY-OF-SHA256:key-of-acme",
    });
    expect(key.dependsOn).to.include(only(deployment, "User").urn);
  });

  it("sees folders and spaces as entries and no home directory of its own where the root only lists them", async () => {
    const acme = tenant("acme", {
      folders: [
        { name: "outbox", access: "read-only" },
        { name: "inbox", access: "write-only" },
      ],
      spaces: [{ name: "catalogue", access: "read-only" }],
    });
    const { inputs } = only(await gatewayStack({ tenants: [acme] }), "User");
    expect(inputs["homeDirectoryMappings"]).to.deep.equal([
      { entry: "/catalogue", target: `/${bucket}/shared/catalogue` },
      { entry: "/inbox", target: `/${bucket}/tenants/acme/inbox` },
      { entry: "/outbox", target: `/${bucket}/tenants/acme/outbox` },
    ]);
    expect(inputs).not.to.have.property("homeDirectory");
  });

  it("lands in /home once a space stands beside its own folder", async () => {
    const acme = tenant("acme", { spaces: [{ name: "catalogue", access: "read-write" }] });
    const deployment = await gatewayStack({ tenants: [acme] });
    const { inputs } = only(deployment, "User");
    expect(inputs["homeDirectory"]).to.equal("/home");
    expect(inputs["homeDirectoryMappings"]).to.deep.equal([
      { entry: "/catalogue", target: `/${bucket}/shared/catalogue` },
      { entry: "/home", target: `/${bucket}/tenants/acme` },
    ]);
  });

  it("takes the role of its profile, and the widest one where its folders differ", async () => {
    const deployment = await gatewayStack({
      tenants: [
        tenant("reader", { access: "read-only" }),
        tenant("writer", { access: "write-only" }),
        tenant("both", {
          folders: [
            { name: "inbox", access: "write-only" },
            { name: "outbox", access: "read-only" },
          ],
        }),
        tenant("drops", { folders: [{ name: "inbox", access: "write-only" }] }),
      ],
    });
    const roleNames = ofType(deployment, "User").map(({ name, inputs }) => [
      name,
      /role\/gw-(.*)$/.exec(String(inputs["role"]))?.[1],
    ]);
    expect(Object.fromEntries(roleNames)).to.deep.equal({
      reader: "read-only",
      writer: "write-only",
      both: "read-write",
      drops: "write-only",
    });
  });

  it("is gone with its keys when its tenant is suspended", async () => {
    const deployment = await gatewayStack({ tenants: [tenant("acme", { state: "suspended", deployedKeys: [] })] });
    expect(ofType(deployment, "User")).to.deep.equal([]);
    expect(ofType(deployment, "SshKey")).to.deep.equal([]);
    expect(deployment.outputs["tenants"]).to.deep.equal({});
  });
});

describe("the outputs of a tenant", () => {
  it("tell who logs in, where it lands, what it reaches, with which keys and how", async () => {
    const acme = tenant("acme", {
      userName: "ACME_batch",
      spaces: [{ name: "catalogue", access: "read-only" }],
      deployedKeys: [sshKey("SHA256:a"), sshKey("SHA256:b")],
    });
    const { outputs } = await gatewayStack({ tenants: [acme] });
    expect(outputs["tenants"]).to.deep.equal({
      acme: {
        userName: "ACME_batch",
        access: "read-write",
        homeDirectory: "/home",
        prefixes: ["shared/catalogue/", "tenants/acme/"],
        keyFingerprints: ["SHA256:a", "SHA256:b"],
        command: `sftp ACME_batch@${String(outputs["endpoint"])}`,
      },
    });
  });
});
