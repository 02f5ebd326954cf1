import { createHash } from "node:crypto";
import { arn, dnsSuffixOf, type AwsScope } from "../../iam/arn";
import { UserError } from "../../userError";

/** What AWS adds to a resource's inputs when it creates it. */
export interface Computed {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** What synthesis, comparisons and the roles of deployments need to know of one type of AWS's resources. */
export interface DeclaredType {
  /**
   * Makes up what AWS would compute: realistic in form, from the inputs, and from the logical name where AWS would draw
   * at random.
   */
  readonly computed: (inputs: Inputs, resource: { name: string; scope: AwsScope }) => Computed;
  /**
   * Inputs that AWS cannot change in place: the provider deletes the resource and creates it again. Source: `ForceNew` in
   * the schemas of terraform-provider-aws, which `@pulumi/aws` 7 bridges. A path, `endpointDetails.vpcId`, replaces where it
   * changes from a value: `CustomizeDiff` in the same sources.
   */
  readonly replacedBy: readonly string[];
  /** What is lost with it when it is deleted: `the messages in the queue`. Without it, nothing that cannot be made again. */
  readonly holds?: string;
  /**
   * The IAM actions that looking at it takes, as a preview does. Source, of those that write as well: the operations of
   * each resource in terraform-provider-aws, and IAM's Service Authorization Reference for the actions they need. Not
   * tried on AWS.
   */
  readonly read: readonly string[];
  /** Those that creating, changing and deleting it takes, beside those that look at it. */
  readonly write: readonly string[];
  /** The ARN that IAM decides them on; by default the resource's own, its output `arn`. */
  readonly on?: (inputs: Inputs, scope: AwsScope) => string;
}

/** The inputs among those that are compared whose change replaces the resource, by the names of the inputs themselves. */
export function replacingInputs(
  { replacedBy }: DeclaredType,
  before: Inputs,
  after: Inputs,
  isSame: (before: unknown, after: unknown) => boolean,
): string[] {
  const replacing = replacedBy.filter((path) => {
    const from = valueAt(before, path);
    return !isSame(from, valueAt(after, path)) && !(path.includes(".") && from === undefined);
  });
  return replacing.map((path) => path.split(".")[0] ?? path);
}

/** What stands at a path of keys, `endpointDetails.vpcId`. */
export function valueAt(inputs: Inputs, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Inputs | undefined)?.[key], inputs);
}

/** By type: `aws:s3/bucket:Bucket`. */
export type DeclaredTypes = Readonly<Record<string, DeclaredType>>;

/** The inputs of a resource that the provider can also name by itself. */
export const named = ["name", "namePrefix"];

/** A resource that bears its name, by which AWS knows it: `logs` and `log-group:` begin the ARN of a log group. */
export function byName(service: string, kind: string): DeclaredType["computed"] {
  return (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, service, `${kind}${name}`) } };
  };
}

/** Actions of one service: `lambda` and `GetFunction` give `lambda:GetFunction`. */
export function actions(service: string, ...names: string[]): string[] {
  return names.map((name) => `${service}:${name}`);
}

/** An input that must be there. @throws UserError when it is missing or not text. */
export function text(inputs: Inputs, key: string): string {
  const value = inputs[key];
  if (typeof value !== "string") {
    throw new UserError(
      `the input "${key}" is missing or not text; give it one, since nothing is made up in its place`,
    );
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

/** One of the addresses that RFC 5737 keeps for examples, drawn from a name. */
export function exampleAddress(name: string): string {
  return `203.0.113.${1 + ((digest(name)[0] ?? 0) % 254)}`;
}

/** A UUID, drawn from a name. */
export function uuid(name: string): string {
  return hex(name, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}

/** The domain of a partition's services. */
export function dnsSuffix({ partition }: AwsScope): string {
  return dnsSuffixOf(partition);
}
