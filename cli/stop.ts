import { credentialsTable, type Written } from "../operator/credentialsTable";
import { deleteKeys, restoreKeys } from "../operator/keys";
import { admitSessions, denyOpenSessions } from "../operator/openSessions";
import { operatedTenant, type Operated } from "../operator/operated";
import { itemKeyOf } from "../operator/passwordTable";
import { comment, updateCommand } from "../operator/shell";
import { stop, undoStop, type Update } from "../operator/update";
import { stackNames } from "../tenancy/stacks";
import { withFlags, type Values } from "./arguments";
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

async function main({ stack, by, undo, print }: Values<typeof command.options>, name: string): Promise<number> {
  requireNamedStack(stack, stackNames(projectDirectory));
  const operated = operatedTenant(projectDirectory, stack, name);
  const key = itemKeyOf(operated);
  const update = undo ? undoStop(key) : stop(key, { by: operatorOf(by), at: new Date().toISOString() });
  const sessions = undo ? admitSessions(operated) : denyOpenSessions(operated);
  if (operated.settings.identityProvider === "service-managed") {
    process.stdout.write((undo ? restoreKeys(operated) : deleteKeys(operated)) + sessions);
    return 0;
  }
  process.stdout.write((print ? printed(update, operated, undo) : await done(update, operated, undo)) + sessions);
  return 0;
}

function printed(update: Update, { tenant, settings }: Operated, undo: boolean): string {
  const failing = undo ? "the tenant is not stopped" : "it is stopped already, and the answer shows by whom";
  return (
    comment(
      `This lets tenant "${tenant.name}" log in ${undo ? "again" : "no more"}. ConditionalCheckFailedException: ${failing}.`,
    ) + updateCommand(update, settings.region)
  );
}

async function done(update: Update, { tenant, settings }: Operated, undo: boolean): Promise<string> {
  const written = await withProgress(`writing to ${update.TableName}`, () =>
    credentialsTable(settings.region).write(update),
  );
  if (undo) {
    return comment(`Tenant "${tenant.name}" ${written.isWritten ? "is not stopped any more." : "was not stopped."}`);
  }
  return comment(
    written.isWritten
      ? `Tenant "${tenant.name}" is stopped: every login of it is refused from now on.`
      : `Tenant "${tenant.name}" is stopped already${byWhom(written)}.`,
  );
}

function byWhom(written: Written & { readonly isWritten: false }): string {
  const { by, at } = written.item?.["stopped"]?.M ?? {};
  return by?.S === undefined || at?.S === undefined ? "" : `, by ${by.S} at ${at.S}`;
}

runCommand(withFlags(command, main));
