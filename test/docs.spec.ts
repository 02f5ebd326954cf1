import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { allSettings } from "../settings/bounds";

const project = resolve(__dirname, "..");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...readdirSync(join(project, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const textOf = (page: string) => readFileSync(join(project, page), "utf8");

/** As GitHub makes it of a heading that holds letters, digits, blanks and punctuation. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/\s/g, "-");

const anchorsOf = (page: string) =>
  [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));

describe("the documentation", () => {
  for (const page of pages) {
    it(`${page} links to what exists`, () => {
      const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
      const broken = links
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const [path = "", anchor] = link.split("#");
          const target = path === "" ? page : join(dirname(page), path);
          return !existsSync(join(project, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
        });
      expect(broken).to.deep.equal([]);
    });
  }

  it("has every page of docs/ in its index", () => {
    const index = textOf("docs/README.md");
    const missing = readdirSync(join(project, "docs")).filter((name) => !index.includes(`(${name})`));
    expect(missing).to.deep.equal(["README.md"]);
  });

  it("sends changes to files that exist", () => {
    const table = /^\| change .*?(?=\n\n|\n?$(?![\s\S]))/ms.exec(textOf("docs/ARCHITECTURE.md"))?.[0] ?? "";
    const files = [...table.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
    expect(files).to.include.members(["tenancy/schema.ts", "access/grant.ts", "settings.ts"]);
    expect(files.filter((file) => !existsSync(join(project, file)))).to.deep.equal([]);
  });

  it("has recipes that send to files that exist", () => {
    const recipes = textOf("CONTRIBUTING.md").split("\n## Recipes\n")[1] ?? "";
    const files = [...recipes.matchAll(/`([\w./-]+\/[\w./-]*)`/g)].map(([, file = ""]) => file);
    expect(files).to.include("tenancy/schema.ts");
    expect(files.filter((file) => !file.includes("NAME") && !existsSync(join(project, file)))).to.deep.equal([]);
  });

  it("shows every setting in the README", () => {
    const readme = textOf("README.md");
    expect(Object.keys(allSettings).filter((name) => !readme.includes(name))).to.deep.equal([]);
  });

  it("installs the version of Pulumi that the workflows run", () => {
    const [, tested = ""] = /pulumi-version: (\S+)/.exec(textOf(".github/workflows/environment.yaml")) ?? [];
    expect(tested).to.match(/^\d+\.\d+\.\d+$/);
    for (const page of ["README.md", "docs/GITOPS.md"]) {
      const named = [...textOf(page).matchAll(/\bpulumi@([\d.]+\d)/g)].map(([, version]) => version);
      expect(new Set(named), page).to.deep.equal(new Set([tested]));
    }
  });

  it("keeps the README under 200 lines", () => {
    expect(textOf("README.md").split("\n").length).to.be.below(200);
  });
});
