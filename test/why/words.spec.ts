import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { questionOfWords } from "../../why/words";
import type { Question } from "../../why/why";
import { now, Sample } from "./setting";

const pages = ["TROUBLESHOOTING.md", "WHY.md"].map((page) => readFileSync(join(__dirname, "../../docs", page), "utf8"));

const question = (...words: string[]) => questionOfWords(words, { now });

describe("a question in words", () => {
  for (const [word, operation] of [
    ["PUT", "put"],
    ["mget", "get"],
    ["delete", "rm"],
    ["cd", "stat"],
  ] as const) {
    it(`takes ${word} for ${operation}`, () => {
      expect(question("acme", word, "/a b")).to.include({ name: "acme", operation, path: "/a b" });
    });
  }

  it("lists where the client lands, where no path is said", () => {
    expect(question("acme", "ls")).to.include({ operation: "ls", path: "." });
  });

  it("of a renaming has both paths", () => {
    expect(question("acme", "mv", "/a", "/b")).to.include({ operation: "rename", path: "/a", to: "/b" });
  });

  for (const [words, answer] of [
    [["acme"], /^say what "acme" does: /],
    [["acme", "reput", "/a"], /^"reput" is nothing that documents decide: S3 cannot go on with an object/],
    [["acme", "chmod", "600", "/a"], /^"chmod" is nothing that documents decide: S3 keeps no modes/],
    [["acme", "constructor", "/a"], /^"constructor" is no operation; /],
    [["acme", "put", "/a", "/b"], /^put takes one path$/],
    [["acme", "rename", "/a"], /^rename takes a path and a new path$/],
    [["acme", "login", "/a"], /^login takes no path$/],
  ] as const) {
    it(`is none: ${words.join(" ")}`, () => {
      expect(question(...words)).to.match(answer);
    });
  }

  const shown = pages.join("\n").matchAll(/npm run why -- (acme\S* [^`\n]*)/g);
  for (const command of new Set([...shown].map(([, words]) => words!.replace(/ --.*/, "")))) {
    it(`is one as the documentation shows it: ${command}`, () => {
      expect(question(...command.split(" "))).to.be.an("object");
    });
  }

  it("on the page about denials is denied as it stands, by the tenants of this repository", async () => {
    const sample = await Sample.of({}, readFileSync(join(__dirname, "../../tenants.yaml"), "utf8"));
    const commands = [...pages[0]!.matchAll(/^\| (.+?) +\|.*`npm run why -- ([^`]*)`/gm)];
    const answers = commands.map(([, seen, words]) => [
      seen,
      sample.ask(question(...words!.replace(/ --.*/, "").split(" ")) as Question).verdict,
    ]);
    expect(answers).to.deep.equal([
      ["`Permission denied` on `ls`", "allowed"],
      ["`Permission denied` on `put`", "denied"],
      ["`Permission denied` on `mkdir`", "denied"],
      ["`Permission denied` on `rename`", "denied"],
      // Its flag is a file that only a reader has.
      ["`Permission denied (publickey)`", "unknown"],
      ["a `.partial` or `.filepart` is left over", "denied"],
    ]);
  });
});
