import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../../synth/deployment";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

/** A user outside of the gateway, which may read everything. */
const userBeside = `
import { User } from "@pulumi/aws/transfer";
const withUserBeside = async () => {
  const outputs = await gatewayProgram();
  new User("extra", {
    serverId: outputs.serverId,
    userName: "extra",
    role: "arn:aws:iam::123456789012:role/sftp-gateway-dev-read-only",
    homeDirectoryType: "LOGICAL",
    homeDirectoryMappings: [{ entry: "/", target: "/sftp-gateway-dev-123456789012/tenants/acme" }],
  });
  return outputs;
};
export = withUserBeside;
`;

const refusal =
  'the deployment does not keep its tenants apart:\ntenant "extra": has no session policy, so all that its role may do is ' +
  'open to it (statement session policy)\ntenant "extra": the logical mapping of / leads to ' +
  '"/sftp-gateway-dev-123456789012/tenants/acme", which is not below a prefix granted to it (statement mapping /); for ' +
  "example s3:GetObject on arn:aws:s3:::sftp-gateway-dev-123456789012/tenants/acme/file.txt\n";

const acme = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;

function newRepository(): Repository {
  const repository = new Repository();
  repository.write("tenants.yaml", acme);
  return repository;
}

describe("npm run synth", () => {
  let repository: Repository;
  before(() => (repository = newRepository()));
  after(() => repository.remove());

  it("prints the deployment", async () => {
    const { code, stdout, stderr } = await repository.run("synth");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect((JSON.parse(stdout) as Deployment).outputs).to.have.nested.property("tenants.acme.userName", "acme");
  });

  it("names with --absent whom the stack does not let in, and why", async () => {
    const tenant = (name: string, key: number, more: string) =>
      `  - { name: ${name}, sshKeys: ["${publicKey(key).text}"]${more} }\n`;
    const others = tenant("globex", 2, ", environments: [prod]") + tenant("initech", 3, ", state: suspended");
    repository.write("other.yaml", `tenants:\n${tenant("acme", 1, "")}${others}`);
    const { code, stdout } = await repository.call("synth", "--tenants", "other.yaml", "--absent");
    expect(code).to.equal(0);
    expect((JSON.parse(stdout) as { absent: unknown }).absent).to.deep.equal([
      { name: "globex", userName: "globex", why: "of prod only" },
      { name: "initech", userName: "initech", why: "suspended" },
    ]);
  });

  it("exits with 2 for a stack that there is not, as the other commands do", async () => {
    for (const command of ["synth", "start", "access"]) {
      const { code, stdout, stderr } = await repository.call(command, "--stack", "nope");
      expect({ code, stdout }, command).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(
        'error: --stack "nope" is not a stack of this project; there are dev and prod',
      );
    }
  });
});

describe("npm run synth of another program", () => {
  let repository: Repository;
  beforeEach(() => (repository = newRepository()));
  afterEach(() => repository.remove());

  it("loads the tenants file once, for the program and for the proof of what it deploys, whoever decides logins", async () => {
    const reader = readFileSync(join(repository.directory, "tenancy/document.ts"), "utf8");
    const begin = "export function readYaml(report: Report): ParsedNode | null | undefined {\n";
    expect(reader).to.include(begin);
    repository.write("tenancy/document.ts", reader.replace(begin, `${begin}  process.stderr.write("loaded ");\n`));
    const stackFile = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
    repository.write("Pulumi.dev.yaml", `${stackFile}  sftp-gateway:identityProvider: lambda\n`);
    const { code, stderr } = await repository.call("synth");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "loaded " });
  });

  it("exits with 1 and a line for each finding when a resource beside the gateway opens a tenant's files", async () => {
    const program = readFileSync(join(repository.directory, "index.ts"), "utf8");
    repository.write("index.ts", program.replace("export =", "const gatewayProgram =") + userBeside);
    expect(await repository.call("synth")).to.deep.equal({ code: 1, stdout: "", stderr: `error: ${refusal}` });
    const start = await repository.call("start", "--port", "0", "--data", join(repository.temporary, "data"));
    expect(start).to.deep.equal({ code: 1, stdout: "", stderr: `error: ${refusal}` });
  });

  it("counts what a file registers when it is loaded, outside of any function, as the engine does", async () => {
    const program = readFileSync(join(repository.directory, "index.ts"), "utf8");
    const beside = 'new (require("@pulumi/aws").cloudwatch.LogGroup)("beside", { name: "/beside" });\n';
    repository.write("index.ts", `${program}${beside}`);
    const { code, stdout } = await repository.call("synth");
    expect(code).to.equal(0);
    const { resources } = JSON.parse(stdout) as Deployment;
    const [group] = resources.filter(({ name }) => name === "beside");
    expect(group?.parent).to.match(/::pulumi:pulumi:Stack::sftp-gateway-dev$/);
  });
});
