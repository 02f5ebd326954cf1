import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import type SftpClient from "ssh2-sftp-client";
import { chromiumOf } from "./chromium";
import { Looking } from "./looking";

const seconds = 30;
const rowLimit = 500;

describe("the page, at a hundred events a second for thirty seconds", function () {
  this.timeout(180_000);
  let browser: Browser;
  let looking: Looking;

  before(async function () {
    browser = await chromiumOf(this);
    looking = await Looking.at(browser);
  });
  after(async () => {
    await looking?.stop();
    await browser?.close();
  });

  /** Makes and removes a folder so many times a second. */
  async function busy(client: SftpClient, eventsInTenth: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    for (let next = Date.now(); next < end; next += 100) {
      for (let event = 0; event < eventsInTenth; event += 2) {
        await client.mkdir("/busy");
        await client.rmdir("/busy");
      }
      await setTimeout(Math.max(0, next + 100 - Date.now()));
    }
  }

  it("holds 500 rows, and filters within a second", async () => {
    const { page, running } = looking;
    const log = looking.part("Log").getByRole("log");
    const shown = () => log.getByRole("listitem").count();
    const flood = Promise.all([busy(await running.client("acme"), 8), busy(await running.client("outward"), 2)]);
    const slowest = { milliseconds: 0 };
    const tenant = page.getByLabel("Tenant", { exact: true });
    for (const chosen of ["outward", "all", "acme", "all", "outward", "all"]) {
      await setTimeout(3500);
      const begun = Date.now();
      await tenant.selectOption(chosen);
      const others =
        chosen === "all"
          ? 0
          : await log
              .getByRole("listitem")
              .filter({ hasNotText: `${chosen} ` })
              .count();
      slowest.milliseconds = Math.max(slowest.milliseconds, Date.now() - begun);
      expect(others, `rows of others than ${chosen}`).to.equal(0);
      expect(await shown()).to.be.above(0);
      expect(await log.locator("li").count()).to.be.at.most(rowLimit);
    }
    await flood;
    expect(running.events.length, "events").to.be.above(seconds * 90);
    expect(slowest.milliseconds).to.be.below(1000);
    const last = running.eventsOf("RMDIR").at(-1)!;
    await log.getByText(`${last["user"]} removed the folder ${last["path"]}`).first().waitFor();
    expect(await shown()).to.equal(rowLimit);
    for (const list of await page.getByRole("log").all()) {
      expect(await list.locator("li").count()).to.be.at.most(rowLimit);
    }
  });
});
