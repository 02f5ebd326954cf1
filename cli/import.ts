import { existsSync } from "node:fs";
import { adopt } from "../adoption/adopted";
import { readSource } from "../adoption/readSource";
import { adoptionText, copyCommands, leftBehindText, movesOf } from "../adoption/report";
import { adoptionEdits, newTenantsText, takenIn } from "../adoption/tenantsFile";
import { edited } from "../editing/edited";
import { writeOver } from "../editing/replaceFile";
import { saveText } from "../editing/saved";
import { readTenantsText, tenantsTextOf } from "../editing/tenantsText";
import { printable } from "../invisible";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { otherTenantsFlag, requireStack, stackFlag } from "./flags";
import { withProgress } from "./progress";
import { bucketOf, takeoverOf } from "./takeover";
import { chosenTenantsFile } from "./tenantsFile";

const command = {
  usage: `npm run import -- SOURCE [FLAGS]

Makes tenants of who logs in today, adds them to tenants.yaml, and says what is not carried over and which files have to be
copied. SOURCE is a folder of .pub or authorized_keys files, a passwd file (homes are looked for two folders above it), JSON of
"aws transfer describe-user" (one or a list), or CSV (name, login, key, access). docs/ADOPTION.md has the order of the rest.
Exits with 0, 1 when nothing is written, 2 when called wrongly.`,
  isOperandPath: true,
  operand: "what to import is missing: a file or folder",
  options: {
    stack: { ...stackFlag, description: "The stack that takes over, for the names of its bucket." },
    tenants: { ...otherTenantsFlag, description: "Instead of the stacks' tenants file." },
    replace: { description: "Put the tenants in the place of those in the file: its samples. Retired names stay." },
    "pulumi-import": {
      value: "FILE",
      description: "Write a server, its users and their keys for pulumi import --file FILE.",
    },
    "dry-run": { description: "Write nothing; print the difference behind the report." },
    json: { description: "Print one JSON object." },
  },
};

type Flags = Values<typeof command.options>;

async function main(values: Flags, path: string): Promise<number> {
  const { stack, "dry-run": isDryRun, json } = values;
  requireStack(stack, stackNames(projectDirectory));
  const imported = await withProgress(`importing ${printable(path)}`, () => importOf(values, path));
  if (json) {
    process.stdout.write(`${JSON.stringify(asJson(imported, stack), null, 2)}\n`);
    return 0;
  }
  const { file, source, adoption, problems, difference, moves, takeover } = imported;
  process.stderr.write(problems.map((problem) => `${formatProblem(problem)}\n`).join(""));
  process.stdout.write(adoptionText(path, source, adoption, moves, stack));
  process.stdout.write(leftBehindText(takeover?.leftBehind ?? []));
  process.stdout.write(
    isDryRun ? `\n${difference}` : `\nWritten: ${file}. Next:\n  npm run check\n  npm start\n  npm run diff -- HEAD\n`,
  );
  return 0;
}

/** Reads the source, and writes what comes of it unless that is not wanted. */
function importOf({ tenants, stack, replace: isReplaced, ...flags }: Flags, path: string) {
  const { "dry-run": isDryRun, "pulumi-import": importPath } = flags;
  const { file, options } = chosenTenantsFile(tenants);
  const source = readSource(path);
  const existing = existsSync(file) ? readTenantsText(file) : undefined;
  const known = existing ?? tenantsTextOf(file, "tenants: []");
  const adoption = adopt(source, takenIn(isReplaced ? { ...known, tenants: [] } : known));
  if (adoption.adopted.length === 0) {
    const remarks = adoption.remarks.map(({ place, message }) => `${place}: ${message}`);
    throw new UserError([`nothing is written, since no user of ${path} can become a tenant`, ...remarks].join("\n"));
  }
  const takeover = importPath === undefined ? undefined : takeoverOf(source, adoption, stack);
  const text =
    existing === undefined || isReplaced
      ? newTenantsText(file, adoption, known.retired)
      : edited(file, existing.text, adoptionEdits(adoption));
  if (importPath !== undefined && takeover !== undefined && !isDryRun) {
    // Before the tenants are, which a second run would find there; and not where they have errors.
    saveText(file, existing?.text, text, options, true);
    writeOver(importPath, takeover.importText);
  }
  const saved = saveText(file, existing?.text, text, options, isDryRun);
  return { file, source, adoption, takeover, moves: movesOf(adoption, bucketOf(stack)), ...saved };
}

function asJson({ file, source, adoption, moves, takeover, difference }: ReturnType<typeof importOf>, stack: string) {
  const tenants = adoption.adopted.map(({ user, tenant, folders }) => ({
    login: user.login,
    place: user.place,
    tenant: tenant.name,
    state: tenant.state ?? "active",
    folders,
  }));
  const copies = moves.length === 0 ? [] : copyCommands(moves, stack);
  const { remarks } = adoption;
  return { file, source: source.kind, tenants, remarks, moves, copies, leftBehind: takeover?.leftBehind, difference };
}

runCommand(withFlags(command, main));
