import { parseArgs } from "node:util";
import { benchCheck } from "./check";
import { benchClients } from "./clients";
import { benchDiff } from "./diff";
import { benchEngine } from "./engine";
import { benchEvaluate } from "./evaluate";
import { benchLogins } from "./logins";
import type { Outcome } from "./measurement";
import { benchPage } from "./page";
import { benchStartup } from "./startup";
import { benchSynth } from "./synth";
import { benchSynthOfLogins } from "./synthOfLogins";
import { benchTransfer } from "./transfer";
import { benchWhy } from "./why";

const usage = `Usage: npm run bench -- [--json] [--help]

Measures the commands against floors of the same run; takes about ten minutes. Exits with 1 when a promised ratio is passed.
`;

const benches: readonly (() => Promise<Outcome[]>)[] = [
  benchEvaluate,
  benchLogins,
  benchCheck,
  benchSynth,
  benchSynthOfLogins,
  benchDiff,
  benchWhy,
  benchStartup,
  benchTransfer,
  benchClients,
  benchPage,
  benchEngine,
];

async function main(): Promise<void> {
  const values = flags();
  if (values === undefined || values.help) {
    (values === undefined ? process.stderr : process.stdout).write(usage);
    process.exitCode = values === undefined ? 2 : 0;
    return;
  }
  const outcomes: Outcome[] = [];
  for (const bench of benches) {
    for (const outcome of await bench()) {
      outcomes.push(outcome);
      if (!values.json) {
        process.stdout.write(`${line(outcome)}\n`);
      }
    }
  }
  if (values.json) {
    process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
  }
  process.exitCode = outcomes.some((outcome) => "ratio" in outcome && outcome.ratio > outcome.limit) ? 1 : 0;
}

/** Undefined where it is called wrongly, which is told. */
function flags() {
  try {
    return parseArgs({ options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n\n`);
    return undefined;
  }
}

function line(outcome: Outcome): string {
  if ("skipped" in outcome) {
    return `skipped  ${outcome.name}: ${outcome.skipped}`;
  }
  const { name, unit, value } = outcome;
  if (!("ratio" in outcome)) {
    return `reported  ${name}: ${value.toFixed(2)} ${unit}`;
  }
  const { floor, ratio, limit } = outcome;
  const mark = ratio <= limit ? "within " : "BEYOND ";
  return `${mark}  ${ratio.toFixed(2)} of ${limit}: ${name}: ${value.toFixed(2)} against ${floor.toFixed(2)} ${unit}`;
}

void main();
