import { clientOperations, operationNames, type OperationName } from "../inventory/operations";
import { suggestion } from "../tenancy/explain";
import { listed, quoted } from "../tenancy/quote";
import type { LoginQuestion } from "./loginQuestion";
import { undecidedBecause } from "./undecided";
import type { Question } from "./why";

/** What clients call the operations beside the names that they have here. */
const otherNames: Readonly<Record<string, OperationName>> = {
  mget: "get",
  mput: "put",
  dir: "ls",
  list: "ls",
  cd: "stat",
  read: "get",
  download: "get",
  write: "put",
  upload: "put",
  delete: "rm",
  remove: "rm",
  mv: "rename",
  del: "rm",
  opendir: "ls",
  lstat: "stat",
  open: "get",
};

/**
 * A question as somebody types it: `acme put /inbox/a.csv`, `acme login`.
 * @param login What is shown where the question is about a login.
 * @returns What is wrong with words that are no question, as a text.
 */
export function questionOfWords(words: readonly string[], login: LoginQuestion): Question | string {
  const [name = "", verb = "", given, to, ...more] = words;
  const path = given ?? (["ls", "dir", "list"].includes(verb) ? "." : undefined);
  if (verb === "login") {
    return path === undefined ? { about: "login", name, ...login } : "login takes no path";
  }
  if (verb === "") {
    return `say what ${quoted(name)} does: "put /inbox/a.csv", or "login"`;
  }
  const word = verb.toLowerCase();
  const because = undecidedBecause(word);
  if (because !== undefined) {
    return `${quoted(verb)} is nothing that documents decide: ${because} (docs/TROUBLESHOOTING.md)`;
  }
  const operation =
    operationNames.find((each) => each === word) ?? (Object.hasOwn(otherNames, word) ? otherNames[word] : undefined);
  if (operation === undefined) {
    const known = [...operationNames, "login"];
    const meant = suggestion(verb, known);
    return `${quoted(verb)} is no operation${meant === undefined ? ";" : `; ${meant}`} there are ${listed(known)}`;
  }
  const takesTwo = clientOperations[operation] === clientOperations.rename;
  if (path === undefined || takesTwo !== (to !== undefined) || more.length > 0) {
    return `${operation} takes ${takesTwo ? "a path and a new path" : "one path"}`;
  }
  return { about: "file", name, operation, path, to };
}
