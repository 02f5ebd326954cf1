import { expect } from "chai";
import { accessNames } from "../../tenancy/access";
import { tenantPrefix } from "../../access/grant";
import program from "../../index";
import { gatewayNames } from "../../names";
import type { ResourceType } from "../../policy/resourceTypes";
import { policies } from "../../policy/rules";
import { syntheticAccount } from "../../synth/computed";
import type { Deployment } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import { gatewayStack, projectDirectory } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { unknownValue, type ExampleResource, type Properties } from "./exampleStack";
import { findings, notChecked } from "./findings";
import { afterUpdate, atFirstPreview } from "./seenByThePack";

describe("this project's own stacks", () => {
  for (const [stack, protect] of [["dev", false] as const, ["prod", true] as const]) {
    it(`hold to every policy: ${stack}`, async () => {
      const overrides = { "sftp-gateway:today": "2026-06-01" };
      const deployment = await synthesised({ directory: projectDirectory, stack, overrides, program });
      expect(await findings(afterUpdate(deployment), { protect })).to.deep.equal([]);
    });
  }

  it("hold to every policy without any tenant, and with every shape of access", async () => {
    const shapes = accessNames.flatMap((access) => [
      tenant(`home-${access}`, { access, spaces: [{ name: "exchange", access }] }),
      tenant(`folders-${access}`, { folders: [{ name: "inbox", access }] }),
    ]);
    for (const tenants of [[], shapes]) {
      expect(await findings(afterUpdate(await gatewayStack({ tenants })))).to.deep.equal([]);
    }
  });

  it("hold to every policy under a key of their own", async () => {
    expect(await findings(afterUpdate(await gatewayStack({ encryption: "kms" })))).to.deep.equal([]);
  });

  it("leave nothing unchecked at a preview but the access roles' trust, which names the server's id", async () => {
    expect(await findings(atFirstPreview(await gatewayStack()))).to.deep.equal(
      [...accessNames]
        .sort()
        .map((profile) =>
          notChecked("assumeRolePolicy", `Role "gw-${profile}"`, "transfer-role-trust-names-its-source"),
        ),
    );
  });
});

/** A resource of the project's stack, and how it is broken. */
interface Breaking {
  readonly type: ResourceType;
  readonly name: string;
  readonly broken: (resource: ExampleResource) => ExampleResource;
}

/** @param change Properties that are replaced, made from what they are; undefined takes a property away. */
function breaking<Type extends ResourceType>(
  type: Type,
  name: string,
  change: (props: Properties<Type>) => Partial<Properties<Type>>,
): Breaking {
  const broken = (resource: ExampleResource) => {
    const props = resource.props as Properties<Type>;
    return { ...resource, props: Object.assign({}, props, change(props)) };
  };
  return { type, name, broken };
}

const { bucket } = gatewayNames("project-test", syntheticAccount);

const forEverybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };

/** One way to break the project's stack for each policy. */
const breakings: Record<string, Breaking> = {
  "transfer-user-has-session-policy": breaking("aws:transfer/user:User", "gw-acme", () => ({ policy: undefined })),
  "transfer-session-policy-is-confined": breaking("aws:transfer/user:User", "gw-acme", ({ policy }) => ({
    policy: replaced(policy, `${tenantPrefix("acme")}*`, `${tenantPrefix("acme").slice(0, -1)}*`),
  })),
  "transfer-home-within-session-policy": breaking(
    "aws:transfer/user:User",
    "gw-acme",
    ({ homeDirectoryMappings = [] }) => ({
      homeDirectoryMappings: [...homeDirectoryMappings, { entry: "/more", target: homeOf("acme-corp") }],
    }),
  ),
  "transfer-home-is-logical": breaking("aws:transfer/user:User", "gw-acme", () => ({
    homeDirectoryType: "PATH",
    homeDirectory: homeOf("acme"),
  })),
  "transfer-home-is-well-formed": breaking("aws:transfer/user:User", "gw-acme", ({ homeDirectoryMappings = [] }) => ({
    homeDirectoryMappings: homeDirectoryMappings.map(({ entry, target }) => ({ entry, target: target.slice(1) })),
  })),
  "transfer-posix-profile-is-for-efs": breaking("aws:transfer/user:User", "gw-acme", () => ({
    posixProfile: { uid: 1000, gid: 1000 },
  })),
  "transfer-server-has-current-security-policy": breaking("aws:transfer/server:Server", "gw", () => ({
    securityPolicyName: "TransferSecurityPolicy-2018-11",
  })),
  "transfer-server-has-no-ftp": breaking("aws:transfer/server:Server", "gw", () => ({ protocols: ["SFTP", "FTP"] })),
  "transfer-server-logs": breaking("aws:transfer/server:Server", "gw", () => ({
    structuredLogDestinations: [],
    loggingRole: "",
  })),
  "ssh-port-names-who-gets-there": breaking(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "gw-203.0.113.0/24",
    () => ({ cidrIpv4: "0.0.0.0/0" }),
  ),
  "transfer-role-trust-names-its-source": breaking("aws:iam/role:Role", "gw-read-write", ({ assumeRolePolicy }) => ({
    assumeRolePolicy: replaced(assumeRolePolicy, "aws:SourceAccount", "aws:RequestedRegion"),
  })),
  "transfer-role-has-no-wildcards": breaking("aws:iam/rolePolicy:RolePolicy", "gw-read-write", ({ policy }) => ({
    policy: replaced(policy, "s3:GetObject", "s3:*"),
  })),
  "landing-bucket-requires-tls": breaking("aws:s3/bucketPolicy:BucketPolicy", "gw", ({ policy }) => ({
    policy: replaced(policy, "s3:*", "s3:GetObject"),
  })),
  "landing-bucket-policy-names-who-may": breaking("aws:s3/bucketPolicy:BucketPolicy", "gw", ({ policy }) => ({
    policy: replaced(policy, '"Statement":[', `"Statement":[${JSON.stringify(forEverybody)},`),
  })),
  "landing-bucket-blocks-public-access": breaking(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "gw",
    () => ({
      ignorePublicAcls: false,
    }),
  ),
  "landing-bucket-keeps-versions": breaking("aws:s3/bucketVersioning:BucketVersioning", "gw", () => ({
    versioningConfiguration: { status: "Suspended" },
  })),
  "landing-bucket-is-encrypted": breaking(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "gw",
    () => ({ rules: [] }),
  ),
  "landing-bucket-owns-its-objects": breaking("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "gw", () => ({
    rule: undefined,
  })),
  "notifications-and-keys-are-not-public": breaking("aws:sns/topicPolicy:TopicPolicy", "gw-alarms", ({ policy }) => ({
    policy: replaced(policy, "Deny", "Allow"),
  })),
  "encryption-key-rotates": breaking("aws:kms/key:Key", "gw", () => ({ enableKeyRotation: false })),
  "notification-subscription-uses-tls": breaking("aws:sns/topicSubscription:TopicSubscription", "gw-on-upload", () => ({
    protocol: "http",
  })),
  // The permission of the rule for uploads cut short, as if Transfer had it.
  "transfer-invocation-names-its-server": breaking("aws:lambda/permission:Permission", "gw-partial-uploads", () => ({
    principal: "transfer.amazonaws.com",
  })),
  "transfer-gateway-is-protected": {
    type: "aws:s3/bucket:Bucket",
    name: "gw",
    broken: (resource) => ({ ...resource, protect: false }),
  },
  "transfer-not-checked-until-update": breaking("aws:s3/bucketPolicy:BucketPolicy", "gw", () => ({
    policy: unknownValue,
  })),
};

function replaced(document: unknown, text: string, by: string): string {
  return String(document).replaceAll(text, by);
}

function homeOf(name: string): string {
  return `/${bucket}/${tenantPrefix(name).slice(0, -1)}`;
}

describe("the project's stack, broken", () => {
  let deployment: Deployment;
  before(async () => {
    const tenants = [tenant("acme"), tenant("acme-corp")];
    deployment = await gatewayStack({
      encryption: "kms",
      tenants,
      endpoint: "vpc",
      allowedCidrs: ["203.0.113.0/24"],
    });
  });

  for (const [policy, { type, name, broken }] of Object.entries(breakings)) {
    it(`fails ${policy} and no other policy`, async () => {
      const stack = Object.entries(afterUpdate(deployment));
      const changes = stack.filter(([, resource]) => resource.type === type && resource.name === name);
      expect(changes, `${type} ${name}`).to.have.length(1);
      const changed = changes.map(([urn, resource]) => [urn, broken(resource)] as const);
      const failed = await findings(Object.fromEntries([...stack, ...changed]));
      expect([...new Set(failed.map((line) => line.split(":", 1).join()))]).to.deep.equal([policy]);
    });
  }

  it("is broken for every policy of the pack", () => {
    expect(Object.keys(breakings).sort()).to.deep.equal(
      policies(() => true)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
