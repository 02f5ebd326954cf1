import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { findings, notChecked } from "./findings";

const policy = "transfer-invocation-names-its-server";
const server = "arn:aws:transfer:eu-central-1:111122223333:server/s-01234567890abcdef";

function permitting(props: { readonly principal?: string; readonly sourceArn?: string }) {
  const permission = resource("aws:lambda/permission:Permission", {
    action: "lambda:InvokeFunction",
    function: "logins",
    principal: "transfer.amazonaws.com",
    ...props,
  });
  return { ...exampleStack(), ask: permission };
}

describe("the policy that one server may invoke the function that decides its logins", () => {
  for (const [what, sourceArn] of Object.entries({
    nothing: undefined,
    "any server": "arn:aws:transfer:eu-central-1:111122223333:server/*",
    "anything of Transfer's": "arn:aws:transfer:*:111122223333:*",
    "a bucket": "arn:aws:s3:::partner-drop",
  })) {
    it(`finds a permission that names ${what}`, async () => {
      expect(await findings(permitting(sourceArn === undefined ? {} : { sourceArn }))).to.deep.equal([
        `${policy}: Permission "ask" lets Transfer servers invoke the function, whoever they belong to. Set \`sourceArn\` to the ` +
          "ARN of the server that asks it.",
      ]);
    });
  }

  it("accepts one server, and leaves other services to others", async () => {
    expect(await findings(permitting({ sourceArn: server }))).to.deep.equal([]);
    expect(await findings(permitting({ principal: "sns.amazonaws.com" }))).to.deep.equal([]);
  });

  it("says at a preview that a server which is not there yet is not checked", async () => {
    expect(await findings(permitting({ sourceArn: unknownValue }))).to.deep.equal([
      notChecked("sourceArn", 'Permission "ask"', policy),
    ]);
  });
});
