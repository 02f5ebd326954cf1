import { expect } from "chai";
import { problemsOf, required, settingsOf } from "./files";

describe("tags for every resource", () => {
  const problems = (value: string) =>
    problemsOf(`${required}  aws:defaultTags: ${value}\n`).map((problem) =>
      problem.replace('Pulumi.dev.yaml:6:20: error: "aws:defaultTags" ', ""),
    );

  it("are the provider's to read, and take nothing from the program's settings", () => {
    const { settings, problems: none } = settingsOf(
      `${required}  aws:defaultTags:\n    tags:\n      costCentre: "4711"\n      owner: partners\n`,
    );
    expect(none).to.deep.equal([]);
    expect(settings).to.have.property("logRetentionDays", 14);
    expect(problems("{ tags: {} }")).to.deep.equal([]);
  });

  const right = 'it is a mapping of names to texts below "tags", as { tags: { costCentre: "4711" } }';
  for (const value of [
    '{ costCentre: "4711" }',
    "costCentre",
    "[costCentre]",
    "{ tags: [costCentre] }",
    "{ tag: {} }",
  ]) {
    it(`are not ${value}, which the provider passes over`, () => {
      expect(problems(value)).to.deep.equal([`is not what the provider reads; ${right}`]);
    });
  }

  it("keep to AWS's bounds", () => {
    const many = Array.from({ length: 46 }, (_, index) => `t${index}: x`).join(", ");
    expect(problems(`{ tags: { ${many} } }`)).to.deep.equal(["has 46 tags; at most 45 fit beside the gateway's own"]);
    expect(problems("{ tags: { costCentre: 4711 } }")).to.deep.equal([
      'has the tag "costCentre" with a value that is no text; write it in quotes',
    ]);
    expect(problems('{ tags: { "AWS:x": y } }')[0]).to.match(/^has the tag "AWS:x"; a name has 1 to 128 letters/);
    expect(problems("{ tags: { x: a&b } }")[0]).to.match(
      /^has the tag "x" with a value of more than 256 characters, or of/,
    );
    expect(problems('{ tags: { "transfer:customHostname": sftp.acme.example } }')).to.deep.equal([
      'has the tag "transfer:customHostname", which Transfer acts upon; the host name is the setting hostname',
    ]);
  });

  it("are not misspelt", () => {
    expect(problemsOf(`${required}  aws:defaultTag: { tags: {} }\n`)).to.deep.equal([
      'Pulumi.dev.yaml:6:3: error: unknown setting "aws:defaultTag"; did you mean "aws:defaultTags"?',
    ]);
  });
});
