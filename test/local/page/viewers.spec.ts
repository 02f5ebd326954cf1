import { createHook } from "node:async_hooks";
import { createServer } from "node:http";
import { once } from "node:events";
import { expect } from "chai";
import type { Row } from "../../../local/page/messages";
import type { Page } from "../../../local/page/page";
import { answerOf, StandInGateway, Viewer } from "./setting";

/** How many timers work makes. */
async function timersOf(work: () => Promise<unknown>): Promise<number> {
  let made = 0;
  const hook = createHook({ init: (_, type) => void (made += type === "Timeout" ? 1 : 0) }).enable();
  await work();
  hook.disable();
  return made;
}

describe("whoever looks at the page", () => {
  let gateway: StandInGateway;
  let page: Page;
  const viewers: Viewer[] = [];

  beforeEach(async () => {
    gateway = new StandInGateway();
    page = await gateway.openPage();
  });
  afterEach(async () => {
    viewers.splice(0).forEach((viewer) => viewer.leave());
    await page.close();
  });

  async function viewer(): Promise<Viewer> {
    const one = await Viewer.of(page);
    viewers.push(one);
    return one;
  }

  it("costs nothing as long as nobody does: no timer, no listener, nothing kept", async () => {
    const control = createServer();
    expect(await timersOf(() => once(control.listen(0), "listening")), "the hook sees timers").to.be.above(0);
    control.close();

    let other: Page | undefined;
    expect(await timersOf(async () => (other = await gateway.openPage()))).to.equal(0);
    expect(gateway.listeners.size).to.equal(0);
    await other?.close();
  });

  it("is told what happens from then on, and nobody listens any more after the last has left", async () => {
    const [first, second] = [(await viewer()).read(), (await viewer()).read()];
    expect(first.headers["content-type"]).to.equal("text/event-stream; charset=utf-8");
    expect(gateway.listeners.size, "one listener for all").to.equal(1);
    gateway.log({ "activity-type": "DISCONNECTED", user: "ACME_batch" });
    await first.until(() => first.of("row").length === 1 && second.of("row").length === 1);
    first.leave();
    await second.until(() => gateway.listeners.size === 1);
    second.leave();
    await second.until(() => gateway.listeners.size === 0);
    const third = (await viewer()).read();
    await third.until(() => third.told.length === 1);
    expect(third.told[0]!.event).to.equal("beginning");
  });

  it("misses what comes too fast, and is told how much", async () => {
    const slow = await viewer();
    const sent = 6000;
    const path = `/bucket/${"a".repeat(5000)}`;
    for (let count = 0; count < sent; count += 1) {
      gateway.log({ "activity-type": "MKDIR", user: "ACME_batch", path });
      // What is sent leaves between.
      await new Promise(setImmediate);
    }
    slow.read();
    await slow.until(() => slow.of("missed").length > 0);
    const rows = () => slow.of<Row>("row").length;
    const missed = () => slow.of<number>("missed").reduce((sum, count) => sum + count, 0);
    await slow.until(() => rows() + missed() === sent);
    expect(missed()).to.be.above(0);
    gateway.log({ "activity-type": "DISCONNECTED", user: "ACME_batch" });
    await slow.until(() => slow.of<Row>("row").at(-1)!.text === "ACME_batch left");
  });

  it("may be eight at once", async () => {
    for (let count = 0; count < 8; count += 1) {
      await viewer();
    }
    const { status, body } = await answerOf(`${page.address}events`);
    expect([status, body]).to.deep.equal([503, "8 pages are open already\n"]);
    viewers.shift()!.leave();
    // The server hears of it a little later.
    let next = await viewer();
    while (next.status === 503) {
      next = await viewer();
    }
    next.read();
    await next.until(() => next.told.length === 1);
  });

  it("does not keep the page from being closed", async () => {
    await viewer();
    await page.close();
    page = await gateway.openPage();
  });
});
