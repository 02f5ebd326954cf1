import { expect } from "chai";
import { aboutObject, aboutOwned, ownerIn } from "../../../local/delivery/about";
import { functionLogEvent } from "../../../local/function/functionLog";

describe("what a delivery is about", () => {
  for (const [path, owner] of [
    ["/bucket/tenants/acme/in/a.csv", "tenant:acme"],
    ["/bucket/tenants/acme/shared/catalogue/a.csv", "tenant:acme"],
    ["/bucket/tenants/acme/a of tenant:globex", "tenant:acme"],
    ["/bucket/shared/catalogue/a.csv", "space:catalogue"],
    ["/bucket/shared/catalogue/tenants/acme/a", "space:catalogue"],
    ["/tenants/acme/a.csv", undefined],
    ["/bucket/tenants/Acme/a.csv", undefined],
    ["/bucket/tenants/acme", undefined],
    ["/bucket/elsewhere/acme/a.csv", undefined],
  ] as const) {
    it(`is ${owner ?? "nobody's"} by the key of ${path}`, () => {
      expect(aboutObject(path)).to.deep.equal(owner === undefined ? { what: path } : { what: path, owner });
    });
  }

  it("is the owner's that a message names, where that is one", () => {
    expect(aboutOwned("a.csv", "space:catalogue")).to.deep.equal({ what: "a.csv", owner: "space:catalogue" });
    for (const owner of ["acme", "tenant:", "tenant:a b", "nobody:acme", 3, null, undefined]) {
      expect(aboutOwned("a.csv", owner)).to.deep.equal({ what: "a.csv" });
    }
    expect(ownerIn("tenant:acme\n")).to.equal(undefined);
  });

  for (const [what, line, owner] of [
    ["an owner", { message: "announced", owner: "tenant:acme" }, "tenant:acme"],
    ["a key", { message: "ignored", key: "shared/catalogue/a/" }, "space:catalogue"],
    ["neither", { message: "tenant:acme is here" }, undefined],
    ["what is no object", "owner: tenant:acme", undefined],
  ] as const) {
    it(`is, for a line of a function that names ${what}, ${owner ?? "nobody's"}`, () => {
      const event = functionLogEvent("f", typeof line === "string" ? line : JSON.stringify(line));
      expect("owner" in event ? event.owner : undefined).to.equal(owner);
    });
  }
});
