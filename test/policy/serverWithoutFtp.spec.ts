import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, marked, notChecked } from "./findings";

const policy = "transfer-server-has-no-ftp";

function speaking(protocols: string[] | undefined) {
  return changed(exampleStack(), "door", { protocols });
}

describe("the policy that no server speaks plain FTP", () => {
  it("finds FTP among the protocols", async () => {
    const message = `${policy}: Server "door" speaks plain FTP. Take FTP out of \`protocols\`; SFTP and FTPS encrypt.`;
    expect(await findings(speaking(["SFTP", "FTP"]))).to.deep.equal([message]);
    expect(await findings(speaking(["FTP", unknownValue]))).to.deep.equal([message]);
  });

  it("accepts FTPS, and the default", async () => {
    expect(await findings(speaking(["SFTP", "FTPS"]))).to.deep.equal([]);
    expect(await findings(speaking(undefined))).to.deep.equal([]);
  });

  it("says at a preview that protocols which are not known yet are not checked", async () => {
    const expected = [notChecked("protocols", 'Server "door"', policy)];
    expect(await findings(speaking(unknownValue))).to.deep.equal(expected);
    expect(await findings(speaking(["SFTP", unknownValue]))).to.deep.equal(expected);
  });

  it("knows the provider's default at a preview: a value that the program does not give is no gap", async () => {
    const stack = marked(speaking(undefined), "door", { computed: { protocols: unknownValue } });
    expect(await findings(stack)).to.deep.equal([]);
  });
});
