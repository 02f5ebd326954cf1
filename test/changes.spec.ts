import { expect } from "chai";
import { ProjectCopy, type Replacement } from "./fixtures/projectCopy";
import { TypeCheck } from "./fixtures/typeCheck";

/** Changes that people make to this project, each as the texts that they replace. */
const changes: Readonly<Record<string, readonly Replacement[]>> = {
  "one action more for readers": [
    {
      file: "access/actions.ts",
      from: 'const readOnly: ObjectActions[] = [{ actions: ["s3:GetObject"]',
      to: 'const readOnly: ObjectActions[] = [{ actions: ["s3:GetObject", "s3:GetObjectAttributes"]',
    },
    {
      file: "access/actions.ts",
      from: 'const readWrite: ObjectActions[] = [{ actions: ["s3:GetObject"',
      to: 'const readWrite: ObjectActions[] = [{ actions: ["s3:GetObject", "s3:GetObjectAttributes"',
    },
  ],
  "another bucket prefix": [{ file: "access/grant.ts", from: 'tenants: "tenants/"', to: 'tenants: "partners/"' }],
  "one setting more": [
    {
      file: "Pulumi.yaml",
      from: "  sftp-gateway:today:\n",
      to: "  sftp-gateway:motto:\n    type: string\n    default: none\n    description: For a test\n  sftp-gateway:today:\n",
    },
    {
      file: "settings.ts",
      from: '    failedLoginThreshold: config.requireNumber("failedLoginThreshold", { min: 1 }),\n',
      to:
        '    failedLoginThreshold: config.requireNumber("failedLoginThreshold", { min: 1 }),\n' +
        '    motto: config.require("motto"),\n',
    },
  ],
};

/** The specs of documents, prefixes and whole resources, and of the committed texts. */
const specs = [
  "test/access/documents.spec.ts",
  "test/access/isolationMutations.spec.ts",
  "test/access/report.spec.ts",
  "test/plan.spec.ts",
  "test/components/accessRoles.spec.ts",
  "test/components/storage.spec.ts",
  "test/components/users.spec.ts",
  "test/golden/golden.spec.ts",
  "test/synth/configuration.spec.ts",
  "test/uploads/owner.spec.ts",
];

/** What mocha's reporter says as JSON. */
interface Outcome {
  readonly passes: readonly object[];
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message: string } }[];
}

describe("a change of one thing", function () {
  this.timeout(300_000);
  let copy: ProjectCopy;
  let types: TypeCheck;
  const apply = (replacements: readonly Replacement[]) => replacements.forEach((one) => copy.replace(one));

  before(() => {
    copy = new ProjectCopy();
    types = new TypeCheck(copy.directory);
    expect(types.errors()).to.deep.equal([]);
  });
  after(() => copy.remove());

  for (const [change, replacements] of Object.entries(changes)) {
    const files = [...new Set(replacements.map(({ file }) => file))];

    it(`touches one or two source files and compiles: ${change}`, () => {
      expect(files.filter((file) => !file.startsWith("test/"))).to.have.length.within(1, 2);
      apply(replacements);
      expect(types.errors()).to.deep.equal([]);
      apply(replacements.map(({ file, from, to }) => ({ file, from: to, to: from })).reverse());
    });
  }

  it("fails no test once the committed texts are written anew, all of the changes together", () => {
    Object.values(changes).forEach(apply);
    const written = copy.node("test/golden/write.ts");
    expect(written.status, written.stderr).to.equal(0);
    const tested = copy.node("node_modules/mocha/bin/mocha.js", "--no-parallel", "--reporter", "json", ...specs);
    const { passes, failures } = JSON.parse(tested.stdout) as Outcome;
    expect(failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`)).to.deep.equal([]);
    expect(passes.length).to.be.above(100);
  });
});
