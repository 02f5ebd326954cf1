import { expect } from "chai";
import { rules } from "../../policy/rules";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

/** A fault that somebody writes into the program: in this file, this text becomes that one. */
interface Fault {
  readonly rule: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** What the policies on one resource find. Those on users each go wrong for a tenant of their own. */
const faultsOfResources: readonly Fault[] = [
  {
    rule: "transfer-user-has-session-policy",
    file: "components/users.ts",
    from: "policy: plan.sessionPolicy,",
    to: 'policy: userName === "without-policy" ? undefined : plan.sessionPolicy,',
  },
  {
    rule: "transfer-session-policy-is-confined",
    file: "components/users.ts",
    from: ": plan.sessionPolicy,",
    to: ': plan.sessionPolicy.replaceAll("tenants/too-wide/", "tenants/"),',
  },
  {
    rule: "transfer-home-within-session-policy",
    file: "components/users.ts",
    from: "({ ...mapping })",
    to: '({ ...mapping, target: mapping.target.replace("tenants/elsewhere", "tenants/nowhere") })',
  },
  {
    rule: "transfer-home-is-logical",
    file: "components/users.ts",
    from: 'homeDirectoryType: "LOGICAL"',
    to: 'homeDirectoryType: userName === "by-path" ? "PATH" : "LOGICAL"',
  },
  {
    rule: "transfer-server-has-current-security-policy",
    file: "components/server.ts",
    from: "securityPolicyName: args.securityPolicy",
    to: 'securityPolicyName: "TransferSecurityPolicy-2018-11"',
  },
  {
    rule: "transfer-server-has-no-ftp",
    file: "components/server.ts",
    from: 'protocols: ["SFTP"]',
    to: 'protocols: ["SFTP", "FTP"]',
  },
  {
    rule: "transfer-server-logs",
    file: "components/server.ts",
    from: "structuredLogDestinations: [pulumi.interpolate`${args.logGroupArn}:*`],\n        ...(args.loggingRoleArn === undefined ? {} : { loggingRole: args.loggingRoleArn }),",
    to: "",
  },
  {
    rule: "transfer-role-trust-names-its-source",
    file: "components/accessRoles.ts",
    from: "policyText(accessRoleTrust(scope, id))",
    to: 'policyText(accessRoleTrust(scope, id)).replace("StringEquals", "StringNotEquals")',
  },
];

/** What the policies that relate resources find; they run only when no resource by itself is at fault. */
const faultsOfTheStack: readonly Fault[] = [
  {
    rule: "transfer-role-has-no-wildcards",
    file: "components/accessRoles.ts",
    from: "policyText(accessRolePolicy({ partition: scope.partition, bucket: bucketName }, profile))",
    to: 'policyText(accessRolePolicy({ partition: scope.partition, bucket: bucketName }, profile)).replace("s3:ListBucket", "s3:*")',
  },
  {
    rule: "landing-bucket-requires-tls",
    file: "components/storage.ts",
    from: "policyText(landingBucketPolicy({ partition: args.partition, bucket: args.bucketName }))",
    to: 'policyText(landingBucketPolicy({ partition: args.partition, bucket: args.bucketName })).replace("s3:*", "s3:GetObject")',
  },
  {
    rule: "landing-bucket-blocks-public-access",
    file: "components/storage.ts",
    from: "blockPublicPolicy: true",
    to: "blockPublicPolicy: false",
  },
  {
    rule: "landing-bucket-keeps-versions",
    file: "components/storage.ts",
    from: 'versioningConfiguration: { status: "Enabled" }',
    to: 'versioningConfiguration: { status: "Suspended" }',
  },
  {
    rule: "landing-bucket-is-encrypted",
    file: "components/storage.ts",
    from: '{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }',
    to: "{ bucketKeyEnabled: true }",
  },
  {
    rule: "landing-bucket-owns-its-objects",
    file: "components/storage.ts",
    from: "BucketOwnerEnforced",
    to: "ObjectWriter",
  },
  {
    rule: "transfer-gateway-is-protected",
    file: "components/server.ts",
    from: "{ protect: args.protect }",
    to: "{ protect: false }",
  },
];

const onUsers = ["without-policy", "too-wide", "elsewhere", "by-path"];

describe("the policy pack", () => {
  let project: Project;
  let prod: Stack;
  let first: Run;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile(onUsers.map((name) => tenantEntry(name))));
    prod = project.stack("prod");
    await prod.init();
    first = await prod.up("--policy-pack", "policy");
    restore = project.snapshot();
  });

  after(() => project.remove());

  it("passes the first deployment of the program", () => {
    expect(first.errors).to.deep.equal([]);
    expect(first.code, first.output).to.equal(0);
  });

  for (const [what, faults] of [
    ["resources", faultsOfResources] as const,
    ["the stack as a whole", faultsOfTheStack] as const,
  ]) {
    describe(`when the program is wrong about ${what}`, () => {
      let preview: Run;

      before(async () => {
        restore();
        for (const { file, from, to } of faults) {
          project.patch(file, from, to);
        }
        preview = await prod.preview("--policy-pack", "policy");
      });

      it("stops the update", () => {
        expect(preview.code).not.to.equal(0);
      });

      for (const { rule, file, to } of faults) {
        it(`names ${rule} when ${file} says ${to === "" ? "nothing of it" : to}`, () => {
          expect(preview.violations).to.include(rule);
        });
      }

      it("names nothing else", () => {
        expect([...new Set(preview.violations)].sort()).to.deep.equal(faults.map(({ rule }) => rule).sort());
      });
    });
  }

  it("is tried with a fault for each of its policies that can find one at a preview of what exists", () => {
    const names = rules(() => true).map(({ name }) => name);
    const tried = [...faultsOfResources, ...faultsOfTheStack].map(({ rule }) => rule);
    expect(names.filter((name) => !tried.includes(name))).to.deep.equal(["transfer-not-checked-until-update"]);
  });
});
