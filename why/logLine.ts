import type { Inventory } from "../inventory/inventory";
import { foldersOf } from "../inventory/user";
import { operationNames, type OperationName } from "../inventory/operations";
import { UserError } from "../userError";
import type { Question } from "./why";

type Fields = Readonly<Record<string, unknown>>;

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

/**
 * What a line of the structured log asks. A line of a session names no user at AWS; the line of the session that says
 * CONNECTED does, so several lines may be given, of which the last is meant.
 * @throws UserError for lines that cannot be understood, or that say nothing that documents decide.
 */
export function questionsOfLog(text: string, inventory: Inventory, now: Date): Question[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const read = lines.map(fieldsOf);
  const last = read.at(-1);
  if (last === undefined) {
    throw new UserError("there is no line of a log; a line is an object of JSON with the field activity-type");
  }
  const activity = fieldIn(last, "activity-type");
  if (activity === "AUTH_FAILURE" || activity === "CONNECTED") {
    return loginQuestions(last, now);
  }
  const operations = operationsIn(last);
  if (operations.length === 0) {
    throw new UserError(`a line of activity-type ${activity ?? "-"} says nothing that documents decide`);
  }
  const user = userOf(last, read);
  const path = clientPath(requiredField(last, "path"), user, inventory);
  const to = fieldIn(last, "new-path");
  return operations.map((operation) => ({
    about: "file",
    name: user,
    operation,
    path,
    ...(to === undefined ? {} : { to: clientPath(to, user, inventory) }),
  }));
}

function fieldsOf(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UserError("a line of the log is an object of JSON; this is not JSON");
  }
  if (typeof value !== "object" || value === null || !("activity-type" in value)) {
    throw new UserError("a line of the log is an object of JSON with the field activity-type");
  }
  return value;
}

/** One for each key that was offered; one without a key where none is told. */
function loginQuestions(line: Fields, now: Date): Question[] {
  const name = requiredField(line, "user");
  const address = fieldIn(line, "source-ip");
  const told = `${fieldIn(line, "message") ?? ""} ${fieldIn(line, "ssh-public-key-fingerprint") ?? ""}`;
  const fingerprints = told.match(/SHA256:[A-Za-z0-9+/]{43}/g) ?? [];
  const common = { about: "login" as const, name, now, ...(address === undefined ? {} : { address }) };
  return fingerprints.length === 0
    ? [common]
    : fingerprints.map((fingerprint) => ({ ...common, key: { fingerprint } }));
}

function operationsIn(line: Fields): readonly OperationName[] {
  const activity = fieldIn(line, "activity-type") ?? "";
  const operation = activity === "ERROR" ? (fieldIn(line, "operation") ?? "") : activity;
  if (operation === "OPEN") {
    const mode = fieldIn(line, "mode");
    return mode === undefined ? ["get", "put"] : [mode.includes("WRITE") ? "put" : "get"];
  }
  if (operation === "CLOSE" || operation === "PARTIAL_CLOSE") {
    return [fieldIn(line, "bytes-in") === undefined ? "get" : "put"];
  }
  return operationsOf[operation] ?? operationNames.filter((name) => name === operation.toLowerCase());
}

function userOf(line: Fields, lines: readonly Fields[]): string {
  const session = fieldIn(line, "session-id");
  const ofSession = lines.filter((each) => session !== undefined && fieldIn(each, "session-id") === session);
  const user = [line, ...ofSession].map((each) => fieldIn(each, "user")).find((name) => name !== undefined);
  if (user === undefined) {
    throw new UserError(
      `the line names no user; the line with activity-type CONNECTED of session ${session ?? "-"} does: give both, this one last`,
    );
  }
  return user;
}

/** Logs name `/BUCKET/KEY`; the client's own path where it stands for nothing in S3. */
function clientPath(logged: string, name: string, { users, buckets }: Inventory): string {
  const user = users.find(({ userName }) => userName === name);
  const [, bucket = "", key = ""] = /^\/([^/]+)(?:\/(.*))?$/.exec(logged) ?? [];
  const folder =
    user &&
    buckets.has(bucket) &&
    foldersOf(user)
      .filter((each) => each.bucket === bucket && `${key}/`.startsWith(each.prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  return folder ? `${folder.entry === "/" ? "" : folder.entry}/${key.slice(folder.prefix.length)}` : logged;
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
  return typeof value === "string" ? value : undefined;
}
