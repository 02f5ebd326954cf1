import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

describe("npm run tenant, of a tenant with a password,", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    const settings = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
    const lambda = "  sftp-gateway:tenantsFile: partners.yaml\n  sftp-gateway:identityProvider: lambda\n";
    repository.write("Pulumi.partners.yaml", settings + lambda);
  });
  after(() => repository.remove());
  beforeEach(() =>
    repository.write(
      "partners.yaml",
      `tenants:\n  - { name: acme, sshKeys: ["${publicKey("acme").text}"] }\n  - { name: globex, password: true }\n`,
    ),
  );

  const lastLine = async (...words: string[]) => {
    const { stdout } = await repository.call("tenant", ...words, "--tenants", "partners.yaml");
    return stdout.trimEnd().split("\n").at(-1);
  };

  it("adds it, and says by which command one is drawn", async () => {
    expect(await lastLine("add", "initech", "--password", "--environments", "partners")).to.equal(
      "  npm run -s password -- initech --stack STACK # draws one, once this is deployed",
    );
  });

  it("lists that it has one", async () => {
    expect(await lastLine("list")).to.equal("  with a password");
    const { stdout } = await repository.call("tenant", "list", "--json", "--tenants", "partners.yaml");
    const { tenants } = JSON.parse(stdout) as { tenants: { password: boolean }[] };
    expect(tenants.map(({ password }) => password)).to.deep.equal([false, true]);
  });

  it("retires it, and says that the passwords stay, of this tenant alone", async () => {
    expect(await lastLine("retire", "globex")).to.equal(
      "  npm run -s password -- globex --stack STACK --delete # its passwords stay in the table",
    );
    await lastLine("add", "initech", "--password");
    expect(await lastLine("retire", "acme")).to.equal('  git commit -m "Retire tenant acme" partners.yaml');
  });
});
