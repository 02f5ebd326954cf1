import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect } from "chai";
import { readEnvironments } from "../../settings/environments";
import { formatProblem } from "../../tenancy/problem";

const example = '[{ "stack": "dev" }, { "stack": "prod", "approval": true }]';

describe("the list of the workflows' environments", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "environments-"));
    mkdirSync(join(directory, "deploy"));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function read(text: string) {
    writeFileSync(join(directory, "deploy/environments.json"), text);
    const { environments, problems } = readEnvironments(directory, ["dev", "prod", "staging-eu", "staging_eu"]);
    const folder = `${relative(".", directory)}/deploy/environments.json:`;
    return { environments, problems: problems.map((problem) => formatProblem(problem).replace(folder, "")) };
  }

  it("says which stacks there are, and which wait for an approval", () => {
    expect(read(example)).to.deep.equal({
      environments: [
        { stack: "dev", approval: false },
        { stack: "prod", approval: true },
      ],
      problems: [],
    });
  });

  it("may be missing in a project without workflows", () => {
    expect(readEnvironments(directory, ["dev"])).to.deep.equal({ environments: [], problems: [] });
  });

  const wrong: [text: string, ...problems: string[]][] = [
    [
      '[\n  { "stack": "stagin" }\n]\n',
      '2:14: error: "stagin" is not a stack of this project; there are dev, prod, staging-eu and staging_eu',
    ],
    ['[{ "stack": "prod", "aproval": true }]', '1:21: error: unknown key "aproval"; did you mean "approval"?'],
    ['[{ "stack": "prod", "approval": "yes" }]', '1:33: error: "approval" must be true or false, not the text "yes"'],
    ['[{ "approval": true }]', '1:2: error: "stack" is missing'],
    ['[{ "stack": "dev", "stack": "prod" }]', '1:20: error: the key "stack" is given twice; remove one of the two'],
    ['[{ "stack": "dev" }', "1:20: error: the closing ] is missing"],
    ['{ "stack": "dev" }', `1:1: error: the file must be a list, as ${example}`],
    [
      '[{ "stack": "dev" }, { "stack": "dev", "approval": true }]',
      '1:33: error: "dev" has the same variables on GitHub as another stack, DEV_...',
    ],
    [
      '[{ "stack": "staging-eu" },\n  { "stack": "staging_eu" }]',
      '2:14: error: "staging_eu" has the same variables on GitHub as another stack, STAGING_EU_...',
    ],
  ];
  for (const [text, ...problems] of wrong) {
    it(`refuses ${text.replace(/\s+/g, " ")}`, () => {
      expect(read(text)).to.deep.equal({ environments: [], problems });
    });
  }

  for (const text of ["[{ stack: dev }]", '[{ "stack": "dev" },]', '- stack: "dev"', '[{ "stack": "dev" }] # all']) {
    it(`refuses ${text}, which is YAML and no JSON`, () => {
      expect(read(text).problems).to.deep.equal([
        `1:1: error: this is no JSON: keys and text stand in double quotes, nothing behind the last comma; as ${example}`,
      ]);
    });
  }
});
