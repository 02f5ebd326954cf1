import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { tenant } from "../tenant";
import { documentIn, gatewayStack, only, path, untagged } from "./gatewayStack";

const bucket = "project-test-123456789012";

describe("the landing bucket", () => {
  it("bears the account in its name and is protected, never force-destroyed", async () => {
    const deployment = await gatewayStack();
    const resource = only(deployment, "Bucket");
    expect(untagged(resource)).to.deep.equal({ bucket, forceDestroy: false });
    expect(resource.protect).to.equal(true);
    expect(path(deployment, resource)).to.deep.equal(["SftpGateway gw", "LandingBucket gw", "Bucket gw"]);
  });

  it("gives up its files with its protection only where the stack says so", async () => {
    const resource = only(await gatewayStack({ protect: false }), "Bucket");
    expect(untagged(resource)).to.deep.equal({ bucket, forceDestroy: true });
    expect(resource.protect).to.equal(false);
  });

  it("blocks public access in all four ways", async () => {
    expect(only(await gatewayStack(), "BucketPublicAccessBlock").inputs).to.deep.equal({
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("owns every object, keeps versions and encrypts at rest", async () => {
    const deployment = await gatewayStack();
    expect(only(deployment, "BucketOwnershipControls").inputs).to.deep.equal({
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(only(deployment, "BucketVersioning").inputs).to.deep.equal({
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(only(deployment, "BucketServerSideEncryptionConfiguration").inputs).to.deep.equal({
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
  });

  it("refuses whoever comes without TLS, after public access is blocked", async () => {
    const deployment = await gatewayStack();
    const policy = only(deployment, "BucketPolicy");
    expect(documentIn(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    expect(policy.dependsOn).to.include(only(deployment, "BucketPublicAccessBlock").urn);
  });

  it("clears away unfinished uploads and old versions", async () => {
    const deployment = await gatewayStack();
    const lifecycle = only(deployment, "BucketLifecycleConfiguration");
    expect(lifecycle.inputs).to.deep.equal({
      bucket,
      rules: [
        {
          id: "housekeeping",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 60 },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    });
    expect(lifecycle.dependsOn).to.include(only(deployment, "BucketVersioning").urn);
  });

  it("expires the objects of a tenant with retentionDays, below its own prefix, suspended or not", async () => {
    const tenants = [
      tenant("acme", { retentionDays: 90 }),
      tenant("acme-corp"),
      tenant("globex", { retentionDays: 7, state: "suspended", deployedKeys: [] }),
    ];
    const { rules } = only(await gatewayStack({ tenants }), "BucketLifecycleConfiguration").inputs as {
      rules: unknown[];
    };
    expect(rules.slice(1)).to.deep.equal([
      { id: "retention-acme", status: "Enabled", filter: { prefix: tenantPrefix("acme") }, expiration: { days: 90 } },
      {
        id: "retention-globex",
        status: "Enabled",
        filter: { prefix: tenantPrefix("globex") },
        expiration: { days: 7 },
      },
    ]);
  });

  it("is protected where the program gives nothing, as a setting that is not set does", async () => {
    const nothing = { protect: undefined, logRetentionDays: undefined } as unknown as { protect?: boolean };
    const resource = only(await gatewayStack(nothing), "Bucket");
    expect(resource.protect).to.equal(true);
    expect(resource.inputs["forceDestroy"]).to.equal(false);
  });
});
