import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";

/** Edits of what is deployed, each a line that a review could miss; what was planned and proven stays as it is. */
const edits = [
  {
    what: "session policies for everybody's files",
    file: "components/users.ts",
    from: "policy: plan.session,",
    to: 'policy: plan.session.replaceAll(`tenants/${plan.tenant}/`, "tenants/"),',
    refused: /the input "policy" of aws:transfer\/user:User "gateway-\w[\w-]*" is not what was proven/,
  },
  {
    what: "a trust in the users of any server",
    file: "components/accessRoles.ts",
    from: "trust: trustOf(plan)",
    to: 'trust: trustOf(plan).apply((text) => text.replace(/user\\/[^/]+/, "user/*"))',
    refused: /the input "assumeRolePolicy" of aws:iam\/role:Role "gateway-[\w-]+" is not what was proven/,
  },
  {
    what: "a bucket policy that lets everybody in",
    file: "components/storage.ts",
    from: "policy: plan.bucketPolicy",
    to: `policy: plan.bucketPolicy.replace('"Deny"', '"Allow"')`,
    refused: /the input "policy" of aws:s3\/bucketPolicy:BucketPolicy "gateway" is not what was proven/,
  },
];

/** The same in a stack whose logins a function decides; there the documents are in the function's package. */
const editsOfRecords = [
  {
    what: "records written with policies for everybody's files",
    file: "functions/identity-provider/recordFiles.ts",
    from: "password, allowedCidrs } = record;",
    to: "password, allowedCidrs } = { ...record, policy: record.policy.replaceAll(`tenants/${record.tenant}/`, `tenants/`) };",
    refused: /"policy" in the record of the login "[^"]+" is not what was proven/,
  },
  {
    what: "records of one tenant for another's login",
    file: "plan.ts",
    from: "recordFiles(loginRecords(ProvenAccess.planOf(access)))",
    to: "recordFiles(loginRecords(ProvenAccess.planOf(access)).map(({ userName }, i, all) => ({ ...all[0]!, userName })))",
    refused: /"tenant" in the record of the login "[^"]+" is not what was proven/,
  },
  {
    what: "a login more in a package of the component's own",
    file: "components/identityProvider.ts",
    from: "code: args.code,",
    to: 'code: new pulumi.asset.AssetArchive({ "records/00": new pulumi.asset.StringAsset("{}") }),',
    refused: /the input "code" of aws:lambda\/function:Function "gateway-identity-provider" is not what was proven/,
  },
  {
    what: "any server that may ask the function",
    file: "components/server.ts",
    from: "sourceArn: this.server.arn,",
    to: "",
    refused:
      /the input "sourceArn" of aws:lambda\/permission:Permission "gateway-identity-provider" is not what was proven/,
  },
];

describe("an edit of the components that opens what was not proven", () => {
  let project: Project;
  let dev: Stack;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    dev = project.stack("dev");
    await dev.init();
    restore = project.snapshot();
  });

  beforeEach(() => restore());
  after(() => project.remove());

  async function requireRefused({ file, from, to, refused }: (typeof edits)[number]): Promise<void> {
    project.patch(file, from, to);
    const synth = project.type("npm run -s synth -- --stack dev");
    expect(synth.code).to.equal(1);
    expect(synth.output).to.match(refused);
    const run = await dev.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(refused);
    expect(project.service.inventory()).to.deep.equal([]);
  }

  for (const edit of edits) {
    it(`fails synth and the first preview: ${edit.what}`, () => requireRefused(edit));
  }

  for (const edit of editsOfRecords) {
    it(`fails synth and the first preview where a function decides logins: ${edit.what}`, async () => {
      await dev.setConfig("sftp-gateway:identityProvider", "lambda");
      await requireRefused(edit);
    });
  }
});
