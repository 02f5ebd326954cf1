import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Page as ServedPage } from "../../local/page/page";
import { pageOf } from "../local/page/setting";
import { ListeningGateway, type Listening } from "../local/setting/listening";
import type { RunningGateway } from "../local/setting/running";

/** A gateway in this process, and its page in a browser as a person has it before them. */
export class Looking {
  private constructor(
    readonly gateway: ListeningGateway,
    readonly served: ServedPage,
    private readonly context: BrowserContext,
    readonly page: Page,
    /** What the browser complains of. */
    readonly complaints: readonly string[],
    /** Everything that the browser asks for. */
    readonly requests: readonly string[],
  ) {}

  static async at(browser: Browser, listening: Listening = {}, options: BrowserContextOptions = {}): Promise<Looking> {
    const gateway = await ListeningGateway.start({
      ...listening,
      options: { absent: [{ name: "initech", userName: "initech", why: "suspended" }], ...listening.options },
    });
    const served = await pageOf(gateway.running);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const [complaints, requests]: string[][] = [[], []];
    page.on("console", (message) => void (message.type() === "error" && complaints!.push(message.text())));
    page.on("pageerror", (error) => complaints!.push(error.message));
    page.on("request", (request) => requests!.push(request.url()));
    const looking = new Looking(gateway, served, context, page, complaints!, requests!);
    await page.goto(served.address);
    await looking.shows("status", "Live");
    return looking;
  }

  get running(): RunningGateway {
    return this.gateway.running;
  }

  /** A part of the page by its heading. */
  part(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** The visible rows of a part, newest first. */
  async rows(name: string): Promise<string[]> {
    return this.part(name).getByRole("log").getByRole("listitem").allInnerTexts();
  }

  /** Waits until something of a role has a text. */
  shows(role: "status" | "button" | "listitem" | "heading", text: string | RegExp): Promise<void> {
    return this.page.getByRole(role).filter({ hasText: text }).first().waitFor();
  }

  /** Waits until a part shows a text. */
  partShows(name: string, text: string | RegExp): Promise<void> {
    return this.part(name).getByText(text).first().waitFor();
  }

  /** By role and name, of what has the focus. */
  focused(): Promise<string> {
    return this.page.evaluate(`(() => {
      const { tagName, id, ariaLabel, textContent } = document.activeElement;
      return tagName === "BODY" ? "nothing" : [tagName.toLowerCase(), id, ariaLabel ?? textContent.trim()].join(" ");
    })()`);
  }

  async stop(): Promise<void> {
    await this.context.close();
    await this.served.close();
    await this.gateway.stop();
  }
}
