import { expect } from "chai";
import type { Browser } from "playwright-core";
import { landingBucket, listeningDeployment } from "../local/setting/listening";
import { chromiumOf } from "./chromium";
import { Looking } from "./looking";

describe("a person in front of the page", function () {
  let browser: Browser;
  let looking: Looking;

  before(async function () {
    browser = await chromiumOf(this);
  });
  beforeEach(async () => {
    looking = await Looking.at(browser, {}, { permissions: ["clipboard-read", "clipboard-write"] });
  });
  afterEach(async () => {
    const { complaints } = looking;
    await looking.stop();
    expect(complaints, "the browser complains").to.deep.equal([]);
  });
  after(() => browser?.close());

  it("sees which gateway it is, who may log in and how, and who is not served and why", async () => {
    const { page, running } = looking;
    expect(await page.title()).to.equal("SFTP gateway of stack dev");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).to.equal("SFTP gateway of stack dev");
    const facts = await page.getByRole("definition").allInnerTexts();
    expect(facts).to.deep.equal([`127.0.0.1:${running.port}`, running.gateway.hostKeyFingerprint, running.folder]);
    const who = looking.part("Who may log in");
    expect(await who.getByRole("heading", { level: 3 }).allInnerTexts()).to.deep.equal([
      ...["acme", "acme-corp", "outward", "supplier"],
      "Not served",
    ]);
    expect(await who.getByText("initech suspended").isVisible()).to.equal(true);
  });

  it("copies a command that works in any folder", async () => {
    const { page, running } = looking;
    await page.getByRole("button", { name: "Copy the command of acme", exact: true }).click();
    await looking.shows("status", "The command of acme is copied");
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).to.equal(`sftp -F ${running.folder}/.gateway/ssh_config acme`);
  });

  it("sees files as they arrive, in the log and where their owner finds them", async () => {
    const { page, gateway } = looking;
    await page.getByText("What acme sees", { exact: true }).click();
    await looking.partShows("Who may log in", "Nothing lies there");
    await gateway.put("acme", "/orders.csv");
    await looking.partShows("Files that arrived", /tenants\/acme\/orders\.csv, 5 bytes$/);
    await looking.partShows("Log", new RegExp(`acme uploaded 5 bytes to /${landingBucket}/tenants/acme/orders.csv`));
    await looking.partShows("Who may log in", "orders.csv");
  });

  it("sees a denial with its reason, and asks why by a button", async () => {
    const client = await looking.running.client("acme");
    await client.rename("/nothing.csv", "/other.csv").catch(() => undefined);
    const supplier = await looking.running.client("supplier");
    await supplier.mkdir("/new").catch(() => undefined);
    await looking.partShows("Denials", /supplier MKDIR \/new: Access denied: \/new lies in none of the user's folders/);
    await looking
      .part("Denials")
      .getByRole("button", { name: /^Why\? supplier MKDIR/ })
      .click();
    const answer = looking.part("Answer");
    await answer.getByText("denied", { exact: true }).waitFor();
    expect(await answer.innerText()).to.match(/supplier mkdir \/new: denied\n.*to allow {2}name .*instead/s);
    expect(await looking.focused()).to.match(/^div answer/);
    await looking.shows("status", /supplier MKDIR/);
  });

  it("asks why by the form, about files and about logins", async () => {
    const { page } = looking;
    const answer = looking.part("Answer");
    await page.getByLabel("Tenant or login").fill("acme");
    await page.getByLabel("Operation").selectOption("rename");
    await page.getByLabel("Path", { exact: true }).fill("/a.csv");
    await page.getByLabel("New path").fill("/b.csv");
    await page.getByRole("button", { name: "Ask why" }).click();
    await answer.getByText(/acme rename \/a\.csv \/b\.csv: allowed/).waitFor();

    await page.getByLabel("Operation").selectOption("login");
    expect(await page.getByLabel("Path", { exact: true }).isVisible()).to.equal(false);
    await page.getByLabel("Address it comes from").fill("nowhere");
    await page.getByRole("button", { name: "Ask why" }).click();
    await answer.getByText("the address is none; 203.0.113.7 is one").waitFor();
  });

  it("sees messages in queues, and what functions print", async () => {
    const { page, gateway } = looking;
    await page.getByText("queues/project-test_tenant_acme.jsonl 0 messages").waitFor();
    await gateway.put("acme", "/a.csv");
    await page.getByText("queues/project-test_tenant_acme.jsonl 1 message", { exact: true }).click();
    await looking.partShows("Queues", '"path": "a.csv"');
    await looking.partShows("Queues", /owner: tenant:acme, complete: true/);
    await looking.partShows("What functions printed", /on-upload announced a\.csv of tenant:acme/);
    await looking.partShows("Queues", /put a\.csv of tenant:acme into queues\/project-test_tenant_acme\.jsonl/);
    expect(await page.getByText(/on-upload_dlq\.jsonl 0 dead letters/).isVisible()).to.equal(true);
  });

  it("sees names from clients as text, whatever they look like", async () => {
    const { page, gateway } = looking;
    const name = `<img src=x onerror="document.title='run'"><b>&amp;</b>`;
    await page.getByText("What acme sees", { exact: true }).click();
    await gateway.put("acme", `/${name}`);
    await gateway.put("acme", "/turned\u202egpj.exe");
    await looking.partShows("Files that arrived", `tenants/acme/${name}, 5 bytes`);
    await looking.partShows("Files that arrived", "tenants/acme/turned\\u{202e}gpj.exe, 5 bytes");
    await looking.partShows("Who may log in", name);
    await looking.partShows("What functions printed", name);
    expect(await page.locator("main img, main b:text('&')").count()).to.equal(0);
    expect(await page.title()).to.equal("SFTP gateway of stack dev");
  });

  it("sees one tenant alone where it is chosen, and stops the lists while reading", async () => {
    const { page, gateway } = looking;
    await gateway.put("acme", "/a.csv");
    await gateway.put("acme-corp", "/b.csv");
    await looking.partShows("Files that arrived", /b\.csv/);
    await page.getByLabel("Tenant", { exact: true }).selectOption("acme");
    expect(await looking.rows("Files that arrived")).to.have.lengthOf(1);
    expect((await looking.rows("Log")).every((row) => /^[\d:]{8} acme /.test(row))).to.equal(true);
    await page.getByLabel("Tenant", { exact: true }).selectOption("supplier");
    expect(await looking.part("Log").getByText("Nothing of supplier").isVisible()).to.equal(true);
    await page.getByLabel("Tenant", { exact: true }).selectOption("all");
    expect(await looking.rows("Files that arrived")).to.have.lengthOf(2);

    await page.getByRole("button", { name: "Pause" }).click();
    await gateway.put("acme", "/c.csv");
    await looking.shows("status", /\d waiting/);
    expect(await looking.rows("Files that arrived")).to.have.lengthOf(2);
    await page.getByRole("button", { name: "Pause", pressed: true }).click();
    await looking.partShows("Files that arrived", /c\.csv/);
  });

  it("sees of deliveries and functions those of the chosen tenant and of its spaces, and no others", async () => {
    const { page, gateway } = looking;
    await gateway.put("acme", "/a.csv");
    await gateway.put("supplier", "/home/own.csv");
    await gateway.put("supplier", "/catalogue/prices.csv");
    await looking.partShows("What functions printed", /announced a\.csv of tenant:acme/);
    await looking.partShows("What functions printed", /announced own\.csv of tenant:supplier/);
    await looking.partShows("What functions printed", /announced prices\.csv of space:catalogue/);
    await looking.partShows("Queues", /put prices\.csv of space:catalogue into/);
    await page.getByLabel("Tenant", { exact: true }).selectOption("supplier");
    const shown = [...(await looking.rows("Queues")), ...(await looking.rows("What functions printed"))].join("\n");
    expect(shown)
      .to.match(/prices\.csv/)
      .and.to.match(/own\.csv/)
      .and.not.to.match(/acme/);
    await page.getByLabel("Tenant", { exact: true }).selectOption("acme");
    const ofAcme = [...(await looking.rows("Queues")), ...(await looking.rows("What functions printed"))];
    expect(ofAcme.every((row) => /acme/.test(row))).to.equal(true);
    expect(ofAcme.some((row) => /put a\.csv of tenant:acme into/.test(row))).to.equal(true);
    await page.getByLabel("Tenant", { exact: true }).selectOption("acme-corp");
    expect(await looking.part("What functions printed").getByText("Nothing of acme-corp").isVisible()).to.equal(true);
  });

  it("sees a change of who is served without loading the page again, and keeps what is opened", async () => {
    const { page, running } = looking;
    await page.getByText("What acme sees", { exact: true }).click();
    await looking.partShows("Who may log in", "Nothing lies there");
    const deployment = await listeningDeployment();
    const resources = deployment.resources.filter(({ inputs }) => inputs["userName"] !== "acme-corp");
    const all = Object.entries(deployment.outputs["tenants"] as Record<string, unknown>);
    const tenants = Object.fromEntries(all.filter(([name]) => name !== "acme-corp"));
    const loads = looking.requests.length;
    await running.gateway.change({ ...deployment, resources, outputs: { ...deployment.outputs, tenants } }, [
      { name: "acme-corp", userName: "acme-corp", why: "suspended" },
    ]);
    await page.getByText("acme-corp suspended").waitFor();
    expect(await page.getByRole("heading", { name: "acme-corp", exact: true }).count()).to.equal(0);
    expect(await page.getByText("Nothing lies there").first().isVisible()).to.equal(true);
    expect(looking.requests.slice(loads)).to.deep.equal([]);
  });

  it("sees why what was saved last is not served, until it is", async () => {
    const { page, served } = looking;
    served.showRefusal("tenants.yaml:3:5: <b>unknown</b> key");
    await page.getByRole("alert").getByText("tenants.yaml:3:5: <b>unknown</b> key").waitFor();
    served.showRefusal(undefined);
    await page.getByText("What was saved last is not served").waitFor({ state: "detached" });
  });

  it("finds a denial that came while the lists stood still, whatever else came after it", async () => {
    const { page, running } = looking;
    const [supplier, acme] = [await running.client("supplier"), await running.client("acme")];
    await page.getByRole("button", { name: "Pause" }).click();
    await supplier.mkdir("/new").catch(() => undefined);
    for (let count = 0; count < 300; count += 1) {
      await acme.mkdir("/busy");
      await acme.rmdir("/busy");
    }
    await looking.shows("status", /([6-9]\d\d|\d{4}) waiting/);
    await page.getByRole("button", { name: "Pause", pressed: true }).click();
    await looking.partShows("Denials", /supplier MKDIR \/new/);
  });

  it("is told that too many pages are open, and the others go on", async () => {
    const { page, served } = looking;
    const others = await Promise.all(Array.from({ length: 5 }, () => page.context().newPage()));
    for (const other of others.slice(0, 4)) {
      await other.goto(served.address);
      await other.getByRole("status").filter({ hasText: "Live" }).waitFor();
    }
    await others[4]!.goto(served.address);
    await others[4]!.getByText("The gateway does not serve this page: 5 pages are open already").waitFor();
    await page.getByText("What acme sees", { exact: true }).click();
    await looking.partShows("Who may log in", "Nothing lies there");
  });

  it("sees what is there, once, after the connection was lost and came back", async () => {
    const { page, gateway } = looking;
    await gateway.put("acme", "/a.csv");
    await looking.partShows("Files that arrived", /a\.csv/);
    let losses = 0;
    await page.route("**/events", (route) =>
      losses++ < 2 ? route.fulfill({ contentType: "text/event-stream", body: "retry: 300\n\n" }) : route.continue(),
    );
    await page.reload();
    await looking.shows("status", /The gateway does not answer/);
    await looking.shows("status", "Live");
    expect(await looking.rows("Files that arrived")).to.have.lengthOf(1);
    expect(losses).to.equal(3);
  });

  it("is told when the gateway has ended", async () => {
    await looking.served.close();
    await looking.shows(
      "status",
      /The gateway does not answer\. Where it was started anew, open the address that it prints/,
    );
    // The browser notes each time that nobody answers.
    (looking.complaints as string[]).length = 0;
  });
});
