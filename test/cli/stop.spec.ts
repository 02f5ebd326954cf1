import { expect } from "chai";
import { readCredentials } from "../../functions/identity-provider/credentials";
import { parsePolicy } from "../../iam/evaluate";
import { plainItem } from "../../operator/attributes";
import type { ApiRequest } from "../fixtures/aws/apiModel";
import type { Ended } from "../fixtures/ended";
import { keyIds, Operating } from "./operating";

const server = "s-1234567890abcdef0";

describe("npm run stop", () => {
  let operating: Operating;
  before(async () => {
    operating = new Operating();
    await operating.begin();
  });
  after(() => operating.end());
  beforeEach(() => {
    operating.table.items.clear();
    operating.calls("aws");
    operating.calls("npx");
  });

  const stored = () =>
    readCredentials(plainItem((operating.table.items.get("acme") ?? {}) as Parameters<typeof plainItem>[0]));

  const stop = (words: string) => printedBy(operating.call("stop", words));
  const inOwnProcess = (flags: string) => printedBy(operating.run(`stop.ts ${flags}`));

  /** What a stop prints without an error. */
  async function printedBy(running: Promise<Ended>): Promise<string> {
    const { code, stdout, stderr } = await running;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    return stdout;
  }

  /** Runs what a stop has printed. @returns The requests of AWS that it makes, those that only read left out. */
  async function changesOf(script: string): Promise<ApiRequest[]> {
    const { code, stderr } = await operating.shell(script);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    return operating.requests().filter(({ operation }) => !/:(Get|Describe)/.test(operation));
  }

  const policyOf = (request: ApiRequest | undefined) => {
    expect(request?.operation).to.equal("s3:PutBucketPolicy");
    const { Bucket, Policy } = request?.parameters ?? {};
    return { Bucket, policy: parsePolicy(JSON.parse(String(Policy)), "bucket policy") };
  };

  const hashes = {
    L: [
      { M: { hash: { S: Buffer.alloc(32).toString("base64") }, by: { S: "ann" }, at: { S: "2026-06-01T12:00:00Z" } } },
    ],
  };
  const scrypt = {
    M: { N: { N: "32768" }, r: { N: "8" }, p: { N: "1" }, salt: { S: Buffer.alloc(16).toString("base64") } },
  };

  describe("in a stack whose logins a function answers", () => {
    it("marks the tenant with who and when, and keeps its passwords", async () => {
      operating.table.items.set("acme", { tenant: { S: "acme" }, scrypt, hashes });
      const printed = await inOwnProcess("acme --stack lambda --by ann");
      expect(printed).to.match(/^# Tenant "acme" is stopped: every login of it is refused from now on\.\n/);
      const { stopped, hashes: kept } = stored();
      expect(stopped?.by).to.equal("ann");
      expect(Date.now() - Date.parse(stopped?.at ?? "")).to.be.within(0, 30_000);
      expect(kept).to.have.length(1);
    });

    it("stops also a tenant that has never had a password, and takes that back without leaving a trace", async () => {
      await stop("globex --stack lambda");
      expect(operating.table.items.get("globex")).to.have.all.keys("tenant", "stopped");
      expect(await stop("globex --stack lambda --undo")).to.match(/^# Tenant "globex" is not stopped any more\.\n/);
      expect(operating.table.items.get("globex")).to.deep.equal({ tenant: { S: "globex" } });
    });

    it("says who was first, and changes nothing of it", async () => {
      await stop("acme --stack lambda --by ann");
      const { stopped } = stored();
      const printed = await stop("acme --stack lambda --by bob");
      expect(printed).to.match(new RegExp(`^# Tenant "acme" is stopped already, by ann at ${stopped?.at}\\.\n`));
      expect(stored().stopped).to.deep.equal(stopped);
    });

    it("prints nothing that others wrote into the table as more than a comment", async () => {
      const at = { S: "2026-06-01T12:00:00Z" };
      const stopped = { M: { by: { S: "ann\nnpx touched" }, at } };
      operating.table.items.set("acme", { tenant: { S: "acme" }, stopped });
      const printed = await stop("acme --stack lambda");
      expect(printed).to.match(/^# Tenant "acme" is stopped already, by ann\\u\{a\}npx touched at /);
      await operating.shell(printed);
      expect(operating.calls("npx")).to.deep.equal([]);
    });

    it("has nothing to take back where nobody is stopped, and makes no item", async () => {
      expect(await stop("acme --stack lambda --undo")).to.match(/^# Tenant "acme" was not stopped\.\n/);
      expect(operating.table.items.size).to.equal(0);
    });

    for (const former of ["umbrella", "soylent"]) {
      it(`takes back the stop of ${former}, which the stack no longer has`, async () => {
        const stopped = { M: { by: { S: "ann" }, at: { S: "2026-06-01T12:00:00Z" } } };
        operating.table.items.set(former, { tenant: { S: former }, stopped });
        const printed = await stop(`${former} --stack lambda --undo`);
        expect(printed).to.match(new RegExp(`^# Tenant "${former}" is not stopped any more\\.\\n`));
        expect(operating.table.items.get(former)).to.deep.equal({ tenant: { S: former } });
        expect(await changesOf(printed)).to.have.length(1);
      });
    }

    it("says with --print that the name is no tenant's", async () => {
      const printed = await stop("acmee --stack lambda --undo --print");
      expect(printed).to.match(
        /^# Note: there is no tenant "acmee" in other\.yaml; did you mean "acme"\?\n# This lets /,
      );
    });

    it("--print writes nothing, and prints the command for either", async () => {
      const printed = await inOwnProcess(`acme --stack lambda --print --by "Ann O'Hara"`);
      expect(operating.table.items.size).to.equal(0);
      const [update, policy, ...others] = await changesOf(printed);
      expect(update?.operation).to.equal("dynamodb:UpdateItem");
      operating.table.answer("UpdateItem", update?.parameters ?? {});
      expect(stored().stopped?.by).to.equal("Ann O'Hara");
      expect([policy?.operation, ...others]).to.deep.equal(["s3:PutBucketPolicy"]);
      const [undo] = await changesOf(await stop("acme --stack lambda --print --undo"));
      operating.table.answer("UpdateItem", undo?.parameters ?? {});
      expect(stored().stopped).to.equal(undefined);
    });

    it("fails when the table does not answer", async () => {
      const { code, stdout, stderr } = await operating.runAlone("stop.ts acme --stack lambda");
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      expect(stderr).to.match(
        /^error: the table sftp-gateway-lambda-identity-provider in eu-central-1 does not answer: /,
      );
    });
  });

  describe("in a stack whose users the service manages", () => {
    it("prints the commands that delete every key, and the edit that keeps them away", async () => {
      const printed = await stop("acme --stack plain");
      expect(printed).to.include('# plain.yaml:3: add "state: suspended" to tenant "acme" and deploy it');
      const requests = await changesOf(printed);
      expect(requests.slice(0, -1)).to.deep.equal(
        keyIds.map((SshPublicKeyId) => ({
          operation: "transfer:DeleteSshPublicKey",
          parameters: { ServerId: server, UserName: "ACME_batch", SshPublicKeyId },
        })),
      );
      expect(operating.calls("npx")).to.deep.equal([["pulumi", "stack", "output", "serverId", "-s", "plain"]]);
    });

    it("says the same with --print, and never asks the table", async () => {
      const { stdout } = await operating.runAlone("stop.ts acme --stack plain --print");
      expect(stdout).to.equal(await stop("acme --stack plain"));
    });

    it("gives the keys back by an update that looks at AWS first", async () => {
      const [policy, ...others] = await changesOf(await stop("acme --stack plain --undo"));
      expect([policy?.operation, ...others]).to.deep.equal(["s3:PutBucketPolicy"]);
      expect(operating.calls("npx")).to.deep.equal([
        ["pulumi", "up", "-s", "plain", "--refresh", "--policy-pack", "policy"],
      ]);
    });

    it("tells of the edit only where it is to be made", async () => {
      operating.repository.write(
        "suspended.yaml",
        (await operating.shell("cat plain.yaml")).stdout.replace("userName: ACME_batch", "state: suspended"),
      );
      const flags = "--stack plain";
      operating.repository.write(
        "Pulumi.plain.yaml",
        (await operating.shell("cat Pulumi.plain.yaml")).stdout.replace("plain.yaml", "suspended.yaml"),
      );
      expect(await stop(`acme ${flags}`)).to.include(
        '# suspended.yaml:3: tenant "acme" is suspended there; deploy that',
      );
      expect(await stop(`acme ${flags} --undo`)).to.include(
        'suspended.yaml:3: take "state: suspended" from tenant "acme".',
      );
    });
  });

  for (const stack of ["lambda", "plain"]) {
    it(`prints the bucket policy of ${stack} that refuses open sessions, and the one that was deployed`, async () => {
      const bucket = `sftp-gateway-${stack}-123456789012`;
      const denying = policyOf((await changesOf(await stop(`globex --stack ${stack} --print`))).at(-1));
      const deployed = policyOf((await changesOf(await stop(`globex --stack ${stack} --print --undo`))).at(-1));
      expect([denying.Bucket, deployed.Bucket]).to.deep.equal([bucket, bucket]);
      expect(deployed.policy.Statement.map(({ Sid }) => Sid)).to.deep.equal(["TlsOnly"]);
      const [tlsOnly, own, listing, session, ...others] = denying.policy.Statement;
      expect({ tlsOnly, others }).to.deep.equal({ tlsOnly: deployed.policy.Statement[0], others: [] });
      expect(own?.Resource).to.equal(`arn:aws:s3:::${bucket}/tenants/globex/*`);
      expect(listing?.Condition?.["StringLike"]).to.deep.equal({ "s3:prefix": "tenants/globex/*" });
      expect(session?.Condition?.["StringLike"]).to.deep.equal({ "aws:userid": "*:globex.*@*" });
      const roles = ["read-write", "read-only", "read-delete", "write-only"];
      expect(session?.Condition?.["ArnEquals"]).to.deep.equal({
        "aws:PrincipalArn": roles.map((profile) => `arn:aws:iam::123456789012:role/sftp-gateway-${stack}-${profile}`),
      });
    });
  }

  for (const [flags, code, message] of [
    ["acmee --stack lambda", 1, 'there is no tenant "acmee" in other.yaml; did you mean "acme"?'],
    [
      "acmee --stack lambda --undo",
      1,
      'there is no tenant "acmee" in other.yaml; did you mean "acme"?; nor is one of that name stopped',
    ],
    ["acmee --stack plain --undo", 1, 'there is no tenant "acmee" in plain.yaml; did you mean "acme"?'],
    ["initech --stack keys", 1, 'other.yaml:10: tenant "initech" is not in stack "keys"; it is in lambda'],
    ["--stack lambda", 2, "who is to be stopped is missing: the name of a tenant"],
    ["acme", 2, "which stack is meant is missing: --stack STACK; there are bare, dev, keys, lambda, plain and prod"],
    ["acme --stack lambda --by=", 2, "--by needs a value: --by WHO"],
    ["acme --stack lambda --undo=yes", 2, "--undo takes no value"],
    ["acme --stack lambda --undo --by me", 2, "--by is of no use here: --undo leaves no mark that it could be said of"],
    [
      "acme --stack plain --by me",
      2,
      "--by is of no use here: a stack that is service-managed has no table for a mark that it could be said of",
    ],
  ] as const) {
    it(`exits with ${code} for ${flags}`, async () => {
      const ended = await operating.call("stop", flags);
      expect({ code: ended.code, stdout: ended.stdout }).to.deep.equal({ code, stdout: "" });
      expect(ended.stderr.split("\n")[0]).to.equal(`error: ${message}`);
      expect(operating.table.items.size).to.equal(0);
    });
  }
});
