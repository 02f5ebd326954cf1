import { expect } from "chai";
import { longName } from "../../local/sftp/response";

const now = Date.UTC(2026, 10, 25, 12, 0);
const seconds = (...time: Parameters<typeof Date.UTC>) => Date.UTC(...time) / 1000;

describe("the line of a file in `ls -l`", () => {
  const line = (modified: number) => longName("a.txt", { kind: "file", size: 5, modified }, now);

  for (const [when, modified, shown] of [
    ["of today", seconds(2026, 10, 25, 9, 7), "Nov 25 09:07"],
    ["of five months ago", seconds(2026, 5, 25, 23, 59), "Jun 25 23:59"],
    ["of seven months ago", seconds(2026, 3, 5, 9, 7), "Apr  5  2026"],
    ["of years ago", seconds(1999, 11, 31), "Dec 31  1999"],
    ["of tomorrow", seconds(2026, 10, 26, 9, 7), "Nov 26  2026"],
  ] as const) {
    it(`${when} says ${shown}, as ls does`, () => {
      expect(line(modified)).to.equal(`-rw-r--r--    1 0        0                   5 ${shown} a.txt`);
    });
  }
});
