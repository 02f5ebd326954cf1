import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { SFTPWrapper } from "ssh2";
import { bucket, deploymentOf, policyText, readWriteBelow, resource } from "./setting/deployment";
import { outcome, rawClient, status } from "./setting/protocol";
import type { RunningGateway } from "./setting/running";
import { contentOf } from "./setting/running";
import { inEachWay } from "./setting/ways";

/** Ways in which a client may try to name `tenants/acme-corp/secret.txt`. */
const namesOfSecret = [
  "../acme-corp/secret.txt",
  "/../acme-corp/secret.txt",
  "/../../tenants/acme-corp/secret.txt",
  "./.././../acme-corp/secret.txt",
  "/tenants/acme-corp/secret.txt",
  `/${bucket}/tenants/acme-corp/secret.txt`,
  "//acme-corp/secret.txt",
  "-corp/secret.txt",
  "/%2e%2e/acme-corp/secret.txt",
  "/..%2facme-corp/secret.txt",
  "..\\acme-corp\\secret.txt",
  "/\u0000/../../acme-corp/secret.txt",
  "~acme-corp/secret.txt",
];

const requests: [name: string, request: (sftp: SFTPWrapper, path: string, done: (error?: never) => void) => void][] = [
  ["read", (sftp, path, done) => sftp.open(path, "r", done as never)],
  ["stat", (sftp, path, done) => sftp.stat(path, done as never)],
  ["list", (sftp, path, done) => sftp.opendir(dirname(path), done as never)],
  ["delete", (sftp, path, done) => sftp.unlink(path, done as never)],
  ["remove the folder of", (sftp, path, done) => sftp.rmdir(dirname(path), done as never)],
  ["rename away", (sftp, path, done) => sftp.rename(path, "/stolen.txt", done as never)],
  ["link to", (sftp, path, done) => sftp.symlink(path, "/link.txt", done as never)],
];

describe(
  "one tenant and another's files",
  inEachWay((start) => {
    let running: RunningGateway;
    let secret: string;

    /** Mappings and policies hold each other up: each alone must keep the tenant in. */
    const settings = {
      "with all that is deployed": {},
      "if the session policy were missing its narrowness": { session: readWriteBelow("tenants/") },
      "if the mapping showed the whole bucket": { mappings: { "/": "tenants" } },
    };
    for (const [setting, overrides] of Object.entries(settings)) {
      describe(setting, () => {
        let sftp: SFTPWrapper;

        before(async () => {
          running = await start(deploymentOf({ tenant: "acme", ...overrides }, { tenant: "acme-corp" }));
          secret = running.file("tenants/acme-corp/secret.txt");
          mkdirSync(dirname(secret), { recursive: true });
          writeFileSync(secret, "secret");
          writeFileSync(running.file("tenants/acme-corp/unseen.txt"), "secret");
          ({ sftp } = await rawClient(running, "acme"));
        });
        after(() => running.stop());

        for (const [name, request] of requests) {
          it(`cannot ${name} one by any name`, async () => {
            const names = "mappings" in overrides ? [...namesOfSecret, "/acme-corp/secret.txt"] : namesOfSecret;
            for (const path of names) {
              const code = await outcome((done) => request(sftp, path, done));
              // Below its own root a tenant may list or make what it likes, under whatever odd name.
              if (name !== "list" && name !== "remove the folder of") {
                expect(code, path).not.to.equal(undefined);
              }
              expect(readFileSync(secret, "utf8"), path).to.equal("secret");
            }
          });
        }

        it("cannot write one by any name", async () => {
          for (const path of [...namesOfSecret, "/acme-corp/secret.txt"]) {
            await outcome((done) => sftp.writeFile(path, "overwritten", done));
            await outcome((done) => sftp.writeFile("/mine.txt", "overwritten", done));
            await outcome((done) => sftp.rename("/mine.txt", path, done));
            expect(readFileSync(secret, "utf8"), path).to.equal("secret");
          }
        });

        it("sees none in any listing", async () => {
          const client = await running.client("acme");
          const seen: string[] = [];
          for (const path of ["/", "..", "/..", "/../acme-corp", "/tenants", "/acme-corp"]) {
            seen.push(...(await client.list(path).catch(() => [])).map(({ name }) => name));
          }
          expect(seen).not.to.include("unseen.txt");
        });
      });
    }

    it("cannot be told apart from nothing where names may not be seen", async () => {
      const putOnly = { Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/tenants/acme/*` };
      running = await start(deploymentOf({ tenant: "acme", session: [putOnly] }));
      try {
        const { sftp } = await rawClient(running, "acme");
        await outcome((done) => sftp.writeFile("/there.txt", "x", done));
        for (const [name, request] of requests.filter(([name]) => name !== "link to")) {
          const codes = await Promise.all(
            ["/there.txt", "/not-there.txt"].map((path) => outcome((done) => request(sftp, path, done))),
          );
          expect(codes[0], name).to.equal(codes[1]);
        }
      } finally {
        await running.stop();
      }
    });

    it("meet in a space that both are granted", async () => {
      const space = (tenant: string) => ({
        tenant,
        mappings: { "/home": `tenants/${tenant}`, "/prices": "shared/prices" },
        session: [...readWriteBelow(`tenants/${tenant}/`), ...readWriteBelow("shared/prices/")],
      });
      running = await start(deploymentOf(space("acme"), space("acme-corp")));
      try {
        const [one, other] = [await running.client("acme"), await running.client("acme-corp")];
        await one.put(Buffer.from("1.00"), "/prices/list.csv");
        expect(await contentOf(other, "/prices/list.csv")).to.equal("1.00");
        expect(existsSync(running.file("shared/prices/list.csv"))).to.equal(true);
      } finally {
        await running.stop();
      }
    });
  }),
);

describe(
  "the three historic defects of session policies",
  inEachWay((start) => {
    const changed = (change: (policy: string) => string) => {
      const deployment = deploymentOf({ tenant: "acme" });
      const { inputs } = resource(deployment, "User");
      inputs["policy"] = change(String(inputs["policy"]));
      return deployment;
    };

    it("two colons in the ARN of the bucket are refused before anything is served", async () => {
      const refused = start(changed((policy) => policy.replaceAll(":s3:::", ":s3::")));
      expect(await refused.catch((error: Error) => error.message)).to.match(/acme".*arn:aws:s3::sftp/);
    });

    it("a slash before the prefix lists nothing", async () => {
      const running = await start(changed((policy) => policy.replaceAll('"tenants/acme/', '"/tenants/acme/')));
      try {
        const { sftp } = await rawClient(running, "acme");
        expect(await outcome((done) => sftp.opendir("/", done))).to.equal(status.denied);
      } finally {
        await running.stop();
      }
    });

    it("a prefix without its slash lets into the neighbour's folder, here as at AWS", async () => {
      const deployment = deploymentOf({ tenant: "acme", mappings: { "/": "tenants" } }, { tenant: "acme-corp" });
      resource(deployment, "User").inputs["policy"] = policyText(readWriteBelow("tenants/acme"));
      const running = await start(deployment);
      try {
        const { sftp } = await rawClient(running, "acme");
        expect(await outcome((done) => sftp.writeFile("/acme-corp/a.txt", "x", done))).to.equal(undefined);
        expect(existsSync(running.file("tenants/acme-corp/a.txt"))).to.equal(true);
      } finally {
        await running.stop();
      }
    });
  }),
);
