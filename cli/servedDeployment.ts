import type { AbsentTenant } from "../local/service/loginCauses";
import type { Deployment } from "../synth/deployment";
import { synthesisIn, type SynthesisProcess } from "../synth/process";
import { isoToday } from "../tenancy/date";
import type { Known } from "../why/subject";
import { projectDirectory } from "./command";
import { knownTenants } from "./knownTenants";

/** What is served, and whom it does not let in. */
export interface ServedDeployment {
  readonly deployment: Deployment;
  readonly absent: readonly AbsentTenant[];
  /** What its tenants file says of each tenant. */
  readonly entries: Known["entries"];
}

/**
 * Synthesises this project in a process of its own, which says as well whom the stack does not let in: reading tenants.yaml takes
 * long enough to be felt by those who transfer meanwhile.
 * @throws SynthesisError when the program fails, with what it said.
 */
export async function servedDeployment(
  synthesis: Omit<SynthesisProcess, "directory" | "flags">,
): Promise<ServedDeployment> {
  // Before the synthesis: a change that comes meanwhile begins another one.
  const { entries } = knownTenants(synthesis.stack, synthesis.tenantsFile, isoToday(new Date()));
  const printed = await synthesisIn({ ...synthesis, directory: projectDirectory, flags: ["--absent"] });
  const { absent, ...deployment } = printed as Deployment & Pick<ServedDeployment, "absent">;
  return { deployment, absent, entries };
}
