import { expect } from "chai";
import type { Browser, Locator } from "playwright-core";
import { chromiumOf } from "./chromium";
import { Looking } from "./looking";

/** What a browser has, of which Node's types know nothing. */
interface Styles {
  getComputedStyle(element: unknown): Readonly<Record<string, string>>;
}

/** Perceived brightness of a colour that the browser computed, 0 to 1. Source: WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/[\d.]+/g)].map(([value]) => {
    const part = Number(value) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("the page", function () {
  let browser: Browser;
  let looking: Looking | undefined;

  before(async function () {
    browser = await chromiumOf(this);
  });
  afterEach(async () => {
    await looking?.stop();
    looking = undefined;
  });
  after(() => browser?.close());

  const colour = (of: Locator, property: string) =>
    of.evaluate((element, name) => (globalThis as unknown as Styles).getComputedStyle(element)[name] ?? "", property);

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is ${colorScheme} where the person wants it ${colorScheme}, with a contrast that can be read`, async () => {
      looking = await Looking.at(browser, {}, { colorScheme });
      await looking.running.client("supplier").then((client) => client.mkdir("/new").catch(() => undefined));
      await looking.partShows("Denials", /Access denied/);
      const { page } = looking;
      const paper = luminance(await colour(page.locator("body"), "backgroundColor"));
      expect(paper > 0.5).to.equal(colorScheme === "light");
      const texts = [
        page.locator("body"),
        page.getByRole("status").first(),
        page.getByRole("link", { name: "Denials" }),
        looking.part("Denials").getByRole("listitem").first(),
        looking.part("Denials").getByRole("listitem").first().locator("time"),
      ];
      for (const text of texts) {
        const ink = luminance(await colour(text, "color"));
        const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        // Source: WCAG 2.2, 1.4.3.
        expect(contrast).to.be.above(4.5);
      }
    });
  }

  it("fits a phone: nothing is cut off, and everything can be reached by a thumb", async () => {
    looking = await Looking.at(browser, {}, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
    const { page, gateway } = looking;
    await gateway.put("acme", `/${"long".repeat(40)}.csv`);
    await looking.partShows("Files that arrived", /long/);
    await page.getByText("What acme sees", { exact: true }).tap();
    await looking.partShows("Who may log in", /long/);
    await page.getByLabel("Tenant or login").fill("acme");
    await page.getByLabel("Path", { exact: true }).fill("/a");
    await page.getByRole("button", { name: "Ask why" }).tap();
    await looking.partShows("Answer", /acme put \/a: allowed/);
    expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(320);
    const outside = await page.evaluate(
      `[...document.querySelectorAll("button, input, select, summary, li, code")]
        .filter((each) => each.getClientRects().length > 0 && each.closest(".skip") === null)
        .filter((each) => each.getBoundingClientRect().right > 320.5).length`,
    );
    expect(outside).to.equal(0);
  });

  it("works by keyboard alone", async () => {
    looking = await Looking.at(browser, {}, { permissions: ["clipboard-read", "clipboard-write"] });
    const { page } = looking;
    const until = async (wanted: RegExp) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        const focused = await looking!.focused();
        if (wanted.test(focused)) {
          return focused;
        }
      }
      throw new Error(`the focus does not come to ${wanted}`);
    };
    await page.keyboard.press("Tab");
    expect(await looking.focused()).to.equal("a  Skip to the log");
    await until(/^button .*Copy the command of acme$/);
    await page.keyboard.press("Enter");
    await looking.shows("status", "The command of acme is copied");
    await until(/^summary .*What acme sees$/);
    await page.keyboard.press("Enter");
    await looking.partShows("Who may log in", "Nothing lies there");

    await until(/^input ask-name/);
    await page.keyboard.type("acme");
    await until(/^select ask-operation/);
    await page.keyboard.type("mkdir");
    await until(/^input ask-path/);
    await page.keyboard.type("/new");
    await page.keyboard.press("Enter");
    await looking.partShows("Answer", /acme mkdir \/new: allowed/);

    await until(/^select tenant/);
    await page.keyboard.type("supplier");
    await looking.partShows("Log", "Nothing of supplier");
    await until(/^button pause/);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Pause", pressed: true }).waitFor();
    await page.keyboard.press("Space");
    await until(/^div/);
    await until(/^summary .*queues\//);
    await page.keyboard.press("Enter");
    await looking.partShows("Queues", "No message");
  });

  it("says to whoever hears it what each part is", async () => {
    looking = await Looking.at(browser);
    const { page } = looking;
    await looking.running.client("supplier").then((client) => client.mkdir("/new").catch(() => undefined));
    await looking.partShows("Denials", /Access denied/);
    const parts = [
      "Who may log in",
      "Ask why",
      "Denials",
      "Files that arrived",
      "Log",
      "Queues",
      "What functions printed",
    ];
    for (const name of parts) {
      expect(await looking.part(name).count(), name).to.equal(1);
    }
    expect(await page.getByRole("main").count()).to.equal(1);
    expect(await page.getByRole("navigation", { name: "Parts of the page" }).count()).to.equal(1);
    expect(await page.locator("html").getAttribute("lang")).to.equal("en");
    // Each that can be used has a name.
    const unnamed = await page.evaluate(
      `[...document.querySelectorAll("button, input, select, summary, a, [role=log], [role=region]")]
        .filter((each) => !(each.ariaLabel || each.getAttribute("aria-labelledby") || each.labels?.length || each.textContent.trim()))
        .map((each) => each.outerHTML)`,
    );
    expect(unnamed).to.deep.equal([]);
    const logs = page.getByRole("log");
    expect(await logs.count()).to.equal(5);
    for (const log of await logs.all()) {
      expect(await log.getAttribute("aria-live"), "what scrolls by is not read out").to.equal("off");
    }
    expect(await page.locator("[role=status]").allInnerTexts()).to.satisfy((texts: string[]) =>
      texts.some((text) => text.includes("supplier MKDIR /new: Access denied")),
    );
  });
});
