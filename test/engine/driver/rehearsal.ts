import { expect } from "chai";
import { comparable, discrepancies } from "./comparison";
import { Project } from "./project";
import type { Stack } from "./stack";

/** A deployment that was made once without disturbance, so that a disturbed one can be held against it. */
export class Rehearsal {
  private constructor(
    readonly project: Project,
    readonly stack: Stack,
    /** Goes back to just before the deployment. */
    readonly restart: () => void,
    private readonly undisturbed: unknown,
  ) {}

  /**
   * Deploys one tenants.yaml after the other to dev. The rehearsal is of the last one.
   * @throws AssertionError when a deployment fails.
   */
  static async of(...tenantsFiles: readonly string[]): Promise<Rehearsal> {
    const project = Project.create();
    const stack = project.stack("dev");
    await stack.init();
    let restart = () => {};
    for (const file of tenantsFiles) {
      project.write("tenants.yaml", file);
      restart = project.snapshot();
      expect((await stack.up()).errors).to.deep.equal([]);
    }
    return new Rehearsal(project, stack, restart, comparable((await stack.state()).resources));
  }

  /** The stack must be as after the undisturbed deployment, AWS must agree, and nothing may be left to settle. */
  async expectConvergence(): Promise<void> {
    const { resources, pending } = await this.stack.state();
    expect(pending).to.deep.equal([]);
    expect(discrepancies(this.project.service, resources)).to.deep.equal([]);
    expect(comparable(resources)).to.deep.equal(this.undisturbed);
  }
}
