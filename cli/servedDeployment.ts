import type { AbsentTenant } from "../local/service/loginCauses";
import type { Deployment } from "../synth/deployment";
import { synthesisIn, type SynthesisProcess } from "../synth/process";
import { projectDirectory } from "./command";

/** What is served, and whom it does not let in. */
export interface ServedDeployment {
  readonly deployment: Deployment;
  readonly absent: readonly AbsentTenant[];
}

/**
 * Synthesises this project in a process of its own, which says as well whom the stack does not let in: reading tenants.yaml takes
 * long enough to be felt by those who transfer meanwhile.
 * @throws SynthesisError when the program fails, with what it said.
 */
export async function servedDeployment(
  synthesis: Omit<SynthesisProcess, "directory" | "flags">,
): Promise<ServedDeployment> {
  const printed = await synthesisIn({ ...synthesis, directory: projectDirectory, flags: ["--absent"] });
  const { absent, ...deployment } = printed as Deployment & Pick<ServedDeployment, "absent">;
  return { deployment, absent };
}
