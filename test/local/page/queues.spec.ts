import { expect } from "chai";
import type { Beginning, QueueContent, Row } from "../../../local/page/messages";
import { gatewayOfEachTest } from "../setting/listening";
import { jsonOf, pageOf, Viewer } from "./setting";

describe("the page of a gateway whose uploads are heard of", () => {
  const start = gatewayOfEachTest();
  const dead = "queues/project-test_on-upload_dlq.jsonl";
  const own = "queues/project-test_tenant_acme.jsonl";

  it("shows queues with their messages, dead letters first, and what functions print", async () => {
    const gateway = await start({ hook: 'throw new Error("no <b>luck</b>");' });
    const page = await pageOf(gateway.running);
    const viewer = (await Viewer.of(page)).read();
    await viewer.until(() => viewer.told.length > 0);
    try {
      const queues = () => viewer.of<Beginning>("beginning")[0]!.state.queues;
      expect(queues().find(({ name }) => name === own)).to.deep.equal({
        name: own,
        takesDeadLetters: false,
        messages: 0,
      });
      expect(queues()[0]!.takesDeadLetters).to.equal(true);
      expect(queues().map(({ name }) => name)).to.include(dead);

      await gateway.put("acme", "/a.csv");
      const rows = () => viewer.of<Row>("row");
      await viewer.until(() => rows().some(({ queue }) => queue === dead));
      const printed = rows().filter(({ about }) => about === "function");
      expect(printed.some(({ text, isWrong }) => isWrong && /failed at .*no <b>luck<\/b>/.test(text))).to.equal(true);
      expect(rows().find(({ queue }) => queue === dead)).to.include({ about: "delivery", isWrong: true });

      const { messages } = await jsonOf<QueueContent>(`${page.address}queue?name=${encodeURIComponent(dead)}`);
      expect(messages).to.have.lengthOf(1);
      expect(messages[0]!.body).to.include("no <b>luck</b>").and.to.include('\n  "');
      expect(Math.abs(Date.parse(messages[0]!.at) - Date.now())).to.be.below(60_000);
      const later = (await Viewer.of(page)).read();
      await later.until(() => later.told.length > 0);
      const { state } = later.of<Beginning>("beginning")[0]!;
      expect(state.queues.find(({ name }) => name === dead)!.messages).to.equal(1);
      later.leave();
      expect(await jsonOf(`${page.address}queue?name=../.gateway/log.jsonl`)).to.deep.equal({ messages: [] });
    } finally {
      viewer.leave();
      await page.close();
    }
  });

  it("says of deliveries and of what functions print whose they are, and which spaces a tenant has", async () => {
    const gateway = await start();
    const page = await pageOf(gateway.running);
    const viewer = (await Viewer.of(page)).read();
    await viewer.until(() => viewer.told.length > 0);
    try {
      const { tenants } = viewer.of<Beginning>("beginning")[0]!.state;
      expect(tenants.map(({ name, spaces }) => [name, spaces])).to.deep.equal([
        ["acme", undefined],
        ["acme-corp", undefined],
        ["outward", undefined],
        ["supplier", ["catalogue"]],
      ]);
      await gateway.put("supplier", "/catalogue/prices.csv");
      await gateway.put("acme", "/a.csv");
      const rows = () => viewer.of<Row>("row").filter(({ about }) => about !== "log");
      const printed = /announced|counted/;
      await viewer.until(() => rows().filter(({ text }) => printed.test(text)).length === 4);
      expect(rows().every(({ tenant, space }) => (tenant === "acme") !== (space === "catalogue"))).to.equal(true);
      expect(
        rows()
          .filter(({ text }) => text.includes("prices.csv"))
          .every(({ space }) => space === "catalogue"),
      ).to.equal(true);
      expect(rows().some(({ about, tenant }) => about === "function" && tenant === "acme")).to.equal(true);
      const later = (await Viewer.of(page)).read();
      await later.until(() => later.told.length > 0);
      const logged = later.of<Beginning>("beginning")[0]!.rows.filter(({ about }) => about !== "log");
      expect(logged.map(({ tenant, space }) => [tenant, space])).to.deep.equal(
        rows().map(({ tenant, space }) => [tenant, space]),
      );
      later.leave();
    } finally {
      viewer.leave();
      await page.close();
    }
  });
});
