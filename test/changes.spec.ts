import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { ProjectCopy, type Replacement } from "./fixtures/projectCopy";

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
      file: "settings/table.ts",
      from: "  today: {\n",
      to: '  motto: { type: "text", default: "none", description: "For a test" },\n  today: {\n',
    },
  ],
};

/**
 * The specs of documents, prefixes and whole resources. That of the committed texts would only make once more what has just
 * been written.
 */
const specs = [
  "test/access/proof.spec.ts",
  "test/tenancy/jsonSchema.spec.ts",
  "test/tenancy/wrongFiles.spec.ts",
  "test/access/documents.spec.ts",
  "test/access/isolationMutations.spec.ts",
  "test/access/report.spec.ts",
  "test/plan.spec.ts",
  "test/components/accessRoles.spec.ts",
  "test/components/storage.spec.ts",
  "test/components/users.spec.ts",
  "test/settings/table.spec.ts",
  "test/synth/configuration.spec.ts",
  "test/uploads/owner.spec.ts",
];

/** What the compiler noted of the last copy, by the text of each file: it checks anew what has changed since, and what depends on it. */
const checkedBefore = resolve(__dirname, "../.cache/changes.tsbuildinfo");

const compiler = "node_modules/@typescript/native/bin/tsc";

/** What mocha's reporter says as JSON. */
interface Outcome {
  readonly passes: readonly object[];
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message: string } }[];
}

describe("a change of one thing", function () {
  this.timeout(300_000);
  let copy: ProjectCopy;

  before(() => (copy = new ProjectCopy()));
  after(() => copy.remove());

  for (const [change, replacements] of Object.entries(changes)) {
    it(`touches one or two source files: ${change}`, () => {
      const files = new Set(replacements.map(({ file }) => file).filter((file) => !file.startsWith("test/")));
      expect(files.size).to.be.within(1, 2);
      replacements.forEach((one) => copy.replace(one));
    });
  }

  it("compiles, and fails no test once the committed texts are written anew, all of the changes together", () => {
    const checked = join(copy.directory, ".cache", "types.tsbuildinfo");
    mkdirSync(join(copy.directory, ".cache"));
    if (existsSync(checkedBefore)) {
      cpSync(checkedBefore, checked);
    }
    const typeCheck = [compiler, "--noEmit", "--singleThreaded", "--incremental", "--tsBuildInfoFile", checked];
    for (const step of [typeCheck, ["cli/schema.ts"], ["test/golden/write.ts"]]) {
      const ended = copy.node(...step);
      expect(ended.status, `${ended.stdout}${ended.stderr}`).to.equal(0);
    }
    cpSync(checked, checkedBefore);
    const tested = copy.node("node_modules/mocha/bin/mocha.js", "--no-parallel", "--reporter", "json", ...specs);
    const { passes, failures } = JSON.parse(tested.stdout) as Outcome;
    expect(failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`)).to.deep.equal([]);
    expect(passes.length).to.be.above(100);
  });
});
