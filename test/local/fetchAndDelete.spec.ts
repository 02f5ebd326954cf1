import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import type { Deployment } from "../../synth/deployment";
import { gatewayStack, only } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { hasSftp, sftp } from "./setting/openssh";
import { contentOf, type RunningGateway } from "./setting/running";
import { inEachWay } from "./setting/ways";

describe(
  "a partner who fetches and then deletes",
  inEachWay((start) => {
    let deployment: Deployment;
    let running: RunningGateway;

    before(async () => {
      deployment = await gatewayStack({
        tenants: [
          tenant("acme", {
            folders: [{ name: "outbox", access: "read-delete" }],
            spaces: [{ name: "pickup", access: "read-delete" }],
          }),
        ],
      });
    });

    beforeEach(async () => (running = await start(deployment)));
    afterEach(() => running.stop());

    const put = (key: string) => {
      const file = join(running.folder, String(only(deployment, "Bucket").inputs["bucket"]), key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "invoice");
    };

    for (const [folder, prefix] of [
      ["/outbox", `${tenantPrefix("acme")}outbox/`],
      ["/pickup", spacePrefix("pickup")],
    ] as const) {
      it(`empties ${folder}, and can put, rename and make nothing there`, async () => {
        put(`${prefix}a.csv`);
        put(`${prefix}b.csv`);
        const client = await running.client("acme");
        expect(await contentOf(client, `${folder}/a.csv`)).to.equal("invoice");
        await client.delete(`${folder}/a.csv`);
        expect((await client.list(folder)).map(({ name }) => name)).to.deep.equal(["b.csv"]);
        for (const refused of [
          client.put(Buffer.from("x"), `${folder}/c.csv`),
          client.rename(`${folder}/b.csv`, `${folder}/c.csv`),
          client.mkdir(`${folder}/done`),
        ]) {
          expect(await refused.then(String, (error: Error) => error.message)).to.match(/denied/i);
        }
        expect((await client.list(folder)).map(({ name }) => name)).to.deep.equal(["b.csv"]);
      });
    }

    it("does so with OpenSSH's sftp", async function () {
      if (!hasSftp()) {
        this.skip();
      }
      put(`${tenantPrefix("acme")}outbox/a.csv`);
      const { stdout } = await sftp(
        running,
        "acme",
        `get /outbox/a.csv ${running.folder}/fetched`,
        "rm /outbox/a.csv",
        "ls /outbox",
      );
      expect(stdout.trim().split("\n").at(-1)).to.equal("sftp> ls /outbox");
    });
  }),
);
