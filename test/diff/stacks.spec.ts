import { expect } from "chai";
import { resourceDifference } from "../../diff/resources";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { publicKey } from "../publicKeys";
import { said, sideWith } from "./comparing";

const key = publicKey(1);
const tenants = `tenants:\n  - { name: acme, sshKeys: ["${key.text}"] }\n`;

/** The deployment with other inputs in the resources of one type. */
function withInputs({ resources, ...rest }: Deployment, type: string, inputs: Record<string, unknown>): Deployment {
  const changed = (resource: DeployedResource) =>
    resource.type === type ? { ...resource, inputs: { ...resource.inputs, ...inputs } } : resource;
  return { ...rest, resources: resources.map(changed) };
}

describe("what changes in a stack", () => {
  it("says what a setting does to everybody", async () => {
    const changed = await said({ tenants }, { tenants, settings: { "sftp-gateway:noncurrentVersionDays": "30" } });
    expect(changed).to.deep.equal({
      tenants: [
        "dev: changes for every tenant",
        "  overwritten and deleted files can be brought back for 30 days instead of 7 days",
      ],
      resources: [
        "  resources: 0 created, 1 changed, 0 replaced, 0 deleted",
        "    ~ aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration gateway (rules)",
      ],
    });
  });

  it("says that another region makes everything anew, and nothing else", async () => {
    const { tenants: lines, resources } = await said({ tenants }, { tenants, settings: { "aws:region": "eu-west-1" } });
    expect(lines).to.deep.equal([
      "dev: 1 breaking change, 1 dangerous change",
      "  breaking, dangerous: everything is deleted in eu-central-1 and made anew in eu-west-1: another host name and " +
        "host key for every client; the files, the messages in queues and the logs do not move along",
    ]);
    expect(resources[0]).to.match(/^ {2}resources: 0 created, 0 changed, [1-9]\d+ replaced, 0 deleted$/);
  });

  it("shows options of a resource that protect it", async () => {
    const { resources } = await said({ tenants }, { tenants, settings: { "sftp-gateway:protect": "true" } });
    expect(resources.slice(1)).to.deep.equal([
      "    ~ aws:s3/bucket:Bucket gateway (forceDestroy, protect)",
      "    ~ aws:transfer/server:Server gateway (protect)",
    ]);
  });

  it("knows that a replaced server takes its users and their keys along", async () => {
    const { deployment, settings } = await sideWith({ tenants });
    const after = withInputs(deployment, "aws:transfer/server:Server", { identityProviderType: "AWS_LAMBDA" });
    const { replaced, changed } = resourceDifference({ deployment, settings }, { deployment: after, settings });
    expect(replaced.map(({ urn, inputs }) => [urn.split("::").pop(), inputs])).to.deep.equal([
      [`gateway-acme-${key.fingerprint}`, ["serverId"]],
      ["gateway-acme", ["serverId"]],
      ["gateway", ["identityProviderType"]],
    ]);
    expect(changed).to.deep.equal([]);
  });

  it("compares documents as what they say", async () => {
    const { deployment, settings } = await sideWith({ tenants });
    const user = deployment.resources.find(({ type }) => type === "aws:transfer/user:User");
    const policy = JSON.stringify(JSON.parse(String(user?.inputs["policy"])), null, 2);
    const after = withInputs(deployment, "aws:transfer/user:User", { policy });
    expect(resourceDifference({ deployment, settings }, { deployment: after, settings }).changed).to.deep.equal([]);
  });
});
