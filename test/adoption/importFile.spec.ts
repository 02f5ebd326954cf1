import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";

/** A resource of an import file. */
interface Imported {
  readonly type: string;
  readonly name: string;
  readonly logicalName?: string;
  readonly id?: string;
  readonly parent?: string;
}

describe("npm run import --pulumi-import", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    cpSync(join(__dirname, "sources"), join(repository.directory, "sources"), { recursive: true });
  });
  after(() => repository.remove());

  const text = (file: string) => readFileSync(join(repository.directory, file), "utf8");

  /** Imports into a tenants file that there is not. */
  async function imported(source: string, file: string, ...flags: string[]) {
    rmSync(join(repository.directory, file), { force: true });
    const ended = await repository.call("import", source, "--tenants", file, ...flags);
    expect(ended.code, ended.stderr).to.equal(0);
    return ended.stdout;
  }

  it("writes server, bucket, users and keys for pulumi import under the names that the program gives them", async () => {
    await imported("sources/user.json", "own.yaml", "--pulumi-import", "import.json");
    const { resources } = JSON.parse(text("import.json")) as { resources: readonly Imported[] };
    const typesTo = (name: string): string => {
      const { type, parent } = resources.find((resource) => resource.name === name)!;
      return parent === undefined ? type : `${typesTo(parent)}$${type}`;
    };
    const urns = resources.map(({ name, logicalName = name }) => `${typesTo(name)}::${logicalName}`);
    const { stdout } = await repository.call("synth", "--tenants", "own.yaml");
    for (const urn of urns) {
      expect(stdout).to.include(`"urn:pulumi:dev::sftp-gateway::${urn}"`);
    }
    expect(resources.flatMap(({ id, type }) => (id === undefined ? [] : [`${type} ${id}`]))).to.deep.equal([
      "aws:transfer/server:Server s-01234567890abcdef",
      "aws:s3/bucket:Bucket sftp-gateway-dev-123456789012",
      "aws:transfer/user:User s-01234567890abcdef/acme",
      "aws:transfer/sshKey:SshKey s-01234567890abcdef/acme/key-0123456789abcdef1",
    ]);
  });

  it("gives the entries of an import file names of their own, whatever the users are called", async () => {
    const users = (JSON.parse(text("sources/users.json")) as { User: { UserName: string } }[]).slice(0, 2);
    users[0]!.User.UserName = "users";
    users[1]!.User.UserName = "read-write";
    repository.write("named.json", JSON.stringify(users));
    await imported("named.json", "named.yaml", "--pulumi-import", "named-import.json");
    const { resources } = JSON.parse(text("named-import.json")) as { resources: readonly Imported[] };
    expect(new Set(resources.map(({ name }) => name))).to.have.property("size", resources.length);
  });

  it("writes an import file of one server's users alone, and none where a function decides logins", async () => {
    const refused = async (source: string, ...flags: string[]) => {
      const words = [source, "--tenants", "refused.yaml", "--pulumi-import", "refused.json", ...flags];
      const ended = await repository.call("import", ...words);
      expect(ended.code, ended.stdout).to.equal(1);
      expect(existsSync(join(repository.directory, "refused.yaml"))).to.equal(false);
      expect(existsSync(join(repository.directory, "refused.json"))).to.equal(false);
      return ended.stderr;
    };
    expect(await refused("sources/keys")).to.equal(
      "error: --pulumi-import takes users of a server with its ServerId, and this is a folder of public keys\n",
    );
    const [first, second] = JSON.parse(text("sources/users.json")) as { ServerId: string }[];
    repository.write("two.json", JSON.stringify([first, { ...second, ServerId: "s-00000000000000002" }]));
    expect(await refused("two.json")).to.equal(
      "error: a stack has one server, and the users are those of s-01234567890abcdef and s-00000000000000002: import one server's users\n",
    );
    repository.write("Pulumi.asked.yaml", `${text("Pulumi.dev.yaml")}  sftp-gateway:identityProvider: lambda\n`);
    expect(await refused("sources/user.json", "--stack", "asked")).to.equal(
      "error: --pulumi-import: in the stack asked a function decides logins (identityProvider: lambda), and a server has no users then\n",
    );
    rmSync(join(repository.directory, "Pulumi.asked.yaml"));
  });

  it("prints the commands that delete users and keys which a server keeps", async () => {
    const stdout = await imported("sources/users.json", "kept.yaml", "--pulumi-import", "kept.json");
    const [, commands = ""] = /Not in the stack; .*\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
    const ofServer = "--server-id s-01234567890abcdef --user-name";
    expect(commands.split("\n")).to.deep.equal([
      `aws transfer delete-ssh-public-key ${ofServer} initech --ssh-public-key-id key-0123456789abcdef4`,
      `aws transfer delete-user ${ofServer} odd`,
    ]);
    expect(await imported("sources/users.json", "kept.yaml")).to.not.include("Not in the stack");
  });
});
