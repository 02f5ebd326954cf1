import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "chai";
import type { Page } from "../../../local/page/page";
import { answerOf, StandInGateway } from "./setting";

describe("the page's server", () => {
  let page: Page;
  let authority: string;

  before(async () => {
    page = await new StandInGateway().openPage();
    authority = new URL(page.address).host;
  });
  after(() => page.close());

  it("is at an address of loopback that holds 192 random bits", async () => {
    expect(page.address).to.match(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const other = await new StandInGateway().openPage();
    expect(new URL(other.address).pathname).not.to.equal(new URL(page.address).pathname);
    await other.close();
  });

  it("serves page, style and scripts to whoever has the address, of types that no browser guesses", async () => {
    const types: Record<string, string> = {};
    for (const name of ["", "page.css", "page.js", "icon.svg"]) {
      const { status, headers } = await answerOf(page.address + name);
      expect(status, name).to.equal(200);
      types[name] = headers["content-type"]!;
    }
    expect(types).to.deep.equal({
      "": "text/html; charset=utf-8",
      "page.css": "text/css; charset=utf-8",
      "page.js": "text/javascript; charset=utf-8",
      "icon.svg": "image/svg+xml",
    });
  });

  it("holds each answer, refusals too, under a policy that lets nothing in and nothing out", async () => {
    for (const url of [page.address, `${page.address}why?name=a`, `${page.address}nothing`, `http://${authority}/`]) {
      const { headers } = await answerOf(url);
      expect(headers["content-security-policy"], url).to.equal(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      expect(headers, url).to.include({
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.to.have.any.keys("access-control-allow-origin", "set-cookie");
    }
  });

  for (const method of ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]) {
    it(`refuses ${method}`, async () => {
      for (const route of ["", "events", "why", "seen", "queue"]) {
        const { status, headers } = await answerOf(page.address + route, { method });
        expect([status, headers.allow], route).to.deep.equal([405, "GET"]);
      }
    });
  }

  const refused: [who: string, headers: () => Record<string, string>][] = [
    ["a name that leads to this machine", () => ({ Host: "evil.example" })],
    ["such a name with the port", () => ({ Host: `evil.example:${new URL(page.address).port}` })],
    ["localhost, which is another origin", () => ({ Host: `localhost:${new URL(page.address).port}` })],
    ["the address without its port", () => ({ Host: "127.0.0.1" })],
    ["a page of another origin", () => ({ Origin: "https://evil.example" })],
    ["a page of another port of this machine", () => ({ Origin: "http://127.0.0.1:1" })],
    ["a page without an origin", () => ({ Origin: "null" })],
    ["a page of another site", () => ({ "Sec-Fetch-Site": "cross-site" })],
    ["a page of the same site and another origin", () => ({ "Sec-Fetch-Site": "same-site" })],
  ];
  for (const [who, headers] of refused) {
    it(`refuses ${who}, which has the address`, async () => {
      for (const route of ["", "events", "why?name=acme&operation=ls&path=/", "seen?tenant=acme"]) {
        const { status, body } = await answerOf(page.address + route, { headers: headers() });
        expect(status, route).to.equal(403);
        expect(body).not.to.include("acme");
      }
    });
  }

  it("answers what its own page and a person who opens the address ask", async () => {
    for (const headers of [
      { "Sec-Fetch-Site": "same-origin", Origin: `http://${authority}` },
      { "Sec-Fetch-Site": "none" },
    ]) {
      expect((await answerOf(page.address, { headers })).status).to.equal(200);
    }
  });

  it("refuses whoever does not have the token", async () => {
    const token = new URL(page.address).pathname.split("/")[1]!;
    const last = token.endsWith("A") ? "B" : "A";
    const wrong = [
      "",
      `${token.slice(0, -1)}${last}/`,
      `${token.slice(0, -1)}/`,
      `${token}A/`,
      `x/${token}/`,
      `/${token}/`,
    ];
    for (const path of wrong) {
      expect((await answerOf(`http://${authority}/${path}`)).status, path).to.equal(403);
    }
    expect((await answerOf(`http://${authority}/`)).body).not.to.include(token);
  });

  it("leads to the page from an address without the slash at its end", async () => {
    const { status, headers } = await answerOf(page.address.slice(0, -1));
    expect([status, headers.location]).to.deep.equal([308, page.address]);
  });

  it("is there however many connections are open on which nothing is asked", async () => {
    const { hostname, port } = new URL(page.address);
    const idle = Array.from({ length: 80 }, () => connect(Number(port), hostname).on("error", () => undefined));
    const closed = idle.slice(0, 16).map((socket) => once(socket, "close"));
    try {
      await Promise.all(closed);
      expect((await answerOf(page.address)).status).to.equal(200);
      expect(idle.filter((socket) => socket.destroyed).length, "no more give way than have to").to.be.within(16, 17);
    } finally {
      idle.forEach((socket) => socket.destroy());
    }
  });

  it("has no patience with a request that never ends", async () => {
    const { hostname, port, pathname } = new URL(page.address);
    const socket = connect(Number(port), hostname).on("error", () => undefined);
    const begun = performance.now();
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: `);
    const drip = setInterval(() => socket.write("x"), 500);
    await once(socket, "close");
    clearInterval(drip);
    expect(performance.now() - begun).to.be.within(9_900, 25_000);
  });

  it("answers nobody who says of itself nothing, or too much", async () => {
    const { hostname, port, pathname } = new URL(page.address);
    const first = async (request: string) => {
      const socket = connect(Number(port), hostname);
      socket.write(request);
      const [answer] = (await once(socket, "data")) as [Buffer];
      socket.destroy();
      return answer.toString().split("\r\n")[0];
    };
    expect(await first(`GET ${pathname} HTTP/1.0\r\n\r\n`)).to.equal("HTTP/1.1 403 Forbidden");
    expect(await first(`GET ${pathname} HTTP/1.1\r\n\r\n`)).to.equal("HTTP/1.1 400 Bad Request");
    expect(await first(`GET ${page.address} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)).to.equal(
      "HTTP/1.1 403 Forbidden",
    );
    expect(await first(`GET / HTTP/1.1\r\nX: ${"x".repeat(130 * 1024)}\r\n\r\n`)).to.match(/^HTTP\/1\.1 431 /);
  });

  it("has nothing but its own files", async () => {
    for (const path of [
      "nothing",
      "../",
      "..%2fpage.ts",
      "messages.ts",
      "tsconfig.json",
      "assets/page.js",
      "constructor",
    ]) {
      const { status } = await answerOf(`${page.address.slice(0, -1)}/${path}`);
      expect(status, path).to.be.oneOf([403, 404]);
    }
  });
});
