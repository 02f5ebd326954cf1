import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "ssh2";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { LoginRecord } from "../../access/loginRecord";
import { authenticationMethods, type AuthenticationMethods } from "../../local/logins/identityProvider";
import { newKeyPair } from "../../local/ssh/keyPair";
import type { Deployment } from "../../synth/deployment";
import { deploymentOf, policyText, resource } from "./setting/deployment";
import { inLambdaMode } from "./setting/lambdaMode";
import { hasSftp, refusalBySftp, type Shown } from "./setting/openssh";
import { clientOf, connected, loggedIn } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

const own = newKeyPair("own");
const users = deploymentOf(
  { tenant: "acme", userName: "ACME_batch", publicKeys: [own.publicKey] },
  { tenant: "globex" },
);

describe("a gateway whose logins a function decides", () => {
  let running: RunningGateway;
  afterEach(() => running?.stop());

  async function serve(deployment: Deployment | Promise<Deployment>, codeFolder?: string): Promise<RunningGateway> {
    return (running = await RunningGateway.start(await deployment, codeFolder === undefined ? {} : { codeFolder }));
  }

  /** Serves one tenant whose record is changed. */
  const serveRecord = (change: Partial<LoginRecord>, authentication?: AuthenticationMethods) =>
    serve(inLambdaMode(users, { ...(authentication && { authentication }), more: { ACME_batch: change } }));

  const shownBy = (tenant: string): Required<Shown> => {
    const { privateKey, password } = running.gateway.tenants.find(({ name }) => name === tenant)!;
    return { keyFile: privateKey, password };
  };

  /** Causes in the function's log, for whoever runs the gateway. */
  const causes = () =>
    running.deliveries.flatMap((event) =>
      event.event === "function-log" ? ((event.line as { cause?: string }).cause ?? []) : [],
    );

  /** Whether a tenant's client is let in by whatever it has. */
  const isIn = (tenant = "acme") => letIn(loggedIn(running, tenant));

  const isInBy = (password: string) => letIn(clientOf({ port: running.port, username: "ACME_batch", password }));

  describe("with OpenSSH's sftp", () => {
    before(function () {
      if (!hasSftp()) {
        this.skip();
      }
    });

    /** By key, by password, by both, by neither. */
    const admitted: Record<AuthenticationMethods, readonly [boolean, boolean, boolean, boolean]> = {
      PUBLIC_KEY: [true, false, true, false],
      PASSWORD: [false, true, true, false],
      PUBLIC_KEY_OR_PASSWORD: [true, true, true, false],
      PUBLIC_KEY_AND_PASSWORD: [false, false, true, false],
    };

    for (const authentication of authenticationMethods) {
      it(`lets in by what ${authentication} asks for, and by nothing less`, async () => {
        await serve(inLambdaMode(users, { authentication }));
        const { keyFile, password } = shownBy("acme");
        expect([keyFile !== undefined, password !== undefined]).to.deep.equal([
          authentication !== "PASSWORD",
          authentication !== "PUBLIC_KEY",
        ]);
        // Where the server takes none, one that would do elsewhere must not.
        const key = keyFile ?? writeKey(running, own.privateKey);
        const shown: Shown[] = [{ keyFile: key }, { password: password ?? "a-password" }];
        const refusals = [];
        for (const each of [...shown, { keyFile: key, password: password ?? "a-password" }, {}]) {
          refusals.push(await refusalBySftp(running, "ACME_batch", each));
        }
        expect(refusals.map((refusal) => refusal === undefined)).to.deep.equal(admitted[authentication]);
        expect(refusals.filter((refusal) => refusal !== undefined).join("")).to.match(
          /^(.*Permission denied.*\s+|Connection closed\.?\s+)*$/,
        );
      });
    }

    it("answers a wrong password, another tenant's and an unknown name alike; the cause stands in the function's log", async () => {
      await serve(inLambdaMode(users));
      const refusals = [
        await refusalBySftp(running, "ACME_batch", { password: "wrong" }),
        await refusalBySftp(running, "ACME_batch", { password: shownBy("globex").password }),
        await refusalBySftp(running, "nobody", { password: shownBy("acme").password }),
      ];
      const [first, ...others] = refusals.map((refusal) => refusal?.replaceAll(/ACME_batch|nobody/g, "NAME"));
      expect(first).to.include("Permission denied (publickey,password)");
      expect(others).to.deep.equal([first, first]);
      await running.until(() => running.eventsOf("AUTH_FAILURE").length === 3);
      expect(
        running.eventsOf("AUTH_FAILURE").map(({ user, method, message }) => [user, method, message]),
      ).to.deep.equal([
        ["ACME_batch", "password", "the identity provider does not let it in"],
        ["ACME_batch", "password", "the identity provider does not let it in"],
        ["nobody", "password", "no such user"],
      ]);
      await running.until(() => causes().length === 3);
      expect(causes()).to.deep.equal(["wrong-password", "wrong-password", "unknown"]);
    });
  });

  it("writes no password anywhere, neither a right nor a wrong one", async () => {
    await serve(inLambdaMode(users, { authentication: "PASSWORD" }));
    expect(await isIn()).to.equal(true);
    const { password } = shownBy("acme");
    expect(await isInBy("a-wrong-one")).to.equal(false);
    await running.close();
    const files = ["log.jsonl", "delivery.jsonl"].map((file) =>
      readFileSync(join(running.folder, ".gateway", file), "utf8"),
    );
    expect(files.join("")).to.include("wrong-password");
    expect(files.join("")).not.to.include(password);
    expect(files.join("")).not.to.include("a-wrong-one");
  });

  it("draws other keys and passwords for each tenant, and each run", async () => {
    const drawn: (string | undefined)[] = [];
    for (let run = 0; run < 2; run += 1) {
      await serve(inLambdaMode(users));
      drawn.push(...["acme", "globex"].flatMap((tenant) => [shownBy(tenant).password, running.privateKey(tenant)]));
      await running.stop();
    }
    expect(new Set(drawn).size).to.equal(8);
  });

  it("runs the deployed code byte for byte, with a key more in each record, and leaves nothing of it", async () => {
    const deployment = await inLambdaMode(users);
    await serve(deployment);
    const run = join(running.folder, ".gateway/identity-provider");
    const deployed = resource(deployment, "Function").inputs["code"] as { archive: string };
    const code = join(__dirname, "../../.cache/functions", deployed.archive, "index.mjs");
    const [name = ""] = readdirSync(run);
    expect(readFileSync(join(run, name, "index.mjs")).equals(readFileSync(code))).to.equal(true);
    await running.stop();
    expect(existsSync(run)).to.equal(false);
  });

  it("lets in by the tenant's own key, until it has expired; the throw-away one stands beside it", async () => {
    const key = own.publicKey;
    for (const [expires, lets] of [
      ["9999-12-31", true],
      ["2020-01-01", false],
    ] as const) {
      await serveRecord({ keys: [{ key, expires }] });
      expect(await letIn(connected(running.port, "ACME_batch", own.privateKey))).to.equal(lets);
      expect(await isIn()).to.equal(true);
      await running.stop();
    }
  });

  for (const [allowedCidrs, lets] of [
    [["203.0.113.0/24", "2001:db8::/32"], false],
    [["203.0.113.0/24", "127.0.0.0/8"], true],
  ] as const) {
    it(`${lets ? "lets in" : "refuses"} a tenant of ${allowedCidrs.join(", ")}, since it comes from 127.0.0.1`, async () => {
      await serveRecord({ allowedCidrs });
      expect(await isIn()).to.equal(lets);
      expect(await isIn("globex")).to.equal(true);
      // By its key, and then by its password.
      const denials = lets ? [] : ["address", "address"];
      await running.until(() => causes().length === denials.length);
      expect(causes()).to.deep.equal(denials);
      expect(running.gateway.tenants.find(({ name }) => name === "acme")).to.deep.include({ allowedCidrs });
    });
  }

  it("has no password for a tenant without one, whatever the client types", async () => {
    await serveRecord({ password: false });
    expect(shownBy("acme").password).to.equal(undefined);
    expect(await isInBy("a-password")).to.equal(false);
    await running.until(() => causes().length === 1);
    expect(causes()).to.deep.equal(["no-password"]);
  });

  it("stops a tenant by the flag in its table, key and password alike, and lets it in again without", async () => {
    await serve(inLambdaMode(users));
    expect(await isIn()).to.equal(true);
    await setStop(running, "SET #s = :s");
    expect(await isIn()).to.equal(false);
    expect(await isIn("globex")).to.equal(true);
    await setStop(running, "REMOVE #s");
    expect(await isIn()).to.equal(true);
    await running.until(() => causes().length === 2);
    expect(causes()).to.deep.equal(["stopped", "stopped"]);
  });

  it("makes a session of the role and the documents of the answer, and of no others", async () => {
    const policy = policyText([{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }]);
    await serveRecord({ policy, homeDirectory: "/" });
    const client = await running.client("acme");
    await client.put(Buffer.from("x"), "/a.txt");
    expect(await client.list("/").catch((error: Error) => error.message)).to.match(/denied/i);
  });
});

function writeKey(running: RunningGateway, privateKey: string): string {
  const file = join(running.folder, "own_key");
  writeFileSync(file, privateKey, { mode: 0o600 });
  return file;
}

/** Whether a client is in, which then leaves. */
function letIn(login: Promise<Client>): Promise<boolean> {
  return login.then(
    (client) => {
      client.end();
      return true;
    },
    () => false,
  );
}

async function setStop(running: RunningGateway, expression: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: running.gateway.tableEndpoint!,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const stop = { M: { by: { S: "a test" }, at: { S: new Date().toISOString() } } };
  await client.send(
    new UpdateItemCommand({
      TableName: "sftp-gateway-test-identity-provider",
      Key: { tenant: { S: "acme" } },
      UpdateExpression: expression,
      ExpressionAttributeNames: { "#s": "stopped" },
      ...(expression.startsWith("SET") ? { ExpressionAttributeValues: { ":s": stop } } : {}),
    }),
  );
  client.destroy();
}
