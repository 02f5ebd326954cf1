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
