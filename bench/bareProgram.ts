import { readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "../synth/deployment";
import { synthesise } from "../synth/synthesise";
import { projectDirectory } from "./measurement";

/** The constructors behind the types of our leaf resources. */
const constructors: Readonly<Record<string, unknown>> = {
  "aws:transfer/server:Server": aws.transfer.Server,
  "aws:transfer/user:User": aws.transfer.User,
  "aws:transfer/sshKey:SshKey": aws.transfer.SshKey,
  "aws:iam/role:Role": aws.iam.Role,
  "aws:iam/rolePolicy:RolePolicy": aws.iam.RolePolicy,
  "aws:cloudwatch/logGroup:LogGroup": aws.cloudwatch.LogGroup,
};

type Constructor = new (name: string, inputs: unknown) => pulumi.CustomResource;

/** The floor of `synth`: registers the leaf resources of a synthesised deployment, one after the other, and no more. */
async function main(file: string): Promise<void> {
  const { stack, resources } = JSON.parse(readFileSync(file, "utf8")) as Deployment;
  const program = () => {
    for (const { type, name, inputs, custom } of resources) {
      if (custom) {
        const create = (constructors[type] ?? bucketConstructor(type)) as Constructor;
        new create(name, inputs);
      }
    }
    return Promise.resolve({});
  };
  const deployment = await synthesise({ directory: projectDirectory, stack, program });
  process.stdout.write(JSON.stringify(deployment));
}

/** `aws:s3/bucketPolicy:BucketPolicy` -> `aws.s3.BucketPolicy`. */
function bucketConstructor(type: string): unknown {
  return (aws.s3 as unknown as Record<string, unknown>)[type.split(":")[2] ?? ""];
}

void main(process.argv[2] ?? "");
