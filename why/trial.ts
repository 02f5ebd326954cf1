import type { Deployment } from "../synth/deployment";
import { inventoryOf } from "../inventory/inventory";
import type { DeployedUser } from "../inventory/user";
import type { IdentityProvider } from "../tenancy/signIn";
import type { Verdict, Written } from "./answer";
import { userIn, withWritten } from "./excerpt";
import { judgeFile, type FileJudgement, type FileQuestion } from "./file";

/** A deployment of one user to try changes on, and what is asked of it. */
export interface Trial {
  readonly excerpt: Deployment;
  readonly user: DeployedUser;
  readonly question: FileQuestion;
  readonly judgement: FileJudgement;
  /** Who knows the users of the server, which the excerpt does not say. */
  readonly identityProvider: IdentityProvider;
  /** The other answer. */
  readonly wanted: Verdict;
}

/** What is decided once a change is made. */
export function judgementAfter({ excerpt, user, question }: Trial, writes: readonly Written[]): FileJudgement {
  const inventory = inventoryOf(withWritten(excerpt, writes));
  return judgeFile(inventory, userIn(inventory, user), question);
}
