import { parsePolicy, UnsupportedPolicyError } from "../iam/evaluate";
import type { PolicyDocument } from "../iam/policy";
import type { DeployedResource } from "../synth/deployment";
import { labelOf, UnreadableDeploymentError, valueOf } from "./resources";

/** A policy document as a resource holds it. It is read when it is first asked for what it says, and then once. */
export class DeployedDocument {
  private read: PolicyDocument | undefined;

  constructor(
    private readonly resource: DeployedResource,
    private readonly key: string,
  ) {}

  /** How messages name it: `User "acme", "policy"`. */
  get label(): string {
    return `${labelOf(this.resource)}, "${this.key}"`;
  }

  /** The resource that holds it, and in which of its inputs. */
  get place(): { readonly urn: string; readonly input: string } {
    return { urn: this.resource.urn, input: this.key };
  }

  /** As it is stored. */
  get text(): string {
    const value = valueOf(this.resource, this.key);
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  /** What it says. @throws UnreadableDeploymentError when it is no policy. */
  get content(): PolicyDocument {
    return (this.read ??= evaluable(this.label, () => parsePolicy(valueOf(this.resource, this.key), this.key)));
  }
}

/** Runs a step that reads or compiles policies. @throws UnreadableDeploymentError for what cannot be evaluated. */
export function evaluable<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnsupportedPolicyError ? new UnreadableDeploymentError(where, error.message) : error;
  }
}
