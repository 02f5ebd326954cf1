import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import { readableLine } from "../../local/journal/readable";
import { questionsOfLog } from "../../why/logLine";
import { answerTo } from "../../why/why";
import { deploymentOf, readWriteBelow } from "./setting/deployment";
import { outcome, rawClient, status } from "./setting/protocol";
import { inEachWay } from "./setting/ways";

const [listBelow] = readWriteBelow("tenants/acme/");

describe(
  "a denied request",
  inEachWay((start) => {
    it("has its reason in the log and on a terminal, and a full answer by its line", async () => {
      const deployment = deploymentOf({ tenant: "acme", session: [listBelow!] });
      const running = await start(deployment);
      try {
        const { sftp } = await rawClient(running, "acme");
        expect(await outcome((done) => sftp.writeFile("/a.txt", "x", done))).to.equal(status.denied);
        const [event] = running.eventsOf("ERROR");
        expect(event?.["reason"]).to.match(
          /^s3:PutObject: no statement of the session policy \(User ".*acme", "policy"\) allows it$/,
        );
        expect(readableLine(event!, new Date())).to.match(
          /Access denied: s3:PutObject: no statement of the session policy/,
        );
        const inventory = inventoryOf(deployment);
        const [question] = questionsOfLog(JSON.stringify(event), inventory, new Date());
        expect(answerTo(question!, { inventory, entries: undefined })).to.include({
          operation: "put",
          verdict: "denied",
        });
      } finally {
        await running.stop();
      }
    });
  }),
);
