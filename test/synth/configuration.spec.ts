import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ConfigurationError, readConfiguration } from "../../synth/configuration";

const projectFile = `
name: sample
runtime: nodejs
config:
  sample:flag: { type: boolean, default: true }
  sample:days: { type: integer }
  sample:names: { type: array, default: [a, b] }
  sample:password: { type: string, secret: true, default: "" }
`;

describe("the configuration of a synthesis", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "configuration-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  function configure(stackFile: string, overrides?: Record<string, string>) {
    writeFileSync(join(directory, "Pulumi.yaml"), projectFile);
    writeFileSync(join(directory, "Pulumi.dev.yaml"), stackFile);
    return readConfiguration(directory, "dev", overrides);
  }

  it("is what the CLI would hand over: the stack's values, the declared defaults, structures as JSON", () => {
    const stackFile = "config:\n  aws:region: eu-west-1\n  sample:days: 30\n";
    expect(configure(stackFile)).to.deep.equal({
      project: "sample",
      stack: "dev",
      values: {
        "aws:region": "eu-west-1",
        "sample:days": "30",
        "sample:flag": "true",
        "sample:names": '["a","b"]',
        "sample:password": "",
      },
      secretKeys: [],
    });
  });

  it("takes an override before the stack's value", () => {
    expect(configure("config: { sample:days: 30 }", { "sample:days": "7" }).values["sample:days"]).to.equal("7");
  });

  it("never shows an encrypted value, and marks its key", () => {
    const { values, secretKeys } = configure("config:\n  sample:days: 1\n  sample:password:\n    secure: AAABcipher\n");
    expect(values["sample:password"]).to.equal("secret");
    expect(secretKeys).to.deep.equal(["sample:password"]);
  });

  const mistakes: [what: string, stackFile: string, message: string][] = [
    [
      "a required key is missing",
      "config: {}",
      'Pulumi.dev.yaml: "sample:days" is required by Pulumi.yaml and missing',
    ],
    [
      "a value has the wrong type",
      "config: { sample:days: soon }",
      'Pulumi.dev.yaml: "sample:days" is soon; Pulumi.yaml declares the type integer',
    ],
    [
      "a boolean is spelled otherwise",
      'config: { sample:days: 1, sample:flag: "yes" }',
      'Pulumi.dev.yaml: "sample:flag" is yes; Pulumi.yaml declares the type boolean',
    ],
    [
      "a value that shapes the deployment is encrypted",
      "config: { sample:days: { secure: AAAB } }",
      'Pulumi.dev.yaml: "sample:days" is encrypted; it shapes the deployment and must be plain',
    ],
  ];
  for (const [what, stackFile, message] of mistakes) {
    it(`names file and key where ${what}`, () => {
      expect(() => configure(stackFile)).to.throw(ConfigurationError, message);
    });
  }

  it("says which file a stack lacks", () => {
    writeFileSync(join(directory, "Pulumi.yaml"), projectFile);
    expect(() => readConfiguration(directory, "stage")).to.throw(
      ConfigurationError,
      `Pulumi.stage.yaml: there is no such file in ${directory}`,
    );
  });
});
