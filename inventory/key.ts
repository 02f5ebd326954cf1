import type { DeployedResource, Deployment } from "../synth/deployment";
import { DeployedDocument } from "./document";
import { resourcesBy, resourcesOf, textOf, valueOf } from "./resources";

/** A KMS key that something lies under. */
export interface EncryptionKey {
  readonly arn: string;
  /** Undefined where the deployment has none: by AWS's default it defers to IAM. */
  readonly policy: DeployedDocument | undefined;
  /** What it is called, as `alias/landing`; undefined for a key that is not part of the deployment. */
  readonly aliases: readonly string[] | undefined;
}

/** Reads the keys of a deployment. @returns Of an ARN the key, also one that is not part of the deployment. */
export function deployedKeys(deployment: Deployment): (arn: string) => EncryptionKey {
  const keys = resourcesBy(deployment, "aws:kms/key:Key", "arn");
  const policies = resourcesBy(deployment, "aws:kms/keyPolicy:KeyPolicy", "keyId");
  return (arn) => {
    const key = keys.get(arn)?.[0];
    // The resource of its own is applied later.
    const [said] = [arn, key?.id ?? arn].flatMap((name) => policies.get(name) ?? []);
    const saying = said ?? (key?.inputs["policy"] === undefined ? undefined : key);
    return {
      arn,
      policy: saying && new DeployedDocument(saying, "policy"),
      aliases: key && aliasesOf(key, arn, deployment),
    };
  };
}

/** Whether a text is the ARN of a key; an alias may lead to another key tomorrow. */
export function isKeyArn(value: unknown): value is string {
  return typeof value === "string" && /^arn:[^:]+:kms:[^:]*:\d{12}:key\//.test(value);
}

function aliasesOf({ id }: DeployedResource, arn: string, deployment: Deployment): string[] {
  return resourcesOf(deployment, "aws:kms/alias:Alias")
    .filter((alias) => [id, arn].includes(String(valueOf(alias, "targetKeyId"))))
    .map((alias) => textOf(alias, "name"));
}
