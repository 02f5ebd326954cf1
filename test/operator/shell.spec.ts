import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { comment, updateFromFile } from "../../operator/shell";
import { shellWord } from "../../shellWord";

/** What a shell makes of a text, and prints of it. */
const printedBy = (script: string) => execFileSync("sh", ["-c", script]).toString();

describe("what is printed for a shell", () => {
  const words = [
    ...[
      "acme",
      "a b",
      "it's",
      `"`,
      "$HOME",
      "$(touched)",
      "`touched`",
      "a;b",
      "a\\b",
      "a\nb",
      "*",
      "~",
      "!!",
      "#a",
      "é",
    ],
    ...["", "'", "''", "-n", "a'$(touched)'b", "{a,b}", "a=b", "%s"],
  ];

  it("is one word, whatever stands in it", () => {
    for (const word of words) {
      expect(printedBy(`printf '[%s]' ${shellWord(word)}`)).to.equal(`[${word}]`);
    }
  });

  it("names a file in any folder", () => {
    const file = "/tmp/it's a $(folder)/input.json";
    const aws = `aws() { printf '[%s]' "$@"; }\n${updateFromFile(file, "eu-central-1")}`;
    expect(printedBy(aws)).to.equal(
      `[dynamodb][update-item][--region][eu-central-1][--cli-input-json][file://${file}]`,
    );
  });

  it("is a comment, of whatever lines", () => {
    const lines = words.flatMap((word) => [`${word}\ntouched`, `${word}\r\ntouched`, `${word}\u2028touched`]);
    expect(printedBy(`touched() { printf touched; }\n${comment(...lines)}printf done`)).to.equal("done");
    expect(comment(...lines).split("\n")).to.have.length(lines.length + 1);
  });
});
