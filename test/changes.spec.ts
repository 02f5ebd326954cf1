import { expect } from "chai";
import { ProjectCopy, type Replacement } from "./fixtures/projectCopy";
import { TypeCheck } from "./fixtures/typeCheck";

/** Changes that people make to this project, each as the texts that they replace. */
const changes: Readonly<Record<string, readonly Replacement[]>> = {
  "one action more for readers": [
    {
      file: "access/actions.ts",
      from: "  read: [actionOfVerb.read],\n",
      to: '  read: [actionOfVerb.read, "s3:GetObjectAttributes"],\n',
    },
  ],
  "one access profile more": [
    {
      file: "tenancy/access.ts",
      from: '  "write-only": {',
      to: '  "write-delete": { verbs: ["list", "write", "delete"], mark: "WD" },\n  "write-only": {',
    },
  ],
  "a tag on every resource": [
    {
      file: "components/gateway.ts",
      from: "{ transformations: [guard.transformation] }",
      to: `{
        transformations: [
          ({ type, props, opts: own }) =>
            /:(Bucket|Role|Server|User|Topic|Queue|Function|LogGroup|MetricAlarm|Table|EventRule)$/.test(type)
              ? { props: { ...props, tags: { ...props["tags"], owner: "files" } }, opts: own }
              : undefined,
          guard.transformation,
        ],
      }`,
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
  "test/access/proof.spec.ts",
  "test/components/guard.spec.ts",
  "test/tenancy/jsonSchema.spec.ts",
  "test/tenancy/wrongFiles.spec.ts",
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
    for (const writer of ["cli/schema.ts", "test/golden/write.ts"]) {
      const written = copy.node(writer);
      expect(written.status, written.stderr).to.equal(0);
    }
    const tested = copy.node("node_modules/mocha/bin/mocha.js", "--no-parallel", "--reporter", "json", ...specs);
    const { passes, failures } = JSON.parse(tested.stdout) as Outcome;
    expect(failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`)).to.deep.equal([]);
    expect(passes.length).to.be.above(100);
  });
});
