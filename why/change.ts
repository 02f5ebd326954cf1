import { inventoryOf, type Inventory } from "../inventory/inventory";
import { foldersOf, type DeployedUser } from "../inventory/user";
import { clientOperations } from "../inventory/operations";
import { basename, dirname } from "node:path/posix";
import type { Edit as TextEdit } from "../editing/edit";
import type { FileChange } from "./answer";
import { documentChange } from "./documentChange";
import { excerptOf, userIn } from "./excerpt";
import { judgeFile, type FileJudgement, type FileQuestion } from "./file";
import { deployedAnew, grantChanges } from "./grantChange";
import { grantsIn, type Known, type Subject } from "./subject";
import { isAsked } from "./loginProvider";
import { isProvable } from "./provable";
import { entryAfter, refusalOf } from "./tenantsTrial";
import { judgementAfter, type Trial } from "./trial";

/**
 * What to change to get the other answer: the path where it stands for nothing that can be asked of S3, else tenants.yaml where
 * another grant would do it, else the documents. Whatever is proposed has been tried: the evaluator gives the other answer then, tenants.yaml is
 * taken as it would be, and the isolation proof has nothing against it.
 * Undefined where nothing of the kind gives it.
 */
export function changeOf(
  { inventory, entries, rules }: Known,
  { entry }: Subject,
  user: DeployedUser,
  question: FileQuestion,
  judgement: FileJudgement,
): FileChange | undefined {
  if (judgement.requests.length === 0) {
    return judgement.verdict === "allowed" ? undefined : pathChange(inventory, user, question, judgement);
  }
  const excerpt = excerptOf(inventory, user);
  const wanted = judgement.verdict === "allowed" ? "denied" : "allowed";
  const identityProvider = isAsked({ inventory }, user) ? "lambda" : "service-managed";
  const alone = userIn(inventoryOf(excerpt), user);
  const trial: Trial = { excerpt, user: alone, question, judgement, identityProvider, wanted };
  const before = entry === undefined ? [] : grantsIn(entry).map(({ grant }) => grant);
  if (entry !== undefined && entries !== undefined) {
    const isTakenBy = (edits: readonly TextEdit[]) => {
      const after = entryAfter(entry, entries.file, edits);
      return after !== undefined && (rules === undefined || refusalOf(after, entries.file, rules) === undefined);
    };
    for (const { change, grants, edits } of [...deployedAnew(trial, entry), ...grantChanges(trial, entry, entries)]) {
      const flips = judgementAfter(trial, change.writes).verdict === wanted;
      if (
        flips &&
        (edits.length === 0 || isTakenBy(edits)) &&
        isProvable(trial, change.writes, { before, after: grants })
      ) {
        return change;
      }
    }
  }
  const change = documentChange(trial);
  return change && isProvable(trial, change.writes, { before, after: before }) ? change : undefined;
}

/** The same name in the user's folders, where the documents allow what is wanted; none for what is a folder already. */
function pathChange(
  inventory: Inventory,
  user: DeployedUser,
  question: FileQuestion,
  { targets: [path, to] }: FileJudgement,
): FileChange | undefined {
  const isNewName = path?.target.kind === "below";
  const wrong = isNewName ? to : path;
  if (wrong === undefined || wrong.target.kind !== "nowhere") {
    return undefined;
  }
  const changesNames = clientOperations[question.operation] !== clientOperations.ls;
  const paths = foldersOf(user)
    .map(({ entry }) => (changesNames ? within(entry, wrong.path) : entry))
    .filter((instead) => {
      const asked = isNewName
        ? { to: instead }
        : { path: instead, to: question.to && within(dirname(instead), question.to) };
      return judgeFile(inventory, user, { ...question, ...asked }).verdict === "allowed";
    });
  return paths.length === 0 ? undefined : { kind: "path", paths };
}

/** The last name of a path in a folder. */
function within(folder: string, path: string): string {
  return `${folder === "/" ? "" : folder}/${basename(path)}`;
}
