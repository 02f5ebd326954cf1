import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { gatewayArns, gatewayNames } from "../../names";
import { requestProblems } from "../fixtures/aws/apiModel";
import { requestOf } from "../fixtures/aws/commandLine";

const page = readFileSync(join(__dirname, "../../docs/PASSWORDS.md"), "utf8");
const selectors = /```json\n([^`]*)```/.exec(page)?.[1] ?? "";

/** Of each selector, what its fields have to equal. */
const fields = (JSON.parse(selectors) as { FieldSelectors: { Field: string; Equals: string[] }[] }[]).map(
  ({ FieldSelectors }) => Object.fromEntries(FieldSelectors.map(({ Field, Equals }) => [Field, Equals])),
);

describe("the documented selectors of CloudTrail", () => {
  it("are a request that AWS takes", () => {
    const [, call = ""] = /^aws (cloudtrail put-event-selectors .*)$/m.exec(page) ?? [];
    const words = call.split(" ").map((word) => (word === "file://selectors.json" ? selectors : word));
    expect(requestProblems(requestOf(words))).to.deep.equal([]);
  });

  it("select the writes to the table as it is called, and keep management events", () => {
    const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
    const { identityProviderTable } = gatewayArns(scope, gatewayNames("sftp-gateway-prod", scope.account));
    expect(fields).to.deep.equal([
      {
        eventCategory: ["Data"],
        "resources.type": ["AWS::DynamoDB::Table"],
        "resources.ARN": [identityProviderTable],
        readOnly: ["false"],
      },
      { eventCategory: ["Management"] },
    ]);
  });
});
