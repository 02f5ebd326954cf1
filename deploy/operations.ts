import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { runCommand } from "../cli/command";
import { labelOfUrn } from "../diff/resources";
import { printable } from "../invisible";
import { readPreview, type PreviewStep } from "./preview";

/** The stack itself takes part in every operation and is nothing that AWS has. */
const stackType = "::pulumi:pulumi:Stack::";

/**
 * Reads the JSON of `pulumi preview` from stdin and prints a line for each resource that an update would touch: what
 * happens to it, which resource, and the hash of what it would become. Equal texts are equal updates, so that what was
 * approved can be compared with what is about to be done. It prints nothing when nothing would be done.
 */
async function main(): Promise<number> {
  const steps = readPreview(await text(process.stdin));
  const lines = steps.filter(({ op, urn }) => op !== "same" && !urn.includes(stackType)).map(line);
  process.stdout.write(lines.sort().join(""));
  return 0;
}

function line({ op, urn, newState }: PreviewStep): string {
  const content = createHash("sha256").update(JSON.stringify(newState?.inputs ?? null));
  return printable(`${labelOfUrn(urn)} ${op} ${content.digest("hex").slice(0, 16)}`) + "\n";
}

runCommand(main);
