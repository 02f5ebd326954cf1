import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { readEnvironments } from "../../settings/environments";
import { readConfigurationFiles } from "../../settings/files";
import type { Configuration } from "../../settings/values";
import { SynthesisError, synthesisIn } from "../../synth/process";
import { loadTenancy } from "../../tenancy/load";
import type { Tenancy } from "../../tenancy/model";
import { stackNames } from "../../tenancy/stacks";
import { approval, type Deployed } from "../sentences/workflows";
import type { Ciphertext, Side } from "../side";

/** A folder with a version of the project. */
export interface Checkout {
  readonly directory: string;
  /** How messages call it: `HEAD~1`, `the working tree`. */
  readonly label: string;
}

export interface SideOptions {
  readonly stack: string;
  /** The day (UTC, YYYY-MM-DD) for both sides; a stack's own setting is used where this is undefined. */
  readonly today: string | undefined;
  /** The day of the run, where the stack has no setting either. */
  readonly now: string;
  readonly signal: AbortSignal;
  /** What has been read, by day and file: stacks mostly share a tenants file, which is then read once. */
  readonly tenancies: Map<string, Tenancy | undefined>;
}

/**
 * What a checkout would deploy to a stack. The deployment comes from the checkout's own program; its tenants.yaml, for
 * what no deployment holds, is read by this version.
 * @throws SynthesisError naming stack and checkout.
 */
export async function sideOf({ directory, label }: Checkout, options: SideOptions): Promise<Side> {
  const { stack, signal, tenancies } = options;
  const { values, settings } = settingsOf(directory, stack);
  const file = resolve(directory, values["sftp-gateway:tenantsFile"] ?? "tenants.yaml");
  const today = options.today ?? (values["sftp-gateway:today"] || options.now);
  try {
    const [deployment, tenancy] = await Promise.all([
      synthesisIn({ directory, stack, today, signal }),
      // Read while other processes synthesise, once all of them have been started.
      setImmediate().then(() => tenancyOf(directory, file, today, tenancies)),
    ]);
    return { deployment, settings, tenancy };
  } catch (error) {
    throw error instanceof SynthesisError ? new SynthesisError(`stack ${stack} of ${label}: ${error.message}`) : error;
  }
}

/**
 * What is wrong with the settings of a checkout is left to its own program, which says so. What else stands in Pulumi's files
 * decides which program is run, and with what; and the list of the workflows, when.
 */
function settingsOf(directory: string, stack: string): Pick<Side, "settings"> & Pick<Configuration, "values"> {
  const { values, secretKeys, projectFile, stackFile } = readConfigurationFiles(directory, stack);
  const secrets = secretKeys.map((key) => [key, { ciphertext: stackFile.entries.get(key)?.text ?? "" }] as const);
  const beside = [
    ...[...projectFile.beside].map(([key, text]) => [`Pulumi.yaml, ${key}`, text] as const),
    ...[...stackFile.beside].map(([key, text]) => [`Pulumi.${stack}.yaml, ${key}`, text] as const),
    [approval, deployedWhen(directory, stack)] as const,
  ];
  return { values, settings: { ...values, ...Object.fromEntries<string | Ciphertext>([...secrets, ...beside]) } };
}

function deployedWhen(directory: string, stack: string): Deployed {
  const { environments } = readEnvironments(directory, stackNames(directory));
  const listed = environments.find((environment) => environment.stack === stack);
  return listed === undefined ? "never" : listed.approval ? "after approval" : "at once";
}

function tenancyOf(
  directory: string,
  file: string,
  today: string,
  read: SideOptions["tenancies"],
): Tenancy | undefined {
  const key = `${today} ${file}`;
  if (!read.has(key)) {
    read.set(key, loadTenancy(file, { stacks: stackNames(directory), today }).tenancy);
  }
  return read.get(key);
}
