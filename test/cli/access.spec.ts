import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

const [one, two] = [publicKey(1), publicKey(2)];
const tenants = `tenants:
  - name: acme
    access: read-only
    sshKeys:
      - { key: "${one.text}", expires: 2026-12-31 }
      - ${two.text}
  - { name: globex, state: suspended, sshKeys: ["${publicKey(3).text}"] }
`;

describe("npm run access", () => {
  let repository: Repository;
  let commit: string;
  before(() => {
    repository = new Repository();
    repository.write("other.yaml", tenants);
    repository.commit();
    commit = repository.git("rev-parse", "--short=12", "HEAD").trim();
  });
  after(() => repository.remove());

  const access = (...flags: string[]) => repository.call("access", "--tenants", "other.yaml", ...flags);

  it("shows what would be deployed on the day, with what the file alone knows", async () => {
    const { code, stdout, stderr } = await access("--today", "2026-06-01");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const keys = [`${one.fingerprint} ssh-ed25519, until 2026-12-31`, `${two.fingerprint} ssh-ed25519, no end`].sort();
    const [, second = ""] = keys;
    expect(stdout.replaceAll(/ {2,}FILES$/gm, "  FILES")).to.equal(`Access of stack dev on 2026-06-01
commit ${commit}
server sftp-gateway-dev: PUBLIC, TransferSecurityPolicy-2025-03, PUBLIC_KEY
bucket sftp-gateway-dev-123456789012

TENANT  LOGIN   FOLDER  ACCESS     IN THE BUCKET  LOGS IN  FILES
acme    acme    /       read-only  tenants/acme/  ${keys[0]}
                                                  ${second}
globex  globex                                    suspended: cannot log in
`);
  });

  it("says that the files have been changed since the commit", async () => {
    repository.write("other.yaml", `# Not committed yet.\n${tenants}`);
    const { stdout } = await access("--today", "2026-06-01");
    repository.write("other.yaml", tenants);
    expect(stdout).to.match(new RegExp(`^commit ${commit}-dirty$`, "m"));
  });

  it("is a file for spreadsheets by --format csv", async () => {
    const { code, stdout } = await access("--today", "2026-06-01", "--format", "csv");
    expect(code).to.equal(0);
    expect(stdout.split("\r\n").slice(0, -1)).to.have.length(1 + 3 + 1);
  });

  it("leaves out a key that has expired by then", async () => {
    const { stdout } = await access("--today", "2027-01-01");
    expect(stdout).to.include(two.fingerprint).and.not.to.include(one.fingerprint);
  });

  it("exits with 1 and the file's problems when the file is wrong", async () => {
    repository.write("wrong.yaml", "tenants:\n  - { name: acme }\n");
    const { code, stdout, stderr } = await repository.call("access", "--tenants", "wrong.yaml");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^wrong\.yaml:2:13: error: tenant "acme" has no SSH key/);
  });

  it("reads the tenants file that the stack's settings name", async () => {
    const stackFile = readFileSync(join(repository.directory, "Pulumi.prod.yaml"), "utf8");
    repository.write("Pulumi.prod.yaml", `${stackFile}  sftp-gateway:tenantsFile: other.yaml\n`);
    const { stdout } = await repository.call("access", "--stack", "prod", "--today", "2026-06-01");
    expect(stdout)
      .to.match(/^Access of stack prod on 2026-06-01\n/)
      .and.to.include(one.fingerprint);
  });

  it("exits with 1 and what is wrong with the stack's settings", async () => {
    const stackFile = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
    repository.write("Pulumi.dev.yaml", `${stackFile}  sftp-gateway:alarmEmial: ops@acme.example\n`);
    const refusal = {
      code: 1,
      stdout: "",
      stderr:
        "error: nothing is deployed:\n" +
        'Pulumi.dev.yaml:6:3: error: unknown setting "sftp-gateway:alarmEmial"; did you mean "sftp-gateway:alarmEmail"?\n',
    };
    expect(await access()).to.deep.equal(refusal);
    expect(await repository.call("synth")).to.deep.equal(refusal);
    expect(await repository.call("start", "--data", join(repository.temporary, "data"))).to.deep.equal(refusal);
    repository.write("Pulumi.dev.yaml", stackFile);
  });

  it("says on stderr that a permissions boundary is not read", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/sftp-gateway-prod-boundary";
    const settings = readFileSync(join(repository.directory, "Pulumi.prod.yaml"), "utf8");
    repository.write("Pulumi.prod.yaml", `${settings}  sftp-gateway:permissionsBoundary: ${boundary}\n`);
    const { code, stdout, stderr } = await access("--stack", "prod", "--today", "2026-06-01");
    expect(code).to.equal(0);
    expect(stdout).to.match(/^acme +acme +\/ +read-only +tenants\/acme\//m);
    expect(stderr).to.equal(
      `note: the permissions boundary ${boundary} is not read here: it can take away from what the roles may do, and add nothing\n`,
    );
  });

  it("exits with 2 for a stack that there is not", async () => {
    const { code, stderr } = await access("--stack", "test");
    expect(code).to.equal(2);
    expect(stderr).to.match(/^error: --stack "test" is not a stack of this project; there are dev and prod\n/);
  });
});
