import { drawPassword, withPassword } from "../functions/identity-provider/credentials";
import { printable } from "../invisible";
import { credentialsTable } from "../operator/credentialsTable";
import { folderOf, writeInputFile } from "../operator/inputFile";
import { absenceOf, operatedStack, operatedTenant, type Operated } from "../operator/operated";
import { itemKeyOf, requirePasswords, requireTable } from "../operator/passwordTable";
import { comment, updateCommand, updateFromFile } from "../operator/shell";
import { storePassword } from "../operator/storePassword";
import { removePasswords, replacePasswords, type ItemKey } from "../operator/update";
import { shellWord } from "../shellWord";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";
import { UsageError, withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { byFlag, namedStackFlag, operatorOf, requireNamedStack } from "./flags";
import { endFlag, endOf } from "./moment";
import { withProgress } from "./progress";

const command = {
  usage: `npm run password -- TENANT [FLAGS]

Draws a password for a tenant of a stack whose identityProvider is lambda, stores its hash, and shows it once: the only line
on stdout. It takes the place of the one before. A DATE is YYYY-MM-DD, with that day's end in UTC; a TIME is YYYY-MM-DDTHH:MMZ.
docs/PASSWORDS.md says who may do this, and how a partner gets it.
Exits with 0, 1 when nothing is stored, 2 when called wrongly.`,
  operand: "whose password is missing: the name of a tenant",
  options: {
    stack: namedStackFlag,
    by: byFlag,
    until: endFlag("When the new password ends. Default: never."),
    "overlap-until": endFlag("How long the password before this one goes on beside it. Default: not at all."),
    delete: { description: "Draw none, and remove those there are." },
    print: { description: "Write nothing to AWS; print the aws command that does, with its input in a file." },
  },
};

type Flags = Values<typeof command.options>;

async function main(flags: Flags, name: string): Promise<number> {
  const { stack: stackName, by } = flags;
  requireNamedStack(stackName, stackNames(projectDirectory));
  requireSense(flags);
  const stack = operatedStack(projectDirectory, stackName);
  if (flags.delete) {
    requireTable(stack);
    await removeAll(itemKeyOf(stack, name), stack.settings.region, absenceOf(stack, name), flags);
    return 0;
  }
  const operated = operatedTenant(stack, name);
  requirePasswords(operated);
  const password = drawPassword();
  const [until, overlapUntil] = [flags.until, flags["overlap-until"]].map((text) => text && endOf(text));
  const stored = { password, by: operatorOf(by), at: new Date().toISOString(), until, overlapUntil };
  const key = itemKeyOf(operated, name);
  const { region } = operated.settings;
  if (flags.print) {
    const file = writeInputFile(
      replacePasswords(key, await withPassword(undefined, { ...stored, tenant: key.tenant })),
    );
    process.stdout.write(`${password}\n`);
    process.stderr.write(
      comment("The password above admits nobody until this has run. Every other password of the tenant ends then.") +
        updateFromFile(file, region) +
        `rm -r ${shellWord(folderOf(file))}\n`,
    );
    return 0;
  }
  await withProgress(`writing to ${key.table}`, () => storePassword(credentialsTable(region), key, stored));
  process.stdout.write(`${password}\n`);
  process.stderr.write(`${told(operated, until, overlapUntil)}\n`);
  return 0;
}

/** What the password is, without it. */
function told({ tenant, place }: Operated, until: string | undefined, overlapUntil: string | undefined): string {
  return [
    `This is the password of the login ${tenant.userName} from now on${until === undefined ? "" : `, until ${until}`}. It is shown this once.`,
    overlapUntil === undefined
      ? "Earlier ones have ended."
      : `The one before it goes on until ${overlapUntil} at the latest.`,
    ...(tenant.state === "suspended" ? [`${place}: the tenant is suspended, and no password lets it in.`] : []),
  ].join("\n");
}

/** @throws UsageError for flags of which one makes nothing of the other. */
function requireSense(flags: Flags): void {
  const drawing = (["until", "overlap-until"] as const).find((flag) => flags[flag] !== undefined);
  if (flags.delete && drawing !== undefined) {
    throw new UsageError(`--delete draws no password that --${drawing} could be about`);
  }
  if (flags.delete && flags.by !== undefined) {
    throw new UsageError(
      "--by is of no use beside --delete, which leaves nothing in the table that it could be said of",
    );
  }
  if (flags.print && flags["overlap-until"] !== undefined) {
    throw new UsageError(
      "--print reads no table, so it knows no password that could overlap: leave --overlap-until or --print out",
    );
  }
}

/**
 * Also from a tenant that may not have any, or that there is no more: that is when they are to go.
 * @param absence Why the files do not have the tenant; undefined: they have.
 */
async function removeAll(key: ItemKey, region: string, absence: string | undefined, { print }: Flags): Promise<void> {
  const update = removePasswords(key);
  if (print) {
    process.stderr.write(absence === undefined ? "" : comment(`Note: ${absence}`));
    process.stdout.write(updateCommand(update, region));
    return;
  }
  const { isWritten } = await withProgress(`writing to ${key.table}`, () => credentialsTable(region).write(update));
  if (!isWritten) {
    throw new UserError(
      absence === undefined
        ? `tenant "${key.tenant}" has no password in the table ${key.table}`
        : `${absence}; nor has one of that name a password in the table ${key.table}`,
    );
  }
  process.stdout.write(`tenant "${printable(key.tenant)}" has no password any more\n`);
}

runCommand(withFlags(command, main));
