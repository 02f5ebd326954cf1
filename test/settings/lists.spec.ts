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

  it("hold ranges in the one spelling that AWS keeps, so that none is there twice", () => {
    const list = `  sftp-gateway:endpoint: vpc
  sftp-gateway:allowedCidrs: ["2001:DB8::/32", "2001:db8::/32", "2001:db8:0::/32"]
`;
    expect(problemsOf(required + list)).to.deep.equal([
      'Pulumi.dev.yaml:7:31: error: "sftp-gateway:allowedCidrs": "2001:DB8::/32" is spelt otherwise by AWS; write 2001:db8::/32',
      'Pulumi.dev.yaml:7:65: error: "sftp-gateway:allowedCidrs": "2001:db8:0::/32" is spelt otherwise by AWS; write 2001:db8::/32',
    ]);
  });

  it("hold as many ranges of a family as a security group takes", () => {
    const ranges = Array.from({ length: 61 }, (_, number) => `10.0.${number}.0/24`);
    const list = (some: readonly string[]) =>
      `${required}  sftp-gateway:endpoint: vpc\n  sftp-gateway:allowedCidrs: [${some.join(", ")}]\n`;
    expect(problemsOf(list([...ranges.slice(1), "'2001:db8::/32'"]))).to.deep.equal([]);
    expect(problemsOf(list(ranges))).to.deep.equal([
      'Pulumi.dev.yaml:7:30: error: "sftp-gateway:allowedCidrs" is a list; 61 of its ranges are of one family; a security group takes 60 ranges of IPv4 and as many of IPv6',
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
