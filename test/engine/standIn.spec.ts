import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { create, difference, inputProblems, remove, update, withAutoName } from "../fixtures/aws/operations";
import { Service } from "../fixtures/aws/service";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow" }] });

describe("the stand-in for AWS", () => {
  let directory: string;
  let service: Service;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sftp-gateway-service-"));
    service = Service.create(directory);
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const make = (type: string, name: string, inputs: Record<string, unknown>) =>
    create(service, { type, name }, inputs, scope);
  const makeBucket = () => make("aws:s3/bucket:Bucket", "landing", { bucket: "landing" });
  const makeRole = () => make("aws:iam/role:Role", "access", { name: "access", assumeRolePolicy: document });
  const makeServer = () => make("aws:transfer/server:Server", "gateway", { domain: "S3" });

  function makeUser(changes: Record<string, unknown> = {}) {
    return make("aws:transfer/user:User", "acme", {
      serverId: makeServer().id,
      userName: "acme",
      role: makeRole().computed["arn"],
      homeDirectoryType: "LOGICAL",
      homeDirectoryMappings: [{ entry: "/", target: "/landing/tenants/acme" }],
      ...changes,
    });
  }

  it("refuses a resource type that is not declared", () => {
    expect(() => make("aws:ec2/instance:Instance", "machine", {})).to.throw("aws:ec2/instance:Instance is not known");
  });

  it("remembers what exists when it is opened again", () => {
    makeBucket();
    expect(Service.open(directory).inventory()).to.deep.equal(service.inventory());
  });

  it("lets the last of two settings of a bucket win", () => {
    makeBucket();
    const type = "aws:s3/bucketPolicy:BucketPolicy";
    make(type, "first", { bucket: "landing", policy: "{}" });
    make(type, "second", { bucket: "landing", policy: document });
    expect(service.all(type).map(({ inputs }) => inputs["policy"])).to.deep.equal([document]);
  });

  it("refuses a setting of a bucket that does not exist", () => {
    expect(() => make("aws:s3/bucketPolicy:BucketPolicy", "x", { bucket: "landing", policy: document })).to.throw(
      "NoSuchBucket",
    );
  });

  it("refuses to delete a bucket that holds files, unless forceDestroy empties it", () => {
    const { id, type } = makeBucket();
    service.setObjects("landing", ["order.csv"]);
    expect(() => remove(service, { type, name: "landing" }, id)).to.throw("BucketNotEmpty");
    update(service, { type, name: "landing" }, id, { bucket: "landing", forceDestroy: true });
    remove(service, { type, name: "landing" }, id);
    expect(service.inventory()).to.deep.equal([]);
  });

  it("refuses a second role of the same name", () => {
    makeRole();
    expect(makeRole).to.throw("EntityAlreadyExists");
  });

  it("refuses to delete a role that has inline policies", () => {
    const { id, type } = makeRole();
    make("aws:iam/rolePolicy:RolePolicy", "access", { role: "access", name: "access", policy: document });
    expect(() => remove(service, { type, name: "access" }, id)).to.throw("DeleteConflict");
  });

  it("refuses inline policies that exceed a role's limit together", () => {
    makeRole();
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "x".repeat(6000) }] });
    const makePolicy = (name: string) => make("aws:iam/rolePolicy:RolePolicy", name, { role: "access", name, policy });
    makePolicy("one");
    expect(() => makePolicy("two")).to.throw("LimitExceeded");
  });

  it("refuses a second user of the same name", () => {
    const { inputs } = makeUser();
    expect(() => make("aws:transfer/user:User", "other", inputs)).to.throw("ResourceExistsException");
  });

  it("refuses a user whose role does not exist", () => {
    expect(() => makeUser({ role: "arn:aws:iam::123456789012:role/other" })).to.throw("InvalidRequestException");
  });

  it("refuses a user whose server does not exist", () => {
    expect(() => makeUser({ serverId: "s-00000000000000000" })).to.throw("ResourceNotFoundException");
  });

  for (const [what, changes] of Object.entries({
    "/ and another entry": [
      { entry: "/", target: "/landing/a" },
      { entry: "/b", target: "/landing/b" },
    ],
    "a target that ends in /": [{ entry: "/", target: "/landing/a/" }],
    "no mapping": [],
  })) {
    it(`refuses a user with ${what}`, () => {
      expect(() => makeUser({ homeDirectoryMappings: changes })).to.throw("InvalidRequestException");
    });
  }

  it("refuses to delete a server that has users", () => {
    const { inputs } = makeUser();
    const subject = { type: "aws:transfer/server:Server", name: "gateway" };
    expect(() => remove(service, subject, String(inputs["serverId"]))).to.throw("ConflictException");
  });

  it("refuses the same key of a user twice, whatever its comment", () => {
    const { serverId, userName } = makeUser().inputs;
    const makeKey = (name: string, body: string) =>
      make("aws:transfer/sshKey:SshKey", name, { serverId, userName, body });
    makeKey("one", "ssh-ed25519 AAAA laptop");
    expect(() => makeKey("two", "ssh-ed25519 AAAA desktop")).to.throw("ResourceExistsException");
  });

  it("deletes a user's keys along with it", () => {
    const { id, inputs } = makeUser();
    const { serverId, userName } = inputs;
    make("aws:transfer/sshKey:SshKey", "key", { serverId, userName, body: "ssh-ed25519 AAAA" });
    remove(service, { type: "aws:transfer/user:User", name: "acme" }, id);
    expect(service.all("aws:transfer/sshKey:SshKey")).to.deep.equal([]);
  });

  it("draws another id for a server that is created once more", () => {
    expect(makeServer().id).not.to.equal(makeServer().id);
  });

  it("checks inputs against AWS's API model", () => {
    const subject = { type: "aws:transfer/user:User", name: "acme" };
    const inputs = { serverId: "s-1", userName: "a b", homeDirectoryType: "VIRTUAL", colour: "red" };
    expect(inputProblems(subject, inputs).map(({ path }) => path)).to.deep.equal([
      "CreateUser.ServerId",
      "CreateUser.ServerId",
      "CreateUser.UserName",
      "CreateUser.HomeDirectoryType",
      "CreateUser.colour",
      "CreateUser.Role",
    ]);
  });

  it("replaces a user whose name changes and a key whose body changes, and updates everything else", () => {
    const user = { type: "aws:transfer/user:User", name: "acme" };
    const key = { type: "aws:transfer/sshKey:SshKey", name: "key" };
    expect(difference(user, { userName: "a" }, { userName: "b" }).replaces).to.deep.equal(["userName"]);
    expect(difference(user, { policy: "{}" }, { policy: document })).to.deep.equal({
      changed: ["policy"],
      replaces: [],
    });
    expect(difference(key, { body: "ssh-rsa A x" }, { body: "ssh-rsa A y" }).changed).to.deep.equal([]);
    expect(difference(key, { body: "ssh-rsa A" }, { body: "ssh-rsa B" }).replaces).to.deep.equal(["body"]);
  });

  it("takes policies that say the same for the same", () => {
    const user = { type: "aws:transfer/user:User", name: "acme" };
    const inOtherOrder = JSON.stringify({ Statement: [{ Effect: "Allow" }], Version: "2012-10-17" }, null, 2);
    expect(difference(user, { policy: document }, { policy: inOtherOrder }).changed).to.deep.equal([]);
  });

  it("makes up a role's name once and keeps it", () => {
    const subject = { type: "aws:iam/role:Role", name: "access" };
    const { name } = withAutoName(subject, {}, {}, Buffer.from("seed"));
    expect(name).to.match(/^access-[0-9a-f]{7}$/);
    expect(withAutoName(subject, {}, { name }, Buffer.from("other seed"))).to.deep.equal({ name });
  });
});
