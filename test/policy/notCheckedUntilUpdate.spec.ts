import { expect } from "chai";
import { policies } from "../../policy/rules";
import { exampleStack, resource, unknownValue, type ExampleStack } from "./exampleStack";
import { changed, findings } from "./findings";

/** The stack with every value of every resource unknown, or every value one level below. */
function veiled(stack: ExampleStack, veil: (value: unknown) => unknown): ExampleStack {
  return Object.fromEntries(
    Object.entries(stack).map(([name, resource]) => [
      name,
      {
        ...resource,
        props: Object.fromEntries(Object.entries(resource.props).map(([key, value]) => [key, veil(value)])),
      },
    ]),
  );
}

/** The example with something of each further type that a rule reads. */
function everyType(): ExampleStack {
  const policy = JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } });
  const policyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
  return {
    ...exampleStack(),
    all: resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
      roleName: "partners",
      policyArns,
    }),
    account: resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { accountId: "111122223333" }),
    topic: resource("aws:sns/topic:Topic", { policy }),
    partner: resource("aws:sns/topicSubscription:TopicSubscription", { protocol: "https" }),
    onFiles: resource("aws:transfer/user:User", { posixProfile: { uid: 1, gid: 1 }, serverId: "s-0123" }),
  };
}

describe("what a preview cannot check", () => {
  it("is one remark for each value, and never silences what can be checked", async () => {
    const stack = changed(changed(exampleStack(), "wayne", { policy: unknownValue }), "door", { protocols: ["FTP"] });
    const bruce = resource("aws:transfer/user:User", { homeDirectoryType: "LOGICAL" });
    const found = await findings({ ...stack, bruce });
    expect(found.map((line) => line.split(":", 1).join())).to.deep.equal([
      "transfer-user-has-session-policy",
      "transfer-server-has-no-ftp",
      "transfer-not-checked-until-update",
    ]);
  });

  it("advises and never stops an update, while the policies that check stop it", () => {
    const levels = policies(() => true)
      .filter(({ enforcementLevel }) => enforcementLevel !== "mandatory")
      .map(({ name, enforcementLevel }) => [name, enforcementLevel]);
    expect(levels).to.deep.equal([
      ["ssh-port-names-who-gets-there", "advisory"],
      ["landing-bucket-owns-its-objects", "advisory"],
      ["transfer-not-checked-until-update", "advisory"],
    ]);
  });

  it("never makes a policy fail, wherever the unknown values are", async () => {
    const nested = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(() => unknownValue) : typeof value === "object" ? {} : value;
    for (const veil of [() => unknownValue, nested, () => null, () => [null], () => 7, () => ({}), () => "{}"]) {
      await findings(veiled(everyType(), veil));
    }
  });

  it("speaks of policies whose names are unique and whose descriptions are sentences", () => {
    const all = policies(() => true);
    expect(new Set(all.map(({ name }) => name))).to.have.property("size", all.length);
    for (const { name, description } of all) {
      expect(name).to.match(/^[a-z]+(-[a-z0-9]+)+$/);
      expect(description).to.match(/^[A-Z].*\.$/s);
    }
  });
});
