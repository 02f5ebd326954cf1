import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { DeployedResource } from "../synth/deployment";

type Constructor = new (name: string, inputs: unknown, opts?: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** Registers the leaf resources of a synthesised deployment, one after the other, and no more. */
export function registerLeaves(resources: readonly DeployedResource[]): void {
  for (const { type, name, inputs, custom } of resources) {
    if (custom) {
      new (constructorOf(type))(name, inputs);
    }
  }
}

/** The same where it matters in which order they are created: each waits for the leaves that it depends on. */
export function registerLeavesInOrder(resources: readonly DeployedResource[]): void {
  const byUrn = new Map(resources.filter(({ custom }) => custom).map((resource) => [resource.urn, resource]));
  const registered = new Map<string, pulumi.CustomResource>();
  const register = (resource: DeployedResource): pulumi.CustomResource => {
    const known = registered.get(resource.urn);
    if (known !== undefined) {
      return known;
    }
    const dependsOn = resource.dependsOn.flatMap((urn) => byUrn.get(urn) ?? []).map(register);
    const leaf = new (constructorOf(resource.type))(resource.name, resource.inputs, { dependsOn });
    registered.set(resource.urn, leaf);
    return leaf;
  };
  byUrn.forEach(register);
}

/** `aws:s3/bucketPolicy:BucketPolicy` -> `aws.s3.BucketPolicy`. */
function constructorOf(type: string): Constructor {
  const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  const resources = aws as unknown as Readonly<Record<string, Readonly<Record<string, Constructor>>>>;
  const found = resources[module]?.[name];
  if (found === undefined) {
    throw new Error(`@pulumi/aws has no constructor for ${type}`);
  }
  return found;
}
