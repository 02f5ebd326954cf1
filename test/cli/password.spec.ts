import { expect } from "chai";
import { readCredentials } from "../../functions/identity-provider/credentials";
import { plainItem } from "../../operator/attributes";
import { isoToday } from "../../tenancy/date";
import type { Ended } from "../fixtures/ended";
import { matches } from "../functions/identityProvider/provider";
import { Operating } from "./operating";

const shape = /^[a-z2-9]{4}(-[a-z2-9]{4}){6}\n$/;
const tomorrow = isoToday(new Date(Date.now() + 86_400_000));
const overmorrow = isoToday(new Date(Date.now() + 2 * 86_400_000));
const midnight = `${overmorrow}T00:00:00.000Z`;

describe("npm run password", () => {
  let operating: Operating;
  before(async () => {
    operating = new Operating();
    await operating.begin();
  });
  after(() => operating.end());
  beforeEach(() => operating.table.items.clear());

  const password = (words: string) => operating.call("password", words);
  const inOwnProcess = (script: string) => operating.run(`password.ts ${script}`);
  const stored = (tenant = "acme") =>
    readCredentials(plainItem((operating.table.items.get(tenant) ?? {}) as Parameters<typeof plainItem>[0]));
  const admits = (drawn: string, at = new Date()) => matches(stored(), drawn.trim(), at);

  /** @returns The password, which is all that is on stdout, and is nowhere else. */
  function drawn({ code, stdout, stderr }: Ended): string {
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr });
    expect(stdout).to.match(shape);
    expect(stderr).not.to.include(stdout.trim());
    expect(JSON.stringify([...operating.table.items])).not.to.include(stdout.trim());
    return stdout;
  }

  it("shows a password once, and stores its hash with who and when", async () => {
    const ended = await inOwnProcess("acme --stack lambda --by 'Ann Operator'");
    const one = drawn(ended);
    expect(ended.stderr).to.equal(
      "This is the password of the login ACME_batch from now on. It is shown this once.\nEarlier ones have ended.\n",
    );
    expect(await admits(one)).to.equal(true);
    const { tenant, stopped, hashes } = stored();
    expect({ tenant, stopped }).to.deep.equal({ tenant: "acme", stopped: undefined });
    expect(hashes).to.have.length(1);
    expect(hashes?.[0]?.by).to.equal("Ann Operator");
    expect(Date.now() - Date.parse(hashes?.[0]?.at ?? "")).to.be.within(0, 30_000);
    expect(hashes?.[0]).not.to.have.property("until");
    expect(operating.temporary()).to.deep.equal([]);
  });

  it("says of a suspended tenant that no password lets it in", async () => {
    const { stderr, stdout } = await password("hooli --stack lambda");
    expect(stdout).to.match(shape);
    expect(stderr).to.match(/\nother\.yaml:11: the tenant is suspended, and no password lets it in\.\n$/);
  });

  it("replaces one at once, or lets it go on until a day is over", async () => {
    const first = drawn(await password("acme --stack lambda"));
    const second = drawn(await password("acme --stack lambda"));
    expect([await admits(first), await admits(second)]).to.deep.equal([false, true]);
    const ended = await password(`acme --stack lambda --overlap-until ${tomorrow}`);
    const third = drawn(ended);
    expect(ended.stderr).to.match(new RegExp(`The one before it goes on until ${midnight} at the latest\\.\\n$`));
    const beforeMidnight = new Date(Date.parse(midnight) - 1);
    expect([await admits(second, beforeMidnight), await admits(third, beforeMidnight)]).to.deep.equal([true, true]);
    expect([await admits(second, new Date(midnight)), await admits(third, new Date(midnight))]).to.deep.equal([
      false,
      true,
    ]);
  });

  it("ends a password at a moment in UTC", async () => {
    const ended = await password(`acme --stack lambda --until ${tomorrow}T08:30Z`);
    const one = drawn(ended);
    expect(ended.stderr).to.include(`from now on, until ${tomorrow}T08:30:00.000Z.`);
    expect(await admits(one, new Date(`${tomorrow}T08:29:59.999Z`))).to.equal(true);
    expect(await admits(one, new Date(`${tomorrow}T08:30:00.000Z`))).to.equal(false);
  });

  it("keeps a stop", async () => {
    const stopped = { M: { by: { S: "bob" }, at: { S: "2026-06-01T12:00:00.000Z" } } };
    operating.table.items.set("acme", { tenant: { S: "acme" }, stopped });
    drawn(await password("acme --stack lambda"));
    expect(operating.table.items.get("acme")?.["stopped"]).to.deep.equal(stopped);
  });

  it("lets two people draw at the same time, and both passwords are as one after the other", async () => {
    const first = drawn(await password("acme --stack lambda"));
    const both = await Promise.all(
      [1, 2].map(() => inOwnProcess(`acme --stack lambda --overlap-until ${tomorrow}`).then(drawn)),
    );
    expect(await Promise.all(both.map((each) => admits(each)))).to.deep.equal([true, true]);
    expect(await admits(first)).to.equal(false);
  });

  it("deletes all there are, and keeps the rest of the item", async () => {
    drawn(await password("acme --stack lambda"));
    const deletion = await password("acme --stack lambda --delete");
    expect(deletion).to.deep.equal({ code: 0, stdout: 'tenant "acme" has no password any more\n', stderr: "" });
    expect(operating.table.items.get("acme")).to.deep.equal({ tenant: { S: "acme" } });
    expect(await password("acme --stack lambda --delete")).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: 'error: tenant "acme" has no password in the table sftp-gateway-lambda-identity-provider\n',
    });
  });

  it("deletes also what a tenant must not have any more", async () => {
    operating.table.items.set("globex", { tenant: { S: "globex" }, hashes: { L: [] } });
    expect((await password("globex --stack lambda --delete")).code).to.equal(0);
    expect(operating.table.items.get("globex")).to.deep.equal({ tenant: { S: "globex" } });
  });

  for (const former of ["umbrella", "soylent"]) {
    it(`deletes what is left of ${former}, which the stack no longer has`, async () => {
      operating.table.items.set(former, { tenant: { S: former }, hashes: { L: [] } });
      expect(await password(`${former} --stack lambda --delete`)).to.deep.equal({
        code: 0,
        stdout: `tenant "${former}" has no password any more\n`,
        stderr: "",
      });
      expect(operating.table.items.get(former)).to.deep.equal({ tenant: { S: former } });
    });
  }

  describe("--print", () => {
    it("writes the hash into a file that nobody else reads, and prints the command that stores it", async () => {
      const ended = await password("acme --stack lambda --print --by ann");
      const one = drawn(ended);
      expect(operating.table.items.size).to.equal(0);
      const [folder = ""] = operating.temporary();
      const file = `${operating.repository.temporary}/${folder}/input.json`;
      const { stdout: modes } = await operating.shell(`stat -c %a ${file} $(dirname ${file}); cat ${file}`);
      expect(modes)
        .to.match(/^600\n700\n\{/)
        .and.not.to.include(one.trim());
      expect(ended.stderr).to.equal(
        "# The password above admits nobody until this has run. Every other password of the tenant ends then.\n" +
          `aws dynamodb update-item --region eu-central-1 --cli-input-json file://${file}\n` +
          `rm -r ${operating.repository.temporary}/${folder}\n`,
      );
      expect((await operating.shell(ended.stderr)).code).to.equal(0);
      expect(operating.temporary()).to.deep.equal([]);
      const [{ operation, parameters } = { operation: "", parameters: {} }] = operating.requests();
      expect(operation).to.equal("dynamodb:UpdateItem");
      operating.table.answer("UpdateItem", parameters);
      expect(await admits(one)).to.equal(true);
      expect(stored().hashes?.[0]?.by).to.equal("ann");
    });

    it("prints a deletion, which leaves no file behind", async () => {
      drawn(await password("acme --stack lambda"));
      const { code, stdout, stderr } = await password("acme --stack lambda --delete --print");
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      await operating.shell(stdout);
      const [request] = operating.requests();
      operating.table.answer("UpdateItem", request?.parameters ?? {});
      expect(operating.table.items.get("acme")).to.deep.equal({ tenant: { S: "acme" } });
      expect(operating.temporary()).to.deep.equal([]);
    });

    it("says beside the command that the name is no tenant's, which nobody else would notice", async () => {
      const { code, stdout, stderr } = await password("acmee --stack lambda --delete --print");
      expect(code).to.equal(0);
      expect(stdout).to.match(/^aws dynamodb update-item .*"acmee"/);
      expect(stderr).to.equal('# Note: there is no tenant "acmee" in other.yaml; did you mean "acme"?\n');
    });
  });

  for (const [flags, message] of [
    ["acmee --stack lambda", 'there is no tenant "acmee" in other.yaml; did you mean "acme"?'],
    [
      "ACME_batch --stack lambda",
      'there is no tenant "ACME_batch" in other.yaml; that is the login name of tenant "acme"',
    ],
    ["initech --stack keys", 'other.yaml:10: tenant "initech" is not in stack "keys"; it is in lambda'],
    ["acme --stack keys", 'stack "keys" asks nobody for a password: its authentication is PUBLIC_KEY'],
    [
      "acme --stack plain",
      'stack "plain" has no passwords: its identityProvider is service-managed; with lambda it would',
    ],
    [
      "acme --stack plain --delete",
      'stack "plain" has no passwords: its identityProvider is service-managed; with lambda it would',
    ],
    [
      "acmee --stack lambda --delete",
      'there is no tenant "acmee" in other.yaml; did you mean "acme"?; ' +
        "nor has one of that name a password in the table sftp-gateway-lambda-identity-provider",
    ],
    [
      "globex --stack lambda",
      'other.yaml:8: tenant "globex" may not have a password; with "password: true" and a deployment it may',
    ],
    [
      `acme --stack lambda --overlap-until ${tomorrow}`,
      'tenant "acme" has no password that could overlap: leave --overlap-until out',
    ],
  ] as const) {
    it(`exits with 1 and one line for ${flags.replace(/\d{4}-\S+/, "TOMORROW")}`, async () => {
      expect(await password(flags)).to.deep.equal({ code: 1, stdout: "", stderr: `error: ${message}\n` });
      expect(operating.table.items.size).to.equal(0);
    });
  }

  for (const [flags, message] of [
    ["--stack lambda", "whose password is missing: the name of a tenant"],
    ["acme", "which stack is meant is missing: --stack STACK; there are bare, dev, keys, lambda, plain and prod"],
    [
      "acme --stack lamda",
      '--stack "lamda" is not a stack of this project; there are bare, dev, keys, lambda, plain and prod',
    ],
    ["acme --stack lambda --until 2020-02-29", '--until "2020-02-29" has passed'],
    [
      "acme --stack lambda --until 2031-02-29",
      '--until "2031-02-29" is neither a day of the calendar as YYYY-MM-DD nor a time in UTC as YYYY-MM-DDTHH:MMZ',
    ],
    [
      "acme --stack lambda --overlap-until 2031-01-01T24:00Z",
      '--overlap-until "2031-01-01T24:00Z" is neither a day of the calendar as YYYY-MM-DD nor a time in UTC as YYYY-MM-DDTHH:MMZ',
    ],
    ["acme --stack lambda --delete --until 2031-01-01", "--delete draws no password that --until could be about"],
    [
      "acme --stack lambda --delete --by me",
      "--by is of no use beside --delete, which leaves nothing in the table that it could be said of",
    ],
    [
      "acme --stack lambda --print --overlap-until 2031-01-01",
      "--print reads no table, so it knows no password that could overlap: leave --overlap-until or --print out",
    ],
    ["acme globex --stack lambda", '"globex" is one too many: npm run password -- TENANT [FLAGS]'],
    ["acme --stack lambda --by a\u200bb", "--by is a name of 100 characters at most, none of them invisible"],
  ] as const) {
    it(`exits with 2 for ${flags}`, async () => {
      const { code, stdout, stderr } = await password(flags);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(`error: ${message}`);
      expect(stderr).to.include("Usage: npm run password -- TENANT [FLAGS]");
    });
  }

  it("says which table is missing, or does not answer, and shows no password", async () => {
    const name = "sftp-gateway-bare-identity-provider";
    expect(await password("acme --stack bare")).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: there is no table ${name} in eu-central-1 of this account: deploy the stack first\n`,
    });
    const { code, stdout, stderr } = await operating.runAlone("password.ts acme --stack bare");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^error: the table \S+ in eu-central-1 does not answer: .*ECONNREFUSED.*\n$/);
  });

  it("says where AWS would have to be asked that nobody has said who asks", async () => {
    const nobody = "HOME=/nowhere AWS_EC2_METADATA_DISABLED=true";
    const { code, stdout, stderr } = await operating.shell(
      `unset AWS_ENDPOINT_URL_DYNAMODB AWS_PROFILE; ${nobody} node -r ./cli/typescript.cjs cli/password.ts acme --stack lambda`,
    );
    expect({ code, stdout, stderr }).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "error: there are no credentials of AWS; `aws sts get-caller-identity` shows whose are found\n",
    });
  });
});
