import { credentialsTable, type Written } from "../operator/credentialsTable";
import { deleteKeys, restoreKeys } from "../operator/keys";
import { admitSessions, denyOpenSessions } from "../operator/openSessions";
import { absenceOf, operatedStack, operatedTenant, type Operated, type OperatedStack } from "../operator/operated";
import { itemKeyOf } from "../operator/passwordTable";
import { comment, updateCommand } from "../operator/shell";
import { stop, undoStop, type Update } from "../operator/update";
import { stackNames } from "../tenancy/stacks";
import { UserError } from "../userError";
import { UsageError, withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { byFlag, namedStackFlag, operatorOf, requireNamedStack } from "./flags";
import { withProgress } from "./progress";

const command = {
  usage: `npm run stop -- TENANT [FLAGS]

Lets a tenant log in no more, at once and without a deployment: by a mark in the table of a stack whose identityProvider is
lambda; for one that is service-managed it prints the commands. It prints too how to refuse the requests of sessions that are
open. What it prints is a script for a shell. docs/STOP.md says what stops when.
Exits with 0, 1 when nothing is stopped, 2 when called wrongly.`,
  operand: "who is to be stopped is missing: the name of a tenant",
  options: {
    stack: namedStackFlag,
    by: byFlag,
    undo: { description: "Take the stop back." },
    print: { description: "Write nothing to AWS; print the aws command that does." },
  },
};

async function main(flags: Values<typeof command.options>, name: string): Promise<number> {
  const { stack: stackName, by, undo, print } = flags;
  requireNamedStack(stackName, stackNames(projectDirectory));
  const stack = operatedStack(projectDirectory, stackName);
  const isAnswered = stack.settings.identityProvider === "lambda";
  if (by !== undefined && (undo || !isAnswered)) {
    const why = undo ? "--undo leaves no mark" : "a stack that is service-managed has no table for a mark";
    throw new UsageError(`--by is of no use here: ${why} that it could be said of`);
  }
  if (undo && isAnswered) {
    const absence = absenceOf(stack, name);
    process.stdout.write(await takenBack(stack, name, absence, print));
    return 0;
  }
  const operated = operatedTenant(stack, name);
  if (isAnswered) {
    const stopped = { by: operatorOf(by), at: new Date().toISOString() };
    process.stdout.write((await stoppedNow(operated, stopped, print)) + denyOpenSessions(operated));
  } else {
    process.stdout.write(
      undo ? restoreKeys(operated) + admitSessions(operated) : deleteKeys(operated) + denyOpenSessions(operated),
    );
  }
  return 0;
}

async function stoppedNow(operated: Operated, by: Parameters<typeof stop>[1], print: boolean): Promise<string> {
  const { name } = operated.tenant;
  const update = stop(itemKeyOf(operated, name), by);
  if (print) {
    return (
      comment(
        `This lets tenant "${name}" log in no more. ConditionalCheckFailedException: it is stopped already, and the answer shows by whom.`,
      ) + updateCommand(update, operated.settings.region)
    );
  }
  const written = await write(update, operated);
  return comment(
    written.isWritten
      ? `Tenant "${name}" is stopped: every login of it is refused from now on.`
      : `Tenant "${name}" is stopped already${byWhom(written)}.`,
  );
}

/**
 * A stop outlives its tenant, so it is taken back also from a name that the files no longer have.
 * @param absence Why the files do not have it; undefined: they have.
 */
async function takenBack(
  stack: OperatedStack,
  name: string,
  absence: string | undefined,
  print: boolean,
): Promise<string> {
  const update = undoStop(itemKeyOf(stack, name));
  if (print) {
    return (
      comment(
        ...(absence === undefined ? [] : [`Note: ${absence}`]),
        `This lets tenant "${name}" log in again. ConditionalCheckFailedException: the tenant is not stopped.`,
      ) +
      updateCommand(update, stack.settings.region) +
      admitSessions(stack)
    );
  }
  const { isWritten } = await write(update, stack);
  if (!isWritten && absence !== undefined) {
    throw new UserError(`${absence}; nor is one of that name stopped`);
  }
  return (
    comment(`Tenant "${name}" ${isWritten ? "is not stopped any more." : "was not stopped."}`) + admitSessions(stack)
  );
}

function write(update: Update, { settings }: OperatedStack): Promise<Written> {
  return withProgress(`writing to ${update.TableName}`, () => credentialsTable(settings.region).write(update));
}

function byWhom(written: Written & { readonly isWritten: false }): string {
  const { by, at } = written.item?.["stopped"]?.M ?? {};
  return by?.S === undefined || at?.S === undefined ? "" : `, by ${by.S} at ${at.S}`;
}

runCommand(withFlags(command, main));
