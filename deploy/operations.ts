import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { runCommand } from "../cli/command";
import { plannedLine } from "./plannedLine";
import { readPreview, readSavedPlan } from "./preview";

/**
 * Reads the JSON of `pulumi preview --show-sames` from stdin and the plan it saved from the file that the argument names,
 * and prints a line for each resource that an update would touch, those where data is in danger first. Equal texts are
 * equal updates, so that what was approved can be compared with what is about to be done. It prints nothing when nothing
 * would be done. PLAN_KEY is the key for the hashes of secrets.
 */
async function main([savedPlan = ""]: readonly string[]): Promise<number> {
  const key = process.env["PLAN_KEY"] || undefined;
  const plans = readSavedPlan(readFileSync(savedPlan, "utf8"));
  const steps = readPreview(await text(process.stdin));
  const lines = steps.flatMap((step) => plannedLine(step, plans[step.urn], key) ?? []);
  process.stdout.write(lines.sort().join(""));
  return 0;
}

runCommand(main);
