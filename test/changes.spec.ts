import type { SpawnSyncReturns } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
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

const kept = resolve(__dirname, "../.cache");
const packages = createHash("sha256")
  .update(readFileSync(resolve(__dirname, "../package-lock.json")))
  .digest("hex");

/** What the compiler noted of the last copy with these packages, by the text of each file. */
const checkedBefore = join(kept, `changes-${packages.slice(0, 16)}.tsbuildinfo`);

/** Checks the types of a copy: of what has changed since an earlier check, and what depends on it. */
function typeCheck(copy: ProjectCopy): SpawnSyncReturns<string> {
  const checked = join(copy.directory, "checked.tsbuildinfo");
  const earlier = [checkedBefore, join(kept, "types.tsbuildinfo")].find((file) => existsSync(file));
  if (earlier !== undefined) {
    copyFileSync(earlier, checked);
    // Older than every file, or the compiler would take those for unchanged without having read them.
    utimesSync(checked, 0, 0);
  }
  const compilerOptions = { incremental: true, tsBuildInfoFile: checked };
  const configuration = join(copy.directory, "tsconfig.checked.json");
  writeFileSync(configuration, JSON.stringify({ extends: "./tsconfig.json", compilerOptions }));
  // What it has to build is the note alone, and nothing where no text has changed.
  const ended = copy.node("node_modules/@typescript/native/bin/tsc", "--build", "--singleThreaded", configuration);
  if (ended.status === 0) {
    mkdirSync(kept, { recursive: true });
    copyFileSync(checked, checkedBefore);
  }
  return ended;
}

const runs = (script: string) => (copy: ProjectCopy) => copy.node(script);

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
    for (const step of [typeCheck, runs("cli/schema.ts"), runs("test/golden/write.ts")]) {
      const ended = step(copy);
      expect(ended.status, `${ended.stdout}${ended.stderr}`).to.equal(0);
    }
    const tested = copy.node("node_modules/mocha/bin/mocha.js", "--no-parallel", "--reporter", "json", ...specs);
    const { passes, failures } = JSON.parse(tested.stdout) as Outcome;
    expect(failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`)).to.deep.equal([]);
    expect(passes.length).to.be.above(100);
  });
});
