import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { chromiumOf } from "./chromium";
import { Looking } from "./looking";

/** A name that leads to this machine, as one does whose owner has pointed it there after the page was loaded. */
const rebound = "rebound.example";

describe("another page in the same browser", function () {
  let browser: Browser;
  let looking: Looking;
  let other: Page;
  let site: Server;
  let origin: string;

  before(async function () {
    browser = await chromiumOf(this, `--host-resolver-rules=MAP ${rebound} 127.0.0.1`);
    site = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<p>another page</p>"));
    await once(site.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  });
  beforeEach(async () => {
    looking = await Looking.at(browser);
    other = await looking.page.context().newPage();
    await other.goto(origin);
  });
  afterEach(() => looking.stop());
  after(async () => {
    await browser?.close();
    site?.close();
  });

  /** What a script of the other page gets, which has somehow learnt the address. */
  const gets = (script: string) =>
    other.evaluate<string>(
      `(async (address) => { ${script} })("${looking.served.address}").catch((error) => "failed: " + error.message)`,
    );

  it("reads nothing by a request", async () => {
    for (const route of ["", "events", "seen?tenant=acme", "why?name=acme&operation=ls&path=/"]) {
      expect(await gets(`return (await fetch(address + ${JSON.stringify(route)})).text()`), route).to.match(
        /^failed: /,
      );
    }
    const opaque = `const { type } = await fetch(address, { mode: "no-cors" }); return type`;
    expect(await gets(opaque), "its own policy keeps the answer from other origins").to.match(/^failed: /);
  });

  it("hears no events", async () => {
    const script = `return new Promise((done) => {
      const source = new EventSource(address + "events");
      source.onerror = () => done("refused");
      source.addEventListener("beginning", () => done("heard"));
    })`;
    expect(await gets(script)).to.equal("refused");
  });

  it("does not get it into a frame, nor runs its scripts", async () => {
    await gets(`document.body.innerHTML = '<iframe src="' + address + '"></iframe>'; return ""`);
    await other.waitForTimeout(500);
    const framed = other.frames().find((frame) => frame !== other.mainFrame());
    expect(await framed!.locator("body").innerText()).not.to.include("Who may log in");
    const script = `return new Promise((done) => {
      const script = document.createElement("script");
      Object.assign(script, { type: "module", src: address + "page.js", onload: () => done("ran"), onerror: () => done("refused") });
      document.head.append(script);
    })`;
    expect(await gets(script)).to.equal("refused");
  });

  it("sends nothing that changes something", async () => {
    await gets(`await fetch(address + "why", { method: "POST", mode: "no-cors", body: "x" }); return ""`);
    expect(await gets(`const { status } = await fetch(address, { method: "DELETE" }); return String(status)`)).to.match(
      /^failed: /,
    );
    await looking.shows("status", "Live");
  });

  it("is no further under a name that it has pointed to this machine", async () => {
    const url = looking.served.address.replace("127.0.0.1", rebound);
    const response = await other.goto(url);
    expect(response!.status()).to.equal(403);
    expect(await other.locator("body").innerText()).to.match(
      /^the page is at 127\.0\.0\.1:\d+, under no other name\s*$/,
    );
    expect(await other.evaluate(`fetch("events").then(({ status }) => status)`)).to.equal(403);
  });

  it("is asked for nothing by the page, which loads from its own server alone", async () => {
    await looking.gateway.put("acme", "/a.csv");
    await looking.page.getByText("What acme sees", { exact: true }).click();
    await looking.partShows("Who may log in", "a.csv");
    expect(looking.requests.length).to.be.above(8);
    expect(looking.requests.filter((url) => !url.startsWith(looking.served.address))).to.deep.equal([]);
    expect(looking.complaints).to.deep.equal([]);
  });

  it("would find no place for code in the page", async () => {
    const run = (script: string) =>
      looking.page.evaluate<string>(
        `(() => { try { ${script}; return "done" } catch (error) { return error.name } })()`,
      );
    expect(await run(`document.body.innerHTML = "<b>x</b>"`)).to.equal("TypeError");
    expect(
      await run(
        `document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }))`,
      ),
    ).to.be.oneOf(["TypeError", "done"]);
    expect(await looking.page.evaluate("window.ran === true")).to.equal(false);
  });
});
