import Mocha from "mocha";

/** Set by the runner when nothing can be run: then mocha only lists the tests. */
export const listingVariable = "ENGINE_TESTS_LISTING";

const listing = process.env[listingVariable] !== undefined;

/** Mocha's own report, with how long each test took, closed by one line that counts; a listing is only counted. */
export default class Sentences extends (listing ? Mocha.reporters.Base : Mocha.reporters.Spec) {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const counts = listing ? [0, 0, passes + failures + pending] : [passes, failures, pending];
      console.log(`${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped`);
    });
  }
}
