import { inventoryOf, type Inventory } from "../inventory/inventory";
import { foldersOf, type DeployedUser } from "../inventory/user";
import { clientOperations } from "../inventory/operations";
import { basename, dirname } from "node:path/posix";
import type { Change } from "./answer";
import { documentChange } from "./documentChange";
import { excerptOf, userIn } from "./excerpt";
import { judgeFile, type FileJudgement, type FileQuestion } from "./file";
import { deployedAnew, grantChanges } from "./grantChange";
import type { Known, Subject } from "./subject";
import { judgementAfter, type Trial } from "./trial";

/**
 * What to change to get the other answer: the path where it stands for nothing that can be asked of S3, else tenants.yaml where
 * another grant would do it, else the documents. Whatever is proposed has been tried: the evaluator gives the other answer then.
 * Undefined where nothing of the kind gives it.
 */
export function changeOf(
  { inventory, entries }: Known,
  { entry }: Subject,
  user: DeployedUser,
  question: FileQuestion,
  judgement: FileJudgement,
): Change | undefined {
  if (judgement.requests.length === 0) {
    return judgement.verdict === "allowed" ? undefined : pathChange(inventory, user, question);
  }
  const excerpt = excerptOf(inventory, user);
  const wanted = judgement.verdict === "allowed" ? "denied" : "allowed";
  const trial: Trial = { excerpt, user: userIn(inventoryOf(excerpt), user), question, judgement, wanted };
  if (entry !== undefined && entries !== undefined) {
    for (const change of [...deployedAnew(trial, entry), ...grantChanges(trial, entry, entries)]) {
      if (judgementAfter(trial, change.writes).verdict === wanted) {
        return change;
      }
    }
  }
  return documentChange(trial);
}

/** The same name in the user's folders, where the documents allow what is wanted. */
function pathChange(inventory: Inventory, user: DeployedUser, question: FileQuestion): Change | undefined {
  const changesNames = clientOperations[question.operation] !== clientOperations.ls;
  const paths = foldersOf(user)
    .map(({ entry }) => (changesNames ? `${entry === "/" ? "" : entry}/${basename(question.path) || "file"}` : entry))
    .filter((path) => {
      const to = question.to && `${dirname(path)}/${basename(question.to)}`.replace("//", "/");
      return judgeFile(inventory, user, { ...question, path, to }).verdict === "allowed";
    });
  return paths.length === 0 ? undefined : { kind: "path", paths };
}
