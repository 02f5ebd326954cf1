import { setImmediate, setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Pace } from "../../../local/page/pace";

/** Work that keeps the processor. */
function busy(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

describe("what the page has to work out", () => {
  it("leaves four times as long to everything else, in the order in which it is asked", async () => {
    const pace = new Pace();
    const done: [number: number, at: number][] = [];
    for (const number of [1, 2, 3]) {
      pace.take(() => {
        busy(20);
        done.push([number, performance.now()]);
      });
    }
    while (done.length < 3) {
      await setTimeout(5);
    }
    expect(done.map(([number]) => number)).to.deep.equal([1, 2, 3]);
    const [first, , third] = done.map(([, at]) => at);
    // Two pieces of work and two rests, of which a timer may cut a millisecond.
    expect(third! - first!).to.be.at.least(198);
  });

  it("is not held up by what takes no time", async function () {
    // It takes time where another process gets the processor in the middle of it.
    this.retries(5);
    const pace = new Pace();
    let done = 0;
    for (let count = 0; count < 200; count += 1) {
      pace.take(() => (done += 1));
    }
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
    }
    expect(done).to.equal(200);
  });
});
