import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { awsPorts } from "../../../functions/identity-provider/aws";
import type { Credentials } from "../../../functions/identity-provider/credentials";
import { recordFiles } from "../../../functions/identity-provider/recordFiles";
import { ask, itemOf, password, recordOf, requestOf, type Answered } from "./provider";

const environment = {
  TABLE_NAME: "gw-identity-provider",
  AUTHENTICATION: "PUBLIC_KEY_OR_PASSWORD",
  POWERTOOLS_METRICS_NAMESPACE: "gw",
};

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** What DynamoDB's API has for an item of this shape. */
function marshalled({ tenant, scrypt, hashes }: Credentials): object {
  return {
    tenant: { S: tenant },
    scrypt: {
      M: {
        N: { N: String(scrypt!.N) },
        r: { N: String(scrypt!.r) },
        p: { N: String(scrypt!.p) },
        salt: { S: scrypt!.salt },
      },
    },
    hashes: { L: hashes!.map(({ hash, by, at }) => ({ M: { hash: { S: hash }, by: { S: by }, at: { S: at } } })) },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const item =
  (value: object | undefined): Answer =>
  (_, response) => {
    response.end(JSON.stringify(value === undefined ? {} : { Item: value }));
  };

const refusal: Answer = (_, response) => {
  response.statusCode = 400;
  response.end(JSON.stringify({ __type: "com.amazonaws.dynamodb.v20120810#AccessDeniedException", message: "no" }));
};

const silence: Answer = () => undefined;

describe("the table of the identity provider", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "identity-provider-"));
    for (const [name, lines] of Object.entries(recordFiles([recordOf()]))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), lines);
    }
  });

  after(() => rm(folder, { recursive: true }));

  /** Asks the deployed ports, with a server in the table's place. */
  async function askTable(
    answers: Answer | readonly Answer[],
    request: unknown,
  ): Promise<Answered & { readonly sent: readonly unknown[]; readonly seconds: number }> {
    const sent: unknown[] = [];
    const list = Array.isArray(answers) ? (answers as readonly Answer[]) : [answers as Answer];
    const server = createServer((received, response) => {
      const answer = list[Math.min(sent.length, list.length - 1)]!;
      sent.push(received.headers["x-amz-target"]);
      void text(received).then((body) => {
        sent[sent.length - 1] = { target: received.headers["x-amz-target"], ...(JSON.parse(body) as object) };
        answer(received, response);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const { recordFile, item: read } = awsPorts(environment, folder, {
        endpoint,
        region: "eu-central-1",
        credentials,
      });
      let seconds = 0;
      const timed = async (tenant: string) => {
        const begun = performance.now();
        try {
          return await read(tenant);
        } finally {
          seconds = (performance.now() - begun) / 1000;
        }
      };
      return { ...(await ask({ recordFile, item: timed }, request)), sent, seconds };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const byPassword = requestOf({ password });

  it("is asked for one item, by a read that is strongly consistent", async () => {
    const { answer, sent } = await askTable(item(marshalled(await itemOf("acme"))), byPassword);
    expect(answer.Role).to.equal(recordOf().role);
    expect(sent).to.deep.equal([
      {
        target: "DynamoDB_20120810.GetItem",
        TableName: "gw-identity-provider",
        Key: { tenant: { S: "acme" } },
        ConsistentRead: true,
      },
    ]);
  });

  it("need not know a tenant that logs in by key", async () => {
    expect((await askTable(item(undefined), requestOf())).answer.Role).to.equal(recordOf().role);
  });

  it("stops a tenant by its flag", async () => {
    const stopped = { M: { by: { S: "ops" }, at: { S: "2026-11-25T00:00:00Z" } } };
    expect((await askTable(item({ tenant: { S: "acme" }, stopped }), requestOf())).cause).to.equal("stopped");
  });

  it("is read for a login that nobody has, too, whatever it is", async () => {
    for (const username of ["globex", "__proto__", "é".repeat(2_000)]) {
      const { cause, sent } = await askTable(item(undefined), requestOf({ username }));
      expect(cause).to.equal("unknown");
      expect(sent)
        .to.have.nested.property("[0].Key")
        .that.deep.equals({ tenant: { S: username } });
    }
  });

  for (const [what, value] of [
    ["a number for a stop", { tenant: { S: "acme" }, stopped: { N: "1" } }],
    ["a set", { tenant: { S: "acme" }, hashes: { SS: ["a"] } }],
    ["bytes", { tenant: { S: "acme" }, stopped: { B: "AAAA" } }],
    ["nothing", {}],
    ["another tenant's key", { tenant: { S: "globex" } }],
    ["null for a stop", { tenant: { S: "acme" }, stopped: { NULL: true } }],
    ["false for a stop", { tenant: { S: "acme" }, stopped: { BOOL: false } }],
    ["a stop of nobody", { tenant: { S: "acme" }, stopped: { M: {} } }],
    ["a role", { tenant: { S: "acme" }, role: { S: "arn:aws:iam::123456789012:role/admin" } }],
  ] as const) {
    it(`denies, by key too, where an item holds ${what}`, async () => {
      const { answer, cause } = await askTable(item(value), requestOf());
      expect(answer).to.deep.equal({});
      expect(cause).to.equal("corrupt");
    });
  }

  it("takes no hashes from what JavaScript would have for an object's prototype", async () => {
    const { tenant, ...inherited } = marshalled(await itemOf("acme")) as Readonly<Record<string, object>>;
    for (const name of ["__proto__", "constructor", "prototype"]) {
      const hidden = Object.fromEntries([
        ["tenant", tenant],
        [name, { M: inherited }],
      ]) as object;
      expect((await askTable(item(hidden), byPassword)).answer, name).to.deep.equal({});
    }
  });

  const tooLate: Answer = (received, response) => void delay(2_000).then(() => item(undefined)(received, response));

  const neverEnding: Answer = (_, response) => {
    response.setHeader("content-length", "1000");
    response.write("{");
  };

  for (const [what, answers] of [
    ["refuses", refusal],
    ["never answers", silence],
    ["answers too late", tooLate],
    ["never ends its answer", neverEnding],
    ["ends the connection", (request: IncomingMessage) => request.socket.destroy()],
    ["fails", (_: unknown, response: ServerResponse) => void response.writeHead(500).end("{}")],
    ["answers what is no JSON", (_: unknown, response: ServerResponse) => void response.end("<html>")],
  ] as readonly (readonly [string, Answer])[]) {
    it(`denies by key and by password within a second where it ${what}`, async function () {
      // A timer rings late where another process has the processor.
      this.retries(3);
      for (const request of [requestOf(), byPassword]) {
        const { answer, cause, lines, seconds } = await askTable(answers, request);
        expect(answer).to.deep.equal({});
        expect(cause).to.equal("table");
        expect(lines[0]).to.include({ level: "ERROR", message: "denied", tenant: "acme" });
        expect(seconds).to.be.below(1.5);
      }
    });
  }

  it("is asked a second time where it is silent once, within the same second", async () => {
    const { answer, sent, seconds } = await askTable([silence, item(undefined)], requestOf());
    expect(answer.Role).to.equal(recordOf().role);
    expect(sent).to.have.length(2);
    expect(seconds).to.be.within(0.35, 1.2);
  });

  it("must be named, as must be how clients log in", () => {
    for (const name of Object.keys(environment)) {
      expect(() => awsPorts({ ...environment, [name]: "" }, folder)).to.throw(`${name} is not set`);
    }
    expect(() => awsPorts({ ...environment, AUTHENTICATION: "NONE" }, folder)).to.throw(
      "the environment variable AUTHENTICATION is none of PASSWORD, PUBLIC_KEY,",
    );
  });
});
