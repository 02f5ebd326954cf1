import { expect } from "chai";
import { problemsOf, required } from "./files";

const id = "1234abcd-12ab-34cd-56ef-1234567890ab";

/** What is wrong with a key that a stack in eu-central-1 names. */
function faultOf(key: string): string {
  const lines = `${required}  sftp-gateway:encryption: kms\n  sftp-gateway:kmsKeyArn: ${key}\n`;
  return problemsOf(lines)
    .join("\n")
    .replace(/^Pulumi\.dev\.yaml:7:27: error: .*?; /, "");
}

describe("the key that a stack names", () => {
  it("is one of the stack's region and partition, of one region or of several", () => {
    expect(faultOf(`arn:aws:kms:eu-central-1:123456789012:key/${id}`)).to.equal("");
    expect(faultOf("arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab")).to.equal("");
  });

  for (const [key, fault] of [
    [`arn:aws:kms:eu-west-1:123456789012:key/${id}`, 'give one of "eu-central-1"'],
    [`arn:aws-cn:kms:eu-central-1:123456789012:key/${id}`, "here ARNs begin with arn:aws:"],
    ["arn:aws:kms:eu-central-1:123456789012:alias/gateway", "it is the ARN of a key"],
    ["arn:aws:kms:eu-central-1:123456789012:key/gateway", "it is the ARN of a key"],
    [id, "it is the ARN of a key"],
  ] as const) {
    it(`is not ${key}`, () => {
      expect(faultOf(key)).to.include(fault);
    });
  }
});
