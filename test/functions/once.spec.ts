import { setTimeout as delay } from "node:timers/promises";
import type { BasePersistenceLayer } from "@aws-lambda-powertools/idempotency/persistence";
import { expect } from "chai";
import fc from "fast-check";
import { tenantPrefix } from "../../access/grant";
import { awsPorts } from "../../functions/on-upload/aws";
import type { UploadEvent } from "../../functions/on-upload/event";
import { createHandler } from "../../functions/on-upload/handler";
import { MemoryStore } from "../../functions/on-upload/memoryStore";
import { rememberingIn } from "../../functions/on-upload/once";
import { environment, FakeAws } from "./fakeAws";
import { arrivalOf } from "./invocations";
import { outputOf } from "./output";

/** Both memories must obey the same rules: the laptop's and the deployed one. */
const stores: Readonly<Record<string, () => BasePersistenceLayer>> = {
  "the table": () => awsPorts(environment, new FakeAws().clients).store,
  "the memory of a run without AWS": () => new MemoryStore(),
};

const invocation = (remainingMs: number) => ({ awsRequestId: "1", getRemainingTimeInMillis: () => remainingMs });

for (const [name, newStore] of Object.entries(stores)) {
  describe(`a step remembered in ${name}`, () => {
    it("is done once for one upload, and once for every other", async () => {
      const once = rememberingIn(newStore())(invocation(1000));
      const done: string[] = [];
      for (const [step, upload] of [
        ["publish", "1"],
        ["hook", "1"],
        ["publish", "1"],
        ["publish", "2"],
      ] as const) {
        await once(step, upload, () => Promise.resolve(void done.push(`${step} ${upload}`)));
      }
      expect(done).to.deep.equal(["publish 1", "hook 1", "publish 2"]);
    });

    it("is done again after it failed", async () => {
      const once = rememberingIn(newStore())(invocation(1000));
      const outcomes: unknown[] = [];
      for (const work of [() => Promise.reject(new Error("down")), () => Promise.resolve()]) {
        await once("publish", "1", work).then(
          () => outcomes.push("done"),
          (error: unknown) => outcomes.push(String(error)),
        );
      }
      expect(outcomes).to.deep.equal(["Error: down", "done"]);
    });

    it("is refused while another invocation is at it", async () => {
      const remember = rememberingIn(newStore());
      let finish = () => {};
      const working = new Promise<void>((resolve) => (finish = resolve));
      const first = remember(invocation(60_000))("publish", "1", () => working);
      const second = remember(invocation(60_000))("publish", "1", () => Promise.reject(new Error("done twice")));
      expect(await second.catch((error: Error) => error.name)).to.equal("IdempotencyAlreadyInProgressError");
      finish();
      await first;
    });

    it("is taken over from an invocation whose time is up", async () => {
      const remember = rememberingIn(newStore());
      void remember(invocation(1))("publish", "1", () => new Promise(() => {}));
      await delay(10);
      const done: string[] = [];
      await remember(invocation(60_000))("publish", "1", () => Promise.resolve(void done.push("taken over")));
      expect(done).to.deep.equal(["taken over"]);
    });

    it("announces each upload exactly once, in whatever order and however often its records arrive", async () => {
      const puts = fc
        .record({ file: fc.constantFrom("a", "b c", "ü+%"), version: fc.integer({ min: 1, max: 3 }) })
        .map(({ file, version }) => ({
          key: `${tenantPrefix("acme")}${file}`,
          versionId: `v${String(version)}`,
          sequencer: `00${String(version)}`,
        }));
      const invocations = fc.array(fc.array(puts, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(invocations, async (deliveries) => {
          const announced: UploadEvent[] = [];
          const handler = createHandler({
            metricsNamespace: "test",
            store: newStore(),
            publish: ({ message }) => Promise.resolve(void announced.push(JSON.parse(message) as UploadEvent)),
          });
          const { error } = await outputOf(async () => {
            for (const delivery of deliveries) {
              await handler(arrivalOf(...delivery), invocation(30_000));
            }
          });
          expect(error).to.equal(undefined);
          const name = ({ key, versionId }: { key: string; versionId: string | null }) => `${key} ${String(versionId)}`;
          expect(announced.map(name).sort()).to.deep.equal([...new Set(deliveries.flat().map(name))].sort());
          expect(newestOf(announced)).to.deep.equal(newestOf(deliveries.flat()));
        }),
        { numRuns: 10 },
      );
    });
  });
}

/** What a consumer that keeps the greatest sequencer of each key ends up with. */
function newestOf(uploads: readonly { readonly key: string; readonly sequencer: string | null }[]): object {
  const newest: Record<string, string> = {};
  for (const { key, sequencer } of uploads) {
    newest[key] = [newest[key] ?? "", sequencer ?? ""].sort().at(-1) ?? "";
  }
  return newest;
}
