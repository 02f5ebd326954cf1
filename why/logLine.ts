import type { Inventory } from "../inventory/inventory";
import { operationNames, type OperationName } from "../inventory/operations";
import { quoted } from "../tenancy/quote";
import { UserError } from "../userError";
import { logEventsIn, type Fields } from "./logEvents";
import { clientPath, requireRole } from "./logPath";
import { undecidedBecause } from "./undecided";
import type { Question } from "./why";

/** Operations by what the structured log calls them, the service's and the local gateway's. */
const operationsOf: Readonly<Record<string, readonly OperationName[]>> = {
  OPENDIR: ["ls"],
  READDIR: ["ls"],
  STAT: ["stat"],
  LSTAT: ["stat"],
  FSTAT: ["stat"],
  READ: ["get"],
  WRITE: ["put"],
  REMOVE: ["rm"],
  DELETE: ["rm"],
  RENAME: ["rename"],
  MKDIR: ["mkdir"],
  RMDIR: ["rmdir"],
};

/** What a line says of which somebody wants to know why. */
const failures: readonly unknown[] = ["AUTH_FAILURE", "KEX_FAILURE", "ERROR"];

/**
 * What a line of the structured log asks. Of several lines the last that tells of a failure is meant, else the last. A line of a
 * session names no user at AWS; the line of the session that says CONNECTED does, so it may be among them.
 * @throws UserError for lines that cannot be understood, that are of another deployment, or that say nothing that is decided.
 */
export function questionsOfLog(text: string, inventory: Inventory, now: Date): Question[] {
  const lines = logEventsIn(text);
  if (lines === undefined || lines.length === 0) {
    const what = text.trim() === "" ? "there is no line of a log" : "this is no line of the log, or is cut off";
    throw new UserError(
      `${what}; a line is an object of JSON with the field activity-type, as npm start writes them to .gateway/log.jsonl of its data folder`,
    );
  }
  const failed = lines.findLast((each) => failures.includes(each["activity-type"]));
  const line = failed ?? lines.at(-1)!;
  const activity = fieldIn(line, "activity-type") ?? "";
  requireRole(fieldIn(line, "role"), inventory);
  if (activity === "KEX_FAILURE") {
    return [handshakeQuestion(line)];
  }
  if (activity === "AUTH_FAILURE" || activity === "CONNECTED") {
    return loginQuestions(line, activity === "CONNECTED", now);
  }
  const operations = operationsIn(line, activity);
  if (operations.length === 0) {
    const isOne = failed !== undefined || lines.length === 1;
    const what = nothingDecided(line, activity);
    throw new UserError(
      isOne
        ? what
        : `none of these ${lines.length} lines tells of a failure, and of the last there is nothing to tell: ${what}`,
    );
  }
  const name = userOf(line, lines);
  const path = clientPath(requiredField(line, "path"), name, inventory);
  const to = fieldIn(line, "new-path");
  const failure = activity === "ERROR" ? fieldIn(line, "message") : undefined;
  return operations.map((operation) => ({
    about: "file",
    name,
    operation,
    path,
    ...(failure === undefined ? {} : { failure }),
    ...(operation === "rename" ? { to: to === undefined ? path : clientPath(to, name, inventory) } : {}),
  }));
}

/** What no document decides is told by the line itself. */
function nothingDecided(line: Fields, activity: string): string {
  const operation = fieldIn(line, "operation");
  const message = fieldIn(line, "message");
  const what = operation === undefined ? "" : ` and operation ${quoted(operation)}`;
  const because = undecidedBecause(operation ?? activity) ?? (message && `the line itself says ${quoted(message)}`);
  const why = because === undefined ? "" : `: ${because}`;
  return `a line of activity-type ${quoted(activity)}${what} says nothing that documents decide${why}`;
}

function handshakeQuestion(line: Fields): Question {
  const [message = "", said] = (fieldIn(line, "message") ?? "").split("; the client has ");
  const offered = said ?? (/key exchange/i.test(message) ? fieldIn(line, "kex") : undefined);
  return { about: "handshake", name: "somebody", message, offered: offered?.split(",").map((each) => each.trim()) };
}

/** One for each key that was offered; one without a key where none is told. */
function loginQuestions(line: Fields, letIn: boolean, now: Date): Question[] {
  const name = requiredField(line, "user");
  const address = fieldIn(line, "source-ip");
  const told = `${fieldIn(line, "ssh-public-key-fingerprint") ?? ""} ${fieldIn(line, "message") ?? ""}`;
  const fingerprints = [...new Set(told.match(/SHA256:[A-Za-z0-9+/]{43}/g) ?? [])];
  const method = fieldIn(line, "method");
  const way = method === "publickey" ? "key" : method === "password" ? "password" : undefined;
  const common = {
    about: "login" as const,
    name,
    now,
    hasArrived: true as const,
    outcome: { letIn, reason: fieldIn(line, "reason") },
    ...(address === undefined ? {} : { address }),
    ...(method === "none" ? { showsNothing: true as const } : {}),
  };
  return fingerprints.length === 0
    ? [{ ...common, ...(way === undefined ? {} : { way }) }]
    : fingerprints.map((fingerprint) => ({ ...common, key: { fingerprint } }));
}

function operationsIn(line: Fields, activity: string): readonly OperationName[] {
  const operation = activity === "ERROR" ? (fieldIn(line, "operation") ?? "") : activity;
  if (operation === "OPEN") {
    const mode = fieldIn(line, "mode");
    return mode === undefined ? ["get", "put"] : [mode.includes("WRITE") ? "put" : "get"];
  }
  if (operation === "CLOSE" || operation === "PARTIAL_CLOSE") {
    return [fieldIn(line, "bytes-in") === undefined ? "get" : "put"];
  }
  return Object.hasOwn(operationsOf, operation)
    ? operationsOf[operation]!
    : operationNames.filter((name) => name === operation.toLowerCase());
}

function userOf(line: Fields, lines: readonly Fields[]): string {
  const session = fieldIn(line, "session-id");
  const ofSession = lines.filter((each) => session !== undefined && fieldIn(each, "session-id") === session);
  const user = [line, ...ofSession].map((each) => fieldIn(each, "user")).find((name) => name !== undefined);
  if (user === undefined) {
    throw new UserError(
      `the line names no user; the line with activity-type CONNECTED of session ${quoted(session ?? "-")} does: give both`,
    );
  }
  return user;
}

function requiredField(line: Fields, name: string): string {
  const value = fieldIn(line, name);
  if (value === undefined) {
    throw new UserError(`the line has no field ${name}`);
  }
  return value;
}

function fieldIn(line: Fields, name: string): string | undefined {
  const value = line[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
