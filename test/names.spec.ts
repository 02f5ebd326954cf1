import { expect } from "chai";
import { accessRoleName, gatewayNames, ownQueueNames } from "../names";
import { UserError } from "../userError";

const account = "123456789012";

/** What a prefix is refused with. */
function refusal(prefix: string): string {
  try {
    gatewayNames(prefix, account);
    return "";
  } catch (error) {
    expect(error).to.be.instanceOf(UserError);
    return (error as Error).message;
  }
}

describe("the names of a gateway", () => {
  // The rule's name is the longest of what has the least room: 64 characters with "-partial-uploads".
  it("are made of a prefix as long as AWS takes all of them", () => {
    const { partialUploadsRule, bucket, onUpload, deadLetters } = gatewayNames("p".repeat(48), account);
    expect(partialUploadsRule).to.have.length(64);
    expect(bucket.length).to.be.at.most(63);
    expect(onUpload.length).to.be.at.most(64);
    expect(Object.values(deadLetters).every((name) => name.length <= 80)).to.equal(true);
  });

  it("are refused with the limit, its source and by how much the prefix is too long", () => {
    expect(refusal("p".repeat(49))).to.equal(
      `the name of the EventBridge rule "${"p".repeat(49)}-partial-uploads" has 65 characters; AWS takes 64 ` +
        "(EventBridge API reference, PutRule): choose a stack name, or a namePrefix, that is shorter by 1",
    );
    expect(refusal("p".repeat(100))).to.match(/^the name of the EventBridge rule .* that is shorter by 52$/);
  });

  for (const prefix of ["sftp-gateway-Dev", "sftp-gateway-my_stack", "sftp.gateway-dev", "-dev"]) {
    it(`are refused where no bucket can be called ${prefix}`, () => {
      expect(refusal(prefix)).to.equal(
        `the name prefix "${prefix}" makes the bucket name "${prefix}-${account}"; S3 wants lower-case letters, digits and ` +
          'hyphens (S3 User Guide, "General purpose bucket naming rules"): choose a stack name, or a namePrefix, that holds ' +
          "nothing else",
      );
    });
  }

  for (const prefix of ["xn--partners", "sthree-partners", "amzn-s3-demo-partners"]) {
    it(`are refused where S3 keeps the beginning of ${prefix} for itself`, () => {
      expect(refusal(prefix)).to.match(
        /begins the bucket's name, and S3 keeps ".*-" for itself .* that begins otherwise$/,
      );
    });
  }

  it("are refused for a role that IAM would not take", () => {
    expect(accessRoleName({ prefix: "p".repeat(53) }, "read-write")).to.have.length(64);
    expect(() => accessRoleName({ prefix: "p".repeat(54) }, "read-write")).to.throw(
      UserError,
      'has 65 characters; AWS takes 64 (IAM User Guide, "IAM and AWS STS quotas")',
    );
  });

  it("are refused for a queue that SQS would not take, with whose it is", () => {
    expect(() => ownQueueNames({ prefix: "p".repeat(40) }, "tenant", "t".repeat(40))).to.throw(
      UserError,
      /^the queue of tenant "t{40}" would be called ".*"; SQS takes 80 characters: /,
    );
  });
});
