import { expect } from "chai";
import { exampleStack } from "./exampleStack";
import { changed, findings } from "./findings";

const message =
  'transfer-home-is-logical: User "wayne" has a PATH home directory, which shows the bucket and the folders above its ' +
  "own. Set `homeDirectoryType` to LOGICAL and name its folders in `homeDirectoryMappings`.";

const pathHome = { homeDirectoryMappings: undefined, homeDirectory: "/partner-drop/wayne" };

describe("the policy that homes are logical", () => {
  it("finds a PATH home, said or by default", async () => {
    const said = changed(exampleStack(), "wayne", { ...pathHome, homeDirectoryType: "PATH" });
    const byDefault = changed(exampleStack(), "wayne", { ...pathHome, homeDirectoryType: undefined });
    expect(await findings(said)).to.deep.equal([message]);
    expect(await findings(byDefault)).to.deep.equal([message]);
  });
});
