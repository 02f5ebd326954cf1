import { expect } from "chai";
import { exampleStack } from "./exampleStack";
import { findings, marked } from "./findings";

const policy = "transfer-gateway-is-protected";

function message(label: string): string {
  return (
    `${policy}: ${label} can be deleted by any update, although the stack says protect. ` +
    "Set the resource option `protect: true`."
  );
}

function unprotected(...names: ("door" | "drop")[]) {
  return names.reduce((stack, name) => marked(stack, name, { protect: false }), exampleStack());
}

describe("the policy that a gateway is protected where the stack says so", () => {
  it("finds an unprotected server, and an unprotected landing bucket", async () => {
    expect(await findings(unprotected("door"))).to.deep.equal([message('Server "door"')]);
    expect(await findings(unprotected("drop"))).to.deep.equal([message('Bucket "drop"')]);
  });

  it("demands nothing where the stack does not say so", async () => {
    expect(await findings(unprotected("door", "drop"), { protect: false })).to.deep.equal([]);
  });

  it("lets the pack's configuration decide, whatever the stack says", async () => {
    const config = (protect: boolean) => ({ [policy]: { protect } });
    expect(await findings(unprotected("door"), { config: config(false), protect: true })).to.deep.equal([]);
    expect(await findings(unprotected("door"), { config: config(true), protect: false })).to.deep.equal([
      message('Server "door"'),
    ]);
  });
});
