import { expect } from "chai";
import { policies } from "../../policy/rules";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

/** A fault that a stack transformation brings in: it runs after the gateway's guard, so the pack alone stands against it. */
interface Fault {
  readonly rule: string;
  /** The type of the resource that goes wrong. */
  readonly type: string;
  /** What the transformation does with its `props`, and its `opts`. */
  readonly change: string;
}

/** What the policies on one resource find. Those on users each go wrong for a tenant of their own. */
const faultsOfResources: readonly Fault[] = [
  {
    rule: "transfer-user-has-session-policy",
    type: "aws:transfer/user:User",
    change: 'if (props.userName === "without-policy") delete props.policy;',
  },
  {
    rule: "transfer-session-policy-is-confined",
    type: "aws:transfer/user:User",
    change: 'props.policy = props.policy?.replaceAll("tenants/too-wide/", "tenants/");',
  },
  {
    rule: "transfer-home-within-session-policy",
    type: "aws:transfer/user:User",
    change:
      "props.homeDirectoryMappings = props.homeDirectoryMappings.map((mapping) => " +
      '({ ...mapping, target: mapping.target.replace("tenants/elsewhere", "tenants/nowhere") }));',
  },
  {
    rule: "transfer-home-is-logical",
    type: "aws:transfer/user:User",
    change: 'if (props.userName === "by-path") props.homeDirectoryType = "PATH";',
  },
  {
    rule: "transfer-server-has-current-security-policy",
    type: "aws:transfer/server:Server",
    change: 'props.securityPolicyName = "TransferSecurityPolicy-2018-11";',
  },
  {
    rule: "transfer-server-has-no-ftp",
    type: "aws:transfer/server:Server",
    change: 'props.protocols = ["SFTP", "FTP"];',
  },
  {
    rule: "transfer-server-logs",
    type: "aws:transfer/server:Server",
    change: "delete props.structuredLogDestinations; delete props.loggingRole;",
  },
  {
    rule: "transfer-role-trust-names-its-source",
    type: "aws:iam/role:Role",
    change:
      "props.assumeRolePolicy = pulumi.output(props.assumeRolePolicy)" +
      '.apply((text) => text.replace("StringEquals", "StringNotEquals"));',
  },
  {
    rule: "transfer-home-is-well-formed",
    type: "aws:transfer/user:User",
    change:
      'if (props.userName === "twice-a-slash") props.homeDirectoryMappings = props.homeDirectoryMappings.map((mapping) => ' +
      '({ ...mapping, target: mapping.target.replace("/tenants", "//tenants") }));',
  },
  {
    rule: "notifications-and-keys-are-not-public",
    type: "aws:sqs/queuePolicy:QueuePolicy",
    change: "props.policy = pulumi.output(props.policy).apply((text) => text.replace('\"Deny\"', '\"Allow\"'));",
  },
  {
    rule: "encryption-key-rotates",
    type: "aws:kms/key:Key",
    change: "props.enableKeyRotation = false;",
  },
  {
    rule: "notification-subscription-uses-tls",
    type: "aws:sns/topicSubscription:TopicSubscription",
    change: 'props.protocol = "http";',
  },
];

/** What the policies that relate resources find; they run only when no resource by itself is at fault. */
const faultsOfTheStack: readonly Fault[] = [
  {
    rule: "transfer-role-has-no-wildcards",
    type: "aws:iam/rolePolicy:RolePolicy",
    change: 'props.policy = props.policy.replace("s3:ListBucket", "s3:*");',
  },
  {
    rule: "landing-bucket-requires-tls",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    change: 'props.policy = props.policy.replace("s3:*", "s3:GetObject");',
  },
  {
    rule: "landing-bucket-policy-names-who-may",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    change:
      "const document = JSON.parse(props.policy); " +
      'document.Statement.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }); ' +
      "props.policy = JSON.stringify(document);",
  },
  {
    rule: "transfer-posix-profile-is-for-efs",
    type: "aws:transfer/user:User",
    change: 'if (props.userName === "with-posix") props.posixProfile = { uid: 1000, gid: 1000 };',
  },
  {
    rule: "landing-bucket-blocks-public-access",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    change: "props.blockPublicPolicy = false;",
  },
  {
    rule: "landing-bucket-keeps-versions",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    change: 'props.versioningConfiguration = { status: "Suspended" };',
  },
  {
    rule: "landing-bucket-is-encrypted",
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    change: "props.rules = [{ bucketKeyEnabled: true }];",
  },
  {
    rule: "landing-bucket-owns-its-objects",
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    change: 'props.rule = { objectOwnership: "ObjectWriter" };',
  },
  {
    rule: "transfer-gateway-is-protected",
    type: "aws:transfer/server:Server",
    change: "opts.protect = false;",
  },
];

/** The program with these faults. */
function programWith(faults: readonly Fault[]): string {
  const changes = faults.map(({ type, change }) => `if (type === ${JSON.stringify(type)}) { ${change} }`);
  return `import * as pulumi from "@pulumi/pulumi";
import program from "./program";

pulumi.runtime.registerStackTransformation(({ type, props: given, opts }) => {
  const props: any = { ...given };
  ${changes.join("\n  ")}
  return { props, opts };
});

export = program;
`;
}

const onUsers = ["without-policy", "too-wide", "elsewhere", "by-path", "twice-a-slash", "with-posix"];

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
        project.rename("index.ts", "program.ts");
        project.write("index.ts", programWith(faults));
        preview = await prod.preview("--policy-pack", "policy");
      });

      it("stops the update", () => {
        expect(preview.code).not.to.equal(0);
      });

      for (const { rule, type } of faults) {
        it(`names ${rule} for ${type}`, () => {
          expect(preview.violations).to.include(rule);
        });
      }

      it("names nothing else", () => {
        expect([...new Set(preview.violations)].sort()).to.deep.equal(faults.map(({ rule }) => rule).sort());
      });
    });
  }

  it("is tried with a fault for each of its policies that can find one at a preview of what exists", () => {
    const names = policies(() => true).map(({ name }) => name);
    const tried = [...faultsOfResources, ...faultsOfTheStack].map(({ rule }) => rule);
    // The rule on the SSH port advises, which stops nothing; the service knows the users: no function could go wrong.
    expect(names.filter((name) => !tried.includes(name))).to.deep.equal([
      "transfer-invocation-names-its-server",
      "ssh-port-names-who-gets-there",
      "transfer-not-checked-until-update",
    ]);
  });
});
