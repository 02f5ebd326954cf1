import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../iam/arn";
import { syntheticAccount } from "./computed";
import { readConfiguration } from "./configuration";
import type { Deployment } from "./deployment";
import { RecordingMonitor } from "./monitor";

/** What to synthesise. */
export interface SynthesisOptions {
  /** Folder of Pulumi.yaml and the stack files. */
  readonly directory: string;
  readonly stack: string;
  /** Values that take precedence over the stack file, by full key: `sftp-gateway:tenantsFile`. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** What the program's main file exports. */
  readonly program: () => Promise<Record<string, unknown>>;
}

/**
 * Runs a Pulumi program in this process, without engine, network or credentials, and returns what it would deploy.
 * Pulumi's runtime is global: syntheses of one process run one after the other.
 * @throws ConfigurationError for wrong configuration; pulumi.RunError as the program throws it; Error for a resource
 * type or an invoke that `computed.ts` does not know.
 */
export async function synthesise({ directory, stack, overrides, program }: SynthesisOptions): Promise<Deployment> {
  const { project, values, secretKeys } = readConfiguration(directory, stack, overrides);
  const region = values["aws:region"] ?? "us-east-1";
  const scope = { partition: partitionOf(region), region, account: syntheticAccount };
  const monitor = new RecordingMonitor(project, stack, scope);
  await pulumi.runtime.setMocks(monitor.mocks, project, stack, false);
  pulumi.runtime.setMockOptions(monitor, project, stack, false);
  pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
  await runToTheEnd(program).catch((error: unknown) => {
    throw monitor.failure ?? error;
  });
  const resources = [...monitor.recorded.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return { stack, resources, outputs: monitor.stackOutputs };
}

/**
 * The stack's promise settles before the last registration has been answered; disconnecting waits for that. What fails
 * beside that promise, as an output nobody awaits, fails the run as it does under the engine, and at once: what waits for
 * it may wait for ever.
 */
async function runToTheEnd(program: SynthesisOptions["program"]): Promise<void> {
  let fail: (failure: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  process.on("unhandledRejection", fail);
  try {
    await Promise.race([toTheEnd(program), failed]);
  } finally {
    process.off("unhandledRejection", fail);
  }
}

async function toTheEnd(program: SynthesisOptions["program"]): Promise<void> {
  try {
    await pulumi.runtime.runInPulumiStack(program);
  } finally {
    await pulumi.runtime.disconnect();
    // Node reports a rejection that nobody handled once the microtasks are done.
    await new Promise(setImmediate);
  }
}
