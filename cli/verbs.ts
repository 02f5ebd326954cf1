import { suggestion } from "../tenancy/explain";
import { listed, quoted } from "../tenancy/quote";

/** A command that does several things, each a word behind its name. */
interface Verbs {
  /** As for a command: `npm run tenant -- VERB ...`, an empty line, some sentences. */
  readonly usage: string;
  readonly verbs: Readonly<Record<string, { readonly does: string; readonly main: Main }>>;
}

type Main = (argv: readonly string[]) => number | Promise<number>;

/** Exit code of a command that was called wrongly. */
const wrongUsage = 2;

/** The main function of such a command, from those of its verbs. `--help` in the place of a verb shows the help of all. */
export function withVerbs({ usage, verbs }: Verbs): Main {
  const width = Math.max(...Object.keys(verbs).map((verb) => verb.length)) + 2;
  const rows = Object.entries(verbs).map(([verb, { does }]) => `  ${verb.padEnd(width)}${does}\n`);
  const help = `Usage: ${usage}\n\n${rows.join("")}`;
  return ([verb, ...rest]) => {
    if (verb === "--help" || verb === "-h") {
      process.stdout.write(help);
      return 0;
    }
    const known = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (known === undefined) {
      process.stderr.write(`error: ${faultOf(verb, Object.keys(verbs))}\n\n${help}`);
      return wrongUsage;
    }
    return known.main(rest);
  };
}

function faultOf(verb: string | undefined, known: readonly string[]): string {
  return verb === undefined
    ? `what to do is missing: ${listed(known, "or")}`
    : `${quoted(verb)} is none of ${listed(known)}${((near) => (near === undefined ? "" : `; ${near}`))(suggestion(verb, known))}`;
}
