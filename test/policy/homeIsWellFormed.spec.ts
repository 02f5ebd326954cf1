import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-home-is-well-formed";

function mapped(entry: string, target: string) {
  const homeDirectoryMappings = [
    { entry: "/own", target: "/partner-drop/wayne" },
    { entry, target },
  ];
  return changed(exampleStack(), "wayne", { homeDirectoryMappings });
}

const wrongEntry =
  `${policy}: The entry of home directory mapping 1 of User "wayne" is no whole path. ` +
  "Write `/`, or `/FOLDER` as the client is to see it.";
const wrongTarget =
  `${policy}: The target of home directory mapping 1 of User "wayne" is no whole path. ` +
  "Write `/BUCKET/FOLDER`, with the first slash and without a last one.";

describe("the policy that a home is well formed", () => {
  it("finds an entry that is no whole path", async () => {
    for (const entry of ["in", "/in/", "//in", "/in/../out", "/.", ""]) {
      expect(await findings(mapped(entry, "/partner-drop/wayne/in")), entry).to.deep.equal([wrongEntry]);
    }
  });

  it("finds a target that is no whole path", async () => {
    for (const target of ["partner-drop/wayne/in", "/partner-drop/wayne/", "/partner-drop//wayne"]) {
      expect(await findings(mapped("/in", target)), target).to.deep.equal([wrongTarget]);
    }
    for (const target of ["/", "", "/partner-drop/wayne/../bruce", "/partner-drop/./wayne"]) {
      expect(await findings(mapped("/in", target)), target).to.include(wrongTarget);
    }
  });

  it("accepts the root, and names with dots and blanks", async () => {
    for (const entry of ["/", "/.in", "/In/From us..", "/v1.2"]) {
      expect(await findings(mapped(entry, "/partner-drop/wayne/..in")), entry).to.deep.equal([]);
    }
  });

  it("says at a preview that a mapping which is not known yet is not checked, and checks the others", async () => {
    const expected = notChecked("homeDirectoryMappings", 'User "wayne"', policy);
    expect(await findings(mapped(unknownValue, "/partner-drop/wayne"))).to.deep.equal([expected]);
    const homeDirectoryMappings = [
      { entry: unknownValue, target: "/partner-drop/wayne" },
      { entry: "in", target: "/partner-drop/wayne" },
    ];
    const stack = changed(exampleStack(), "wayne", { homeDirectoryMappings });
    expect(await findings(stack)).to.deep.equal([wrongEntry, expected]);
  });
});
