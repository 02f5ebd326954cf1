import { printable } from "../invisible";
import { listed, quoted } from "../tenancy/quote";
import type {
  Answer,
  Change,
  DocumentAnswer,
  Edit,
  FileAnswer,
  FilePlace,
  GrantAnswer,
  LoginAnswer,
  PlaceAnswer,
  StepAnswer,
} from "./answer";
import { loginQuestions } from "./loginCauses";

/** An answer as people read it: what is decided, by what, and what to change. */
export function whyText(answer: Answer): string {
  const lines = answer.about === "file" ? fileLines(answer) : loginLines(answer);
  const change = answer.change === undefined ? [] : changeLines(answer.change, answer.verdict);
  const open = answer.notKnown.map((what) => row("not known", what));
  return [...lines, ...change, ...open].map((line) => `${printable(line)}\n`).join("");
}

/** The reason of a denial in one line; undefined for what is allowed. */
export function whyLine(answer: Answer): string | undefined {
  if (answer.verdict === "allowed") {
    return undefined;
  }
  return printable(answer.about === "file" ? fileReason(answer) : loginReason(answer));
}

function fileReason(answer: FileAnswer): string {
  const { places, steps, verdict } = answer;
  const off = places.find(({ kind }) => kind !== "below" && steps.length === 0);
  if (off !== undefined) {
    return isRefusedItself(off, answer) ? itself(off.path) : placeText(off);
  }
  const step = steps.find((each) => each.verdict === verdict);
  if (step === undefined) {
    return `the bucket ${places[0]?.bucket} is no part of the deployment`;
  }
  const documents = deciding(step);
  // A folder's access is the reason where a statement is missing, not where one denies.
  const grant = documents.some(({ says }) => says === "nothing") ? grantOf(step, places) : undefined;
  const told = `${step.action}: ${listed(documents.map(documentText))}`;
  return grant === undefined ? told : `${grantText(grant)}; ${told}`;
}

/** The folder that a step asks about, which of a renaming is one of two. */
function grantOf({ resource, prefix }: StepAnswer, places: readonly PlaceAnswer[]): GrantAnswer | undefined {
  return places.find(
    ({ bucket, grant }) =>
      grant !== undefined && `${resource}/${prefix ?? ""}`.includes(`:::${bucket}/${grant.prefix}`),
  )?.grant;
}

/** Those documents of a step for which it is what it is. */
function deciding({ documents, verdict }: StepAnswer): DocumentAnswer[] {
  const denying = documents.filter(({ says }) => says === "denies");
  if (verdict === "denied" && denying.length > 0) {
    return denying;
  }
  const says = { allowed: "allows", denied: "nothing", unknown: "unknown" }[verdict];
  const own = documents.filter(({ document }) => document === "role policy" || document === "session policy");
  const meant = documents.filter(
    (each) => each.says === says && (says !== "nothing" || own.length === 0 || own.includes(each)),
  );
  return meant.length > 0 ? meant : [...documents];
}

function fileLines(answer: FileAnswer): string[] {
  const { places, steps, operation, userName, verdict, needs, failure } = answer;
  const paths = places.map(({ path }) => path).join(" ");
  return [
    `${userName} ${operation} ${paths}: ${verdict}`,
    ...(failure === undefined ? [] : [row("the line", `says ${quoted(failure)}, which no document decides`)]),
    ...places.map((place) => row("path", placeText(place))),
    ...places.filter((place) => isRefusedItself(place, answer)).map(({ path }) => row("found", itself(path))),
    ...(needs === "some" && steps.length > 0 ? [row("asked", "one of the following is enough")] : []),
    // That the service may begin the session is worth a line only where it may not.
    ...steps.filter(({ action, verdict: own }) => !action.startsWith("sts:") || own !== "allowed").flatMap(stepLines),
  ];
}

/** Whether something is to become of the top of a folder, of which S3 is not asked. */
function isRefusedItself({ kind }: PlaceAnswer, { steps, verdict }: FileAnswer): boolean {
  return kind === "mapped" && steps.length === 0 && verdict === "denied";
}

function itself(path: string): string {
  return `${path} is a folder as it is granted, which no client reads, writes, renames or removes itself`;
}

function placeText({ path, kind, bucket, key, grant, folders = [] }: PlaceAnswer): string {
  switch (kind) {
    case "below":
    case "mapped":
      return `${path} is s3://${bucket}/${key}${grant === undefined ? "" : `, ${grantText(grant)}`}`;
    case "virtual":
      return `${path} only shows the folders below it, ${someOf(folders)}: nothing else can be kept there`;
    case "nowhere":
      return `${path} lies in none of the user's folders: it has ${someOf(folders)}`;
  }
}

/** More of them are no help in a line. */
const foldersShown = 8;

function someOf(folders: readonly string[]): string {
  const more = folders.length - foldersShown;
  return listed(more > 1 ? [...folders.slice(0, foldersShown), `${more} more`] : folders);
}

function grantText({ entry, access, place }: GrantAnswer): string {
  return `${entry} is ${access} by ${placed(place)}`;
}

function stepLines(step: StepAnswer): string[] {
  const { action, resource, prefix, verdict } = step;
  const on = prefix === undefined ? resource : `${resource} with s3:prefix ${prefix || "empty"}`;
  const said = step.documents.filter(
    ({ document, says }) =>
      says !== "nothing" || document === "role policy" || document === "session policy" || step.documents.length === 1,
  );
  const asked = step.documents.every(({ document }) => document === "key policy") ? `${on}, by its own policy` : on;
  return [`  ${action} on ${asked}: ${verdict}`, ...said.map((document) => `    ${documentText(document)}`)];
}

function documentText({ document, source, says, statement, unanswered }: DocumentAnswer): string {
  const where = source === undefined ? `no ${document}` : `the ${document} (${source})`;
  const by =
    statement === undefined ? "no statement" : `statement ${/^\d+$/.test(statement) ? statement : `"${statement}"`}`;
  const what = {
    allows: "allows it",
    denies: "denies it",
    nothing: "allows it",
    unknown: `asks for ${unanswered}, not known here`,
  };
  return source === undefined ? `there is ${where}` : `${by} of ${where} ${what[says]}`;
}

function loginLines(answer: LoginAnswer): string[] {
  const { userName, tenant, verdict, cause, found, place, said } = answer;
  const who = tenant === undefined || tenant === userName ? userName : `${userName} (tenant ${tenant})`;
  return [
    `${who} login: ${verdict}`,
    ...(said === undefined ? [] : [row("the line", `says otherwise: ${said}`)]),
    ...(cause === undefined ? [] : [row("asked", `whether ${loginQuestions[cause]}`)]),
    ...found.map((what) => row("found", what)),
    ...(place === undefined ? [] : [row("in", placed(place))]),
  ];
}

function loginReason({ cause, found, place, verdict, notKnown }: LoginAnswer): string {
  const isOpen = verdict === "unknown";
  const question = cause === undefined ? "" : loginQuestions[cause];
  const asked = isOpen ? `it is not known whether ${question}: ` : `asked whether ${question}: no, `;
  const [open] = isOpen ? notKnown : [];
  const also = open === undefined ? "" : `; nor ${open}`;
  return `${question === "" ? "" : asked}${found.join(", ")}${place === undefined ? "" : ` (${placed(place)})`}${also}`;
}

function changeLines(change: Change, verdict: Answer["verdict"]): string[] {
  const label = verdict === "allowed" ? "to deny" : "to allow";
  switch (change.kind) {
    case "tenants":
      return change.edits.map((edit) => row(label, editText(edit)));
    case "deploy":
      return [row(label, "deploy: tenants.yaml says so already, and the deployment does not yet")];
    case "client":
      return [row(label, `let the client have one of ${change.algorithms.join(", ")}`)];
    case "path":
      return [row(label, `name ${listed(change.paths, "or")} instead`)];
    case "documents":
      return change.edits.map((edit) =>
        row(
          label,
          edit.add === undefined
            ? `remove statement ${edit.remove} from ${edit.source}`
            : `add to ${edit.source}: ${JSON.stringify(edit.add)}`,
        ),
      );
  }
}

function editText({ place, key, from, to }: Edit): string {
  return `${placed(place)}: ${key}: ${to}${from === undefined ? "" : ` instead of ${from}`}`;
}

function placed({ file, line, column }: FilePlace): string {
  return `${file}:${line}:${column}`;
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(10)}${text}`;
}
