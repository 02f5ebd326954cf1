import { expect } from "chai";
import { endFlag, endOf } from "../../cli/moment";

describe("the end of something, as a flag says it", () => {
  for (const [text, end] of [
    ["2031-06-30", "2031-07-01T00:00:00.000Z"],
    ["2028-02-28", "2028-02-29T00:00:00.000Z"],
    ["2031-12-31", "2032-01-01T00:00:00.000Z"],
    ["9999-12-30", "9999-12-31T00:00:00.000Z"],
    ["9999-12-31", "9999-12-31T23:59:59.999Z"],
    ["2031-06-30T12:00Z", "2031-06-30T12:00:00.000Z"],
    ["2031-06-30T23:59:59Z", "2031-06-30T23:59:59.000Z"],
  ] as const) {
    it(`is ${end} for ${text}`, () => {
      expect(endOf(text)).to.equal(end);
      expect(endFlag("").fault(text)).to.equal(undefined);
    });
  }

  for (const text of [
    ...["", "never", "2031-02-29", "2031-6-30", "2031-06-30T24:00Z", "2031-06-30T12:00", "2031-06-30T12:00+02:00"],
    ...["2031-06-30 12:00Z", "2031-06-30T12:00Z\n", "+010000-01-01", "2031-06-30T12:00:00.000Z"],
  ]) {
    it(`is none for ${JSON.stringify(text)}`, () => {
      expect(endOf(text)).to.equal(undefined);
      expect(endFlag("").fault(text)).to.match(/ is neither a day of the calendar as YYYY-MM-DD nor a time in UTC /);
    });
  }

  it("has passed in the very moment that it names", () => {
    const second = new Date(Date.now() - 1).toISOString().replace(/\.\d+Z$/, "Z");
    expect(endFlag("").fault(second)).to.equal(`"${second}" has passed`);
  });
});
