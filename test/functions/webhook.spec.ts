import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { onUpload } from "../../functions/on-upload/hook";
import { postToWebhook } from "../../functions/on-upload/hook/examples/postToWebhook";
import { arrivalOf, transferEvent } from "./invocations";
import { Trial } from "./trial";

const put = { key: `${tenantPrefix("acme")}Größe 1+1.csv` };

describe("the hook postToWebhook", () => {
  let server: Server;
  let url: string;
  let status: number;
  let received: { request: IncomingMessage; body: string }[];

  beforeEach(async () => {
    [status, received] = [204, []];
    server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ request, body });
        response.writeHead(status, status === 302 ? { location: url } : {}).end();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/uploads`;
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it("posts the event that was announced, under the upload's id", async () => {
    const trial = new Trial(postToWebhook(url));
    expect((await trial.invoke(arrivalOf(put))).error).to.equal(undefined);
    const [post] = received;
    expect(JSON.parse(post?.body ?? "")).to.deep.equal(trial.announced[0]);
    expect(post?.request.headers).to.include({
      "content-type": "application/json",
      "idempotency-key": trial.announced[0]?.uploadId,
    });
  });

  it("is repeated after a refusal, without a second announcement", async () => {
    const trial = new Trial(postToWebhook(url));
    status = 503;
    expect((await trial.invoke(arrivalOf(put))).error).to.have.property("message", "the webhook answered 503");
    status = 200;
    expect((await trial.invoke(arrivalOf(put))).error).to.equal(undefined);
    expect([received.length, trial.announced.length]).to.deep.equal([2, 1]);
  });

  it("follows no redirect", async () => {
    status = 302;
    expect((await new Trial(postToWebhook(url)).invoke(arrivalOf(put))).error).to.be.an("error");
    expect(received.length).to.equal(1);
  });

  it("posts nothing for an upload cut short", async () => {
    const trial = new Trial(postToWebhook(url));
    await trial.invoke(transferEvent(put));
    expect([received.length, trial.announced.length]).to.deep.equal([0, 1]);
  });
});

describe("the hook as delivered", () => {
  it("does nothing", async () => {
    const trial = new Trial(onUpload);
    expect((await trial.invoke(arrivalOf(put))).error).to.equal(undefined);
  });
});
