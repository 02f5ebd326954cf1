import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-server-logs";
const role = "arn:aws:iam::111122223333:role/logs";

function logging(structuredLogDestinations: string[] | undefined, loggingRole: string | undefined) {
  return changed(exampleStack(), "door", { structuredLogDestinations, loggingRole });
}

describe("the policy that servers log", () => {
  it("finds a server with neither log", async () => {
    const message =
      `${policy}: Server "door" writes no log. Set \`structuredLogDestinations\` to a log group's ARN followed by ` +
      "`:*`, or `loggingRole` to a role that may write logs.";
    expect(await findings(logging(undefined, undefined))).to.deep.equal([message]);
    expect(await findings(logging([], ""))).to.deep.equal([message]);
  });

  it("is content with a logging role, and with a log group whose ARN is not known yet", async () => {
    expect(await findings(logging(undefined, role))).to.deep.equal([]);
    expect(await findings(logging([unknownValue], undefined))).to.deep.equal([]);
  });

  it("says at a preview that a log which is not known yet is not checked", async () => {
    const expected = (property: string) => [notChecked(property, 'Server "door"', policy)];
    expect(await findings(logging(undefined, unknownValue))).to.deep.equal(expected("loggingRole"));
    expect(await findings(logging(unknownValue, undefined))).to.deep.equal(expected("structuredLogDestinations"));
  });
});
