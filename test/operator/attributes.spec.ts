import { expect } from "chai";
import { attributesOf, plainItem } from "../../operator/attributes";

describe("the attributes of an item", () => {
  it("come back as they went, without what is undefined", () => {
    const item = {
      tenant: "acme",
      scrypt: { N: 32768, salt: "c2FsdA==" },
      hashes: [{ by: "" }, { by: "ann", until: undefined }],
    };
    expect(attributesOf(item)).to.deep.equal({
      tenant: { S: "acme" },
      scrypt: { M: { N: { N: "32768" }, salt: { S: "c2FsdA==" } } },
      hashes: { L: [{ M: { by: { S: "" } } }, { M: { by: { S: "ann" } } }] },
    });
    expect(plainItem(attributesOf(item))).to.deep.equal(JSON.parse(JSON.stringify(item)));
  });

  it("stay as they are where no item of ours has their type, so that whoever reads them refuses", () => {
    expect(plainItem({ stopped: { BOOL: true } })).to.deep.equal({ stopped: { BOOL: true } });
  });
});
