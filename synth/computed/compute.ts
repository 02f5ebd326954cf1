import { createHash } from "node:crypto";
import type { AwsScope } from "../../iam/arn";

/** What AWS adds to a resource's inputs when it creates it. */
export interface Computed {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** Makes up what AWS would compute for one type of resource, from its inputs and its logical name. */
export type Compute = (inputs: Inputs, resource: { name: string; scope: AwsScope }) => Computed;

/** By the type of the resource: `aws:s3/bucket:Bucket`. */
export type ComputeByType = Readonly<Record<string, Compute>>;

/** An input that must be there. @throws Error when it is missing or not text. */
export function text(inputs: Inputs, key: string): string {
  const value = inputs[key];
  if (typeof value !== "string") {
    throw new Error(`input "${key}" is missing or not text`);
  }
  return value;
}

/** The SHA-256 of a name, from which everything is drawn that AWS would draw at random. */
export function digest(name: string): Buffer {
  return createHash("sha256").update(name).digest();
}

/** So many hexadecimal digits, drawn from a name. */
export function hex(name: string, digits: number): string {
  return digest(name).toString("hex").slice(0, digits);
}

/** A UUID, drawn from a name. */
export function uuid(name: string): string {
  return hex(name, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}

/** The domain of a partition's services. */
export function dnsSuffix({ partition }: AwsScope): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
