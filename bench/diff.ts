import { Repository } from "../test/fixtures/repository";
import { manyTenants } from "../test/fixtures/manyTenants";
import { flagsOf, inTurn, measured, runNode, type Outcome } from "./measurement";

const tenants = 1_000;

/** Something changes for a tenant. */
const changed = 3;

/** `diff` of one tenant among 1,000, which takes two syntheses, against one synthesis. */
export async function benchDiff(): Promise<Outcome[]> {
  const repository = new Repository();
  try {
    repository.write("tenants.yaml", manyTenants(tenants));
    repository.commit();
    repository.write("tenants.yaml", manyTenants(tenants + 1));
    const { directory } = repository;
    const { subject, floor } = await inTurn(
      () => runNode([...flagsOf("diff"), "cli/diff.ts", "HEAD", "--stack", "dev"], { directory, exitCode: changed }),
      () => runNode([...flagsOf("synth"), "cli/synth.ts", "--stack", "dev"], { directory }),
      5,
    );
    return [measured("diff of 1,000 tenants, against one synthesis", "s", subject.seconds, floor.seconds, 2.5)];
  } finally {
    repository.remove();
  }
}
