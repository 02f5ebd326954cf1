import { expect } from "chai";
import { folded } from "../../local/folded";

describe("a line that is folded", () => {
  it("stays whole where it fits, or where there is no width", () => {
    expect(folded("12 34", 5, 2)).to.deep.equal(["12 34"]);
    expect(folded("x".repeat(1000), Infinity, 2)).to.deep.equal(["x".repeat(1000)]);
  });

  it("breaks between words, and goes on further right", () => {
    expect(folded("one two three four", 9, 2)).to.deep.equal(["one two", "  three", "  four"]);
    expect(folded("12345 789", 8, 0)).to.deep.equal(["12345", "789"]);
  });

  it("breaks a longer word behind a slash, and where it has none anywhere", () => {
    expect(folded("a/bcdef/ghijkl", 10, 2)).to.deep.equal(["a/bcdef/", "  ghijkl"]);
    expect(folded("abcdefghijklmnopqrst", 10, 2)).to.deep.equal(["abcdefghij", "  klmnopqr", "  st"]);
  });

  it("loses nothing, and every piece fits", () => {
    const line =
      "12:03:44 acme uploaded 14 bytes to /sftp-gateway-dev-123456789012/tenants/acme/a file with a name.csv";
    for (let width = 20; width <= 110; width += 1) {
      const pieces = folded(line, width, 9);
      expect(pieces.filter((piece) => piece.length > width)).to.deep.equal([]);
      expect(pieces.join("").replaceAll(" ", "")).to.equal(line.replaceAll(" ", ""));
    }
  });

  it("does not take a character of two units apart", () => {
    expect(folded("\u{1f600}".repeat(12), 10, 0)).to.deep.equal(["\u{1f600}".repeat(10), "\u{1f600}".repeat(2)]);
  });
});
