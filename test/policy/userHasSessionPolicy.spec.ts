import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const message =
  'transfer-user-has-session-policy: User "wayne" has no session policy, so all that its role may do is open to it. ' +
  "Set `policy` to a document that allows its home folders and nothing else.";

describe("the policy that every user has a session policy", () => {
  it("finds nothing in a stack that is in order", async () => {
    expect(await findings(exampleStack())).to.deep.equal([]);
  });

  it("finds a user without one, or with an empty one", async () => {
    expect(await findings(changed(exampleStack(), "wayne", { policy: undefined }))).to.deep.equal([message]);
    expect(await findings(changed(exampleStack(), "wayne", { policy: "" }))).to.deep.equal([message]);
  });

  it("finds a directory group without one", async () => {
    const { role, homeDirectoryType, homeDirectoryMappings } = exampleStack().wayne.props;
    const group = { externalId: "S-1-1", role, homeDirectoryType, homeDirectoryMappings };
    const stack = { ...without(exampleStack(), "wayne"), wayne: resource("aws:transfer/access:Access", group) };
    expect(await findings(stack)).to.deep.equal([message.replace("User", "Access")]);
  });

  it("leaves users of an EFS server alone: session policies mean nothing there", async () => {
    const stack = changed(exampleStack(), "wayne", {
      policy: undefined,
      posixProfile: { uid: 1, gid: 1 },
      homeDirectoryMappings: [{ entry: "/", target: "/fs-0123456789abcdef0/wayne" }],
    });
    expect(await findings(stack)).to.deep.equal([]);
  });

  it("says at a preview that a document which is not known yet is not checked", async () => {
    expect(await findings(changed(exampleStack(), "wayne", { policy: unknownValue }))).to.deep.equal([
      notChecked(
        "policy",
        'User "wayne"',
        "transfer-user-has-session-policy",
        "transfer-session-policy-is-confined",
        "transfer-home-within-session-policy",
      ),
    ]);
  });
});
