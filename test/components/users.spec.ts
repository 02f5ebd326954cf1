import { setTimeout as after } from "node:timers/promises";
import { expect } from "chai";
import { sessionPolicy } from "../../access/documents";
import { grantsOf, rootPrefixes, spacePrefix, tenantPrefix } from "../../access/grant";
import { policyText } from "../../iam/policy";
import { RecordingMonitor } from "../../synth/monitor";
import { sshKey, tenant } from "../tenant";
import { gatewayStack, ofType, only, path, untagged } from "./gatewayStack";

const bucket = "project-test-123456789012";

type AnswersRegistration = (
  this: RecordingMonitor,
  ...asked: Parameters<RecordingMonitor["registerResource"]>
) => Promise<void>;

describe("a user", () => {
  it("lands in its own folder, narrowed to it by its session policy", async () => {
    const deployment = await gatewayStack({
      tenants: [tenant("acme", { userName: "ACME_batch", tags: { costCentre: "1" } })],
    });
    const user = only(deployment, "User");
    const { policy, ...inputs } = untagged(user);
    expect(inputs).to.deep.equal({
      serverId: only(deployment, "Server").id,
      userName: "ACME_batch",
      role: ofType(deployment, "Role").find(({ name }) => name === "gw-read-write")?.outputs["arn"],
      homeDirectoryType: "LOGICAL",
      homeDirectory: "/",
      homeDirectoryMappings: [{ entry: "/", target: `/${bucket}/${rootPrefixes.tenants}acme` }],
    });
    expect(user.inputs["tags"]).to.include({ costCentre: "1", "sftp-gateway:tenant": "acme" });
    const landing = { partition: "aws", bucket };
    expect(policy).to.equal(policyText(sessionPolicy(landing, grantsOf(tenant("acme")))));
    expect(path(deployment, user)).to.deep.equal(["SftpGateway gw", "GatewayUsers gw", "User gw-ACME_batch"]);
  });

  it("is two leaf resources with one key, named by login name and fingerprint, the key below the user", async () => {
    const one = await gatewayStack({ tenants: [] });
    const two = await gatewayStack({ tenants: [tenant("acme")] });
    const before = new Set(one.resources.map(({ urn }) => urn));
    const added = two.resources.filter(({ urn }) => !before.has(urn));
    expect(added.map((resource) => path(two, resource).slice(2).join(" > ")).sort()).to.deep.equal([
      "User gw-acme",
      `User gw-acme > SshKey gw-acme-${sshKey("acme").fingerprint}`,
    ]);
  });

  it("has each key without its comment, created after the user", async () => {
    const deployment = await gatewayStack();
    const key = only(deployment, "SshKey");
    expect(key.inputs).to.deep.equal({
      serverId: only(deployment, "Server").id,
      userName: "acme",
      body: `ssh-ed25519 ${sshKey("acme").body}`,
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
      { entry: "/catalogue", target: `/${bucket}/${rootPrefixes.shared}catalogue` },
      { entry: "/inbox", target: `/${bucket}/${tenantPrefix("acme")}inbox` },
      { entry: "/outbox", target: `/${bucket}/${tenantPrefix("acme")}outbox` },
    ]);
    expect(inputs).not.to.have.property("homeDirectory");
  });

  it("sees folders and spaces at their paths, lands above them, and has the policy that it has without paths", async () => {
    const acme = (outbox: string | undefined, prices: string | undefined) =>
      tenant("acme", {
        folders: [
          { name: "outbox", ...(outbox === undefined ? {} : { path: outbox }), access: "read-only" },
          { name: "inbox", access: "write-only" },
        ],
        spaces: [{ name: "prices", ...(prices === undefined ? {} : { path: prices }), access: "read-only" }],
      });
    const { inputs } = only(await gatewayStack({ tenants: [acme("/Out/From Us", "/A/Prices")] }), "User");
    expect(inputs["homeDirectoryMappings"]).to.deep.equal([
      { entry: "/inbox", target: `/${bucket}/${tenantPrefix("acme")}inbox` },
      { entry: "/Out/From Us", target: `/${bucket}/${tenantPrefix("acme")}outbox` },
      { entry: "/A/Prices", target: `/${bucket}/${rootPrefixes.shared}prices` },
    ]);
    expect(inputs).not.to.have.property("homeDirectory");
    const plain = only(await gatewayStack({ tenants: [acme(undefined, undefined)] }), "User");
    expect(inputs["policy"]).to.equal(plain.inputs["policy"]);
  });

  it("lands in /home once a space stands beside its own folder", async () => {
    const acme = tenant("acme", { spaces: [{ name: "catalogue", access: "read-write" }] });
    const deployment = await gatewayStack({ tenants: [acme] });
    const { inputs } = only(deployment, "User");
    expect(inputs["homeDirectory"]).to.equal("/home");
    expect(inputs["homeDirectoryMappings"]).to.deep.equal([
      { entry: "/catalogue", target: `/${bucket}/${rootPrefixes.shared}catalogue` },
      { entry: "/home", target: `/${bucket}/${rootPrefixes.tenants}acme` },
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
    const roleNames = ofType(deployment, "User").map(({ inputs }) => [
      inputs["userName"],
      /role\/project-test-(.*)$/.exec(String(inputs["role"]))?.[1],
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

  it("begins once an earlier one is done where there are more than sixteen, and none is left out", async () => {
    const registerResource: AnswersRegistration = Reflect.get(RecordingMonitor.prototype, "registerResource");
    let [waiting, most] = [0, 0];
    RecordingMonitor.prototype.registerResource = async function (request, callback) {
      if (request.getType() === "aws:transfer/user:User") {
        most = Math.max(most, ++waiting);
        await after(2);
        waiting -= 1;
      }
      return registerResource.call(this, request, callback);
    };
    try {
      const names = Array.from({ length: 40 }, (_, index) => `acme-${index}`);
      const deployment = await gatewayStack({ tenants: names.map((name) => tenant(name)) });
      expect(ofType(deployment, "User").map(({ inputs }) => inputs["userName"])).to.have.members(names);
      expect(most).to.equal(16);
    } finally {
      RecordingMonitor.prototype.registerResource = registerResource;
    }
  });
});

describe("the outputs of a tenant", () => {
  it("tell who logs in, where it lands, what it reaches, with which keys and how", async () => {
    const keys = [sshKey("a"), sshKey("b")];
    const acme = tenant("acme", {
      userName: "ACME_batch",
      spaces: [{ name: "catalogue", access: "read-only" }],
      deployedKeys: keys,
    });
    const { outputs } = await gatewayStack({ tenants: [acme] });
    expect(outputs["tenants"]).to.deep.equal({
      acme: {
        userName: "ACME_batch",
        access: "read-write",
        homeDirectory: "/home",
        prefixes: [spacePrefix("catalogue"), tenantPrefix("acme")].sort(),
        keyFingerprints: keys.map(({ fingerprint }) => fingerprint).sort(),
        command: `sftp ACME_batch@${String(outputs["endpoint"])}`,
      },
    });
  });
});
