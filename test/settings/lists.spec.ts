import { expect } from "chai";
import { problemsOf, required } from "./files";

describe("settings that are lists", () => {
  it("are told text by text, each with its place", () => {
    const list = `  sftp-gateway:endpoint: vpc
  sftp-gateway:allowedCidrs:
    - 203.0.113.0/24
    - 203.0.113.7
    - 203.0.113.0/24
    - 10.0.0.1/8
`;
    expect(problemsOf(required + list)).to.deep.equal([
      'Pulumi.dev.yaml:9:7: error: "sftp-gateway:allowedCidrs": "203.0.113.7" is one address; write 203.0.113.7/32',
      'Pulumi.dev.yaml:10:7: error: "sftp-gateway:allowedCidrs": "203.0.113.0/24" is listed twice; remove one of the two',
      'Pulumi.dev.yaml:11:7: error: "sftp-gateway:allowedCidrs": "10.0.0.1/8" has more than its first 8 bits set; write 10.0.0.0/8',
    ]);
  });

  for (const [value, found] of [
    ["203.0.113.0/24", '"203.0.113.0/24"'],
    ["[7, 8]", "a list"],
    ["{ range: a }", "a mapping"],
    ["", "empty"],
    ["true", "true"],
  ]) {
    it(`are not taken from ${value}`, () => {
      expect(problemsOf(`${required}  sftp-gateway:allowedCidrs: ${value}\n`)[0]?.replace(/^.*error: /, "")).to.equal(
        `"sftp-gateway:allowedCidrs" is ${found}; it is a list of texts`,
      );
    });
  }
});
