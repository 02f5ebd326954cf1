import { expect } from "chai";
import program from "../../index";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { synthesise } from "../../synth/synthesise";
import { gatewayStack, projectDirectory } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { unknownValue, type ExampleResource, type ExampleStack } from "./exampleStack";
import { findings, notChecked } from "./findings";

/** A synthesised deployment as the pack sees it after an update. */
function deployed({ resources }: Deployment): ExampleStack {
  return Object.fromEntries(
    resources.map(({ urn, type, name, outputs, protect }) => [urn, { type, name, props: { ...outputs }, protect }]),
  );
}

/** The same as the pack sees it at the first preview: what AWS computes is unknown, and whatever is made of it. */
function previewed({ resources }: Deployment): ExampleStack {
  return Object.fromEntries(
    resources.map(({ urn, type, name, inputs, outputs, protect }) => {
      const from: Record<string, string[]> = {};
      const veil = (property: string, value: unknown): unknown => {
        if (Array.isArray(value)) {
          return value.map((item) => veil(property, item));
        }
        const sources = resources.filter((source) => source.urn !== urn && comesFrom(value, source));
        from[property] = [...(from[property] ?? []), ...sources.map((source) => source.urn)];
        return sources.length > 0 ? unknownValue : value;
      };
      const props = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, veil(key, value)]));
      const missing = Object.keys(outputs).filter((key) => inputs[key] === undefined);
      const computed = Object.fromEntries(missing.map((key) => [key, unknownValue]));
      return [urn, { type, name, props, computed, protect, from } satisfies ExampleResource];
    }),
  );
}

/** What a resource is known by that nobody knows before AWS has made it. */
const drawnByAws: Readonly<Record<string, (resource: DeployedResource) => unknown[]>> = {
  "aws:transfer/server:Server": ({ id, outputs }) => [id, outputs["arn"]],
  "aws:iam/role:Role": ({ id, outputs }) => [id, outputs["arn"]],
  "aws:cloudwatch/logGroup:LogGroup": ({ outputs }) => [outputs["arn"]],
};

function comesFrom(value: unknown, source: DeployedResource): boolean {
  if (source.type === "aws:s3/bucket:Bucket") {
    // The program writes the bucket's name into documents itself; what configures the bucket has its id.
    return value === source.id;
  }
  const drawn = drawnByAws[source.type]?.(source) ?? [];
  return typeof value === "string" && drawn.some((text) => typeof text === "string" && value.includes(text));
}

describe("this project's own stacks", () => {
  for (const [stack, protect] of [["dev", false] as const, ["prod", true] as const]) {
    it(`hold to every policy: ${stack}`, async () => {
      const overrides = { "sftp-gateway:today": "2026-06-01" };
      const deployment = await synthesise({ directory: projectDirectory, stack, overrides, program });
      expect(await findings(deployed(deployment), { protect })).to.deep.equal([]);
    });
  }

  it("hold to every policy without any tenant, and with every shape of access", async () => {
    const shapes = [
      tenant("reader", { access: "read-only" }),
      tenant("dropper", { access: "write-only", spaces: [{ name: "exchange", access: "write-only" }] }),
      tenant("folders", { folders: [{ name: "inbox", access: "write-only" }] }),
    ];
    for (const tenants of [[], shapes]) {
      expect(await findings(deployed(await gatewayStack({ tenants })))).to.deep.equal([]);
    }
  });

  it("leave nothing unchecked at a preview but the access roles' trust, which names the server's id", async () => {
    expect(await findings(previewed(await gatewayStack()))).to.deep.equal(
      ["read-only", "read-write", "write-only"].map((profile) =>
        notChecked("assumeRolePolicy", `Role "gw-${profile}"`, "transfer-role-trust-names-its-source"),
      ),
    );
  });
});

const bucketName = "project-test-123456789012";

type Props = Record<string, unknown>;

/** One way to break the project's stack for each policy: which resource, and how. */
const broken: Record<string, [type: string, name: string, breakIt: (resource: ExampleResource) => void]> = {
  "transfer-user-has-session-policy": ["User", "gw-acme", ({ props }) => delete props["policy"]],
  "transfer-session-policy-is-confined": ["User", "gw-acme", replaceIn("policy", "tenants/acme/*", "tenants/acme*")],
  "transfer-home-within-session-policy": ["User", "gw-acme", addMapping("/more", `/${bucketName}/tenants/acme-corp`)],
  "transfer-home-is-logical": [
    "User",
    "gw-acme",
    set({ homeDirectoryType: "PATH", homeDirectory: `/${bucketName}/tenants/acme` }),
  ],
  "transfer-server-has-current-security-policy": [
    "Server",
    "gw",
    set({ securityPolicyName: "TransferSecurityPolicy-2018-11" }),
  ],
  "transfer-server-has-no-ftp": ["Server", "gw", set({ protocols: ["SFTP", "FTP"] })],
  "transfer-server-logs": ["Server", "gw", set({ structuredLogDestinations: [], loggingRole: "" })],
  "transfer-role-trust-names-its-source": [
    "Role",
    "gw-read-write",
    replaceIn("assumeRolePolicy", "aws:SourceAccount", "aws:RequestedRegion"),
  ],
  "transfer-role-has-no-wildcards": ["RolePolicy", "gw-read-write", replaceIn("policy", "s3:GetObject", "s3:*")],
  "landing-bucket-requires-tls": ["BucketPolicy", "gw", replaceIn("policy", "Deny", "Allow")],
  "landing-bucket-blocks-public-access": ["BucketPublicAccessBlock", "gw", set({ ignorePublicAcls: false })],
  "landing-bucket-keeps-versions": [
    "BucketVersioning",
    "gw",
    set({ versioningConfiguration: { status: "Suspended" } }),
  ],
  "landing-bucket-is-encrypted": ["BucketServerSideEncryptionConfiguration", "gw", set({ rules: [] })],
  "landing-bucket-owns-its-objects": ["BucketOwnershipControls", "gw", set({ rule: {} })],
  "transfer-gateway-is-protected": ["Bucket", "gw", (resource) => (resource.protect = false)],
  "transfer-not-checked-until-update": ["BucketPolicy", "gw", set({ policy: unknownValue })],
};

function set(changes: Props) {
  return ({ props }: ExampleResource) => void Object.assign(props, changes);
}

function replaceIn(property: string, text: string, by: string) {
  return ({ props }: ExampleResource) => void (props[property] = String(props[property]).replaceAll(text, by));
}

function addMapping(entry: string, target: string) {
  return ({ props }: ExampleResource) => {
    props["homeDirectoryMappings"] = [...(props["homeDirectoryMappings"] as unknown[]), { entry, target }];
  };
}

describe("the project's stack, broken", () => {
  let deployment: Deployment;
  before(async () => (deployment = await gatewayStack({ tenants: [tenant("acme"), tenant("acme-corp")] })));

  for (const [policy, [type, name, breakIt]] of Object.entries(broken)) {
    it(`fails ${policy} and no other policy`, async () => {
      const stack = deployed(deployment);
      const resource = Object.values(stack).find((one) => one.type.endsWith(`:${type}`) && one.name === name);
      expect(resource, `${type} ${name}`).not.to.equal(undefined);
      breakIt(resource as ExampleResource);
      const failed = (await findings(stack)).map((line) => line.split(":", 1).join());
      expect([...new Set(failed)]).to.deep.equal([policy]);
    });
  }
});
