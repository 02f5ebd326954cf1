import { expect } from "chai";
import fc from "fast-check";
import { absolutePath, LogicalFolders } from "../../inventory/logicalFolders";

describe("a client's path", () => {
  const cases: [path: string, home: string, absolute: string][] = [
    ["", "/", "/"],
    [".", "/home", "/home"],
    ["a/../b", "/home", "/home/b"],
    ["..", "/home", "/"],
    ["../../../..", "/home", "/"],
    ["/a//b/./c/", "/", "/a/b/c"],
    ["/...", "/", "/..."],
    ["~", "/", "/~"],
  ];
  for (const [path, home, absolute] of cases) {
    it(`"${path}" seen from ${home} is ${absolute}`, () => {
      expect(absolutePath(path, home)).to.equal(absolute);
    });
  }

  it("is absolute and normal, whatever a client sends, and stays so", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("..", ".", "", "a", "b", "\u0000"), { maxLength: 12 }), (parts) => {
        const path = absolutePath(parts.join("/"), "/home");
        expect(path).to.match(/^\/([^/]+(\/[^/]+)*)?$/);
        expect(path.split("/")).not.to.include("..");
        expect(absolutePath(path, "/elsewhere")).to.equal(path);
      }),
    );
  });
});

describe("logical folders", () => {
  const folders = new LogicalFolders([
    { entry: "/home", bucket: "b", prefix: "tenants/acme/" },
    { entry: "/deep/er/prices", bucket: "b", prefix: "shared/prices/" },
  ]);

  it("lead to the bucket", () => {
    expect(folders.place("/home")).to.deep.equal({ kind: "mapped", bucket: "b", prefix: "tenants/acme/" });
    expect(folders.place("/home/a/b")).to.deep.equal({ kind: "below", bucket: "b", key: "tenants/acme/a/b" });
  });

  it("do not lead to what only begins like them", () => {
    expect(folders.place("/home-2/a")).to.deep.equal({ kind: "nowhere" });
    expect(folders.place("/hom")).to.deep.equal({ kind: "nowhere" });
  });

  it("are found through the folders above them", () => {
    expect(folders.place("/")).to.deep.equal({ kind: "virtual", names: ["deep", "home"] });
    expect(folders.place("/deep/er")).to.deep.equal({ kind: "virtual", names: ["prices"] });
  });

  it("may be all there is", () => {
    const root = new LogicalFolders([{ entry: "/", bucket: "b", prefix: "" }]);
    expect(root.place("/")).to.deep.equal({ kind: "mapped", bucket: "b", prefix: "" });
    expect(root.place("/a")).to.deep.equal({ kind: "below", bucket: "b", key: "a" });
  });
});
