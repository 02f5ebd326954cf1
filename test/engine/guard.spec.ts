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

  for (const { what, file, from, to, refused } of edits) {
    it(`fails synth and the first preview: ${what}`, async () => {
      project.patch(file, from, to);
      const synth = project.type("npm run -s synth -- --stack dev");
      expect(synth.code).to.equal(1);
      expect(synth.output).to.match(refused);
      const run = await dev.preview();
      expect(run.code).not.to.equal(0);
      expect(run.output).to.match(refused);
      expect(project.service.inventory()).to.deep.equal([]);
    });
  }
});
