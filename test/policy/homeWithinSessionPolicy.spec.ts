import { expect } from "chai";
import { exampleSessionPolicy, exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-home-within-session-policy";

const bothFolders = [
  { entry: "/own", target: "/partner-drop/wayne" },
  { entry: "/team", target: "/partner-drop/team" },
];

describe("the policy that a home lies within the session policy", () => {
  it("finds a mapping to a folder in which nothing is allowed, by its position", async () => {
    const stack = changed(exampleStack(), "wayne", { homeDirectoryMappings: bothFolders });
    expect(await findings(stack)).to.deep.equal([
      `${policy}: Home directory mapping 1 of User "wayne" leads to a folder in which the session policy allows nothing. ` +
        "Allow the folder in `policy`, or let the home lead to a folder that it allows.",
    ]);
  });

  it("finds nothing when the folder can be listed, or read, or written", async () => {
    const { Statement, ...document } = exampleSessionPolicy("wayne");
    const drop = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::partner-drop/team/*" };
    const stack = changed(exampleStack(), "wayne", {
      homeDirectoryMappings: bothFolders,
      policy: JSON.stringify({ ...document, Statement: [...Statement, drop] }),
    });
    expect(await findings(stack)).to.deep.equal([]);
  });

  it("takes an Allow under conditions for one: they may hold", async () => {
    const { Statement, ...document } = exampleSessionPolicy("wayne");
    const Condition = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    const fromOffice = Statement.map((statement) => ({
      ...statement,
      Condition: { ...(statement.Condition as object | undefined), ...Condition },
    }));
    const stack = changed(exampleStack(), "wayne", { policy: JSON.stringify({ ...document, Statement: fromOffice }) });
    expect(await findings(stack)).to.deep.equal([]);
  });

  /** Conditions of a Deny of everything that does not bite for the user's own requests, or of which nobody knows. */
  const good: readonly (readonly [operator: string, key: string, value: string])[] = [
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24"],
    ["StringNotEquals", "aws:ResourceAccount", "111122223333"],
    ["StringNotEquals", "aws:PrincipalAccount", "111122223333"],
    ["ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/partners"],
    ["StringNotLike", "aws:userid", "*:wayne.*"],
    ["StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1"],
    ["Bool", "aws:SecureTransport", "false"],
    // Of these the pack knows nothing; a Deny only takes away.
    ["NotIpAddress", "aws:SourceIp", "2001:db8::/32"],
    ["DateGreaterThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"],
    ["StringNotEquals", "s3:ExistingObjectTag/GuardDutyMalwareScanStatus", "NO_THREATS_FOUND"],
  ];
  for (const [operator, key, value] of good) {
    it(`does not mind a Deny with ${operator} ${key}`, async () => {
      const { Statement, ...document } = exampleSessionPolicy("wayne");
      const deny = { Effect: "Deny", Action: "*", Resource: "*", Condition: { [operator]: { [key]: value } } };
      const text = JSON.stringify({ ...document, Statement: [...Statement, deny] });
      expect(await findings(changed(exampleStack(), "wayne", { policy: text }))).to.deep.equal([]);
    });
  }

  it("minds a Deny that bites whatever else is known", async () => {
    const { Statement, ...document } = exampleSessionPolicy("wayne");
    const deny = { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } };
    const text = JSON.stringify({ ...document, Statement: [...Statement, deny] });
    expect(await findings(changed(exampleStack(), "wayne", { policy: text }))).to.have.lengthOf(1);
  });

  it("checks in the partition that the document speaks of", async () => {
    const text = JSON.stringify(exampleSessionPolicy("wayne")).replaceAll("arn:aws:", "arn:aws-cn:");
    expect(await findings(changed(exampleStack(), "wayne", { policy: text }))).to.deep.equal([]);
  });

  it("says at a preview that a home whose type is not known yet is not checked", async () => {
    expect(await findings(changed(exampleStack(), "wayne", { homeDirectoryType: unknownValue }))).to.deep.equal([
      notChecked(
        "homeDirectoryType",
        'User "wayne"',
        "transfer-session-policy-is-confined",
        policy,
        "transfer-home-is-logical",
      ),
    ]);
  });
});
