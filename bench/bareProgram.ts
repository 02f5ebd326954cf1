import { readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "../synth/deployment";
import { synthesise } from "../synth/synthesise";
import { projectDirectory } from "./measurement";

type Constructor = new (name: string, inputs: unknown) => pulumi.CustomResource;

/** The floor of `synth`: registers the leaf resources of a synthesised deployment, one after the other, and no more. */
async function main(file: string): Promise<void> {
  const { stack, resources } = JSON.parse(readFileSync(file, "utf8")) as Deployment;
  const program = () => {
    for (const { type, name, inputs, custom } of resources) {
      if (custom) {
        const create = constructorOf(type);
        new create(name, inputs);
      }
    }
    return Promise.resolve({});
  };
  const deployment = await synthesise({ directory: projectDirectory, stack, program });
  process.stdout.write(JSON.stringify(deployment));
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

void main(process.argv[2] ?? "");
