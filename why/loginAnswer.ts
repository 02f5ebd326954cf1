import type { DeployedUser } from "../inventory/user";
import type { LoginAnswer } from "./answer";
import { judgeLogin } from "./login";
import { loginQuestions } from "./loginCauses";
import { loginChange } from "./loginChange";
import { isAsked } from "./loginProvider";
import type { LoginOutcome, LoginQuestion } from "./loginQuestion";
import { written, type Known, type Subject } from "./subject";
import { whyLine } from "./text";

/** Whether a login is let in and why not, as data. */
export function loginAnswer(known: Known, subject: Subject, question: LoginQuestion): LoginAnswer {
  const { user, entry, name } = subject;
  const tenant = user?.tenant ?? entry?.tenant.name;
  const { wish, found, ...judgement } = judgeLogin(known, subject, question);
  const { change, refusal, left } = judgement.verdict === "denied" ? loginChange(known, subject, question) : {};
  const changed = wish && `with ${written(wish.path)}: ${wish.to}`;
  const objection =
    (refusal && `${changed} tenants.yaml would be refused: ${refusal}`) ??
    (left && `${changed} it is left to ask whether ${loginQuestions[left]}`);
  const answer: LoginAnswer = {
    about: "login",
    stack: known.inventory.deployment.stack,
    userName: user?.userName ?? entry?.tenant.userName ?? name,
    ...(tenant === undefined ? {} : { tenant }),
    ...judgement,
    found: [...found, ...(objection === undefined ? [] : [objection])],
    ...(change && { change }),
    notKnown:
      user === undefined
        ? []
        : [...notKnown(known, user, question), ...ofKeyNotShown(judgement), ...ofStranger(known, judgement, question)],
  };
  const said = question.outcome && otherwise(answer, question.outcome);
  return { ...answer, ...(said !== undefined && { said }) };
}

/** What a line says came of a login, where the deployment does not say the same. A local gateway knows its throw-away keys. */
function otherwise(answer: LoginAnswer, { letIn, reason }: LoginOutcome): string | undefined {
  const why = whyLine(answer);
  if (why === undefined || letIn) {
    return letIn === (why === undefined) ? undefined : `it was ${letIn ? "" : "not "}let in`;
  }
  return isStrangers(answer) && reason?.includes(why) === false ? reason : undefined;
}

/** Whether a key decided that is nobody's. */
function isStrangers({ cause, keyOf, place }: Pick<LoginAnswer, "cause" | "keyOf" | "place">): boolean {
  return cause === "wrong-key" && keyOf === undefined && place === undefined;
}

function ofKeyNotShown({ verdict, cause }: Pick<LoginAnswer, "verdict" | "cause">): string[] {
  return verdict === "unknown" && cause === "no-key" ? ["which key is shown; --key FILE says it"] : [];
}

/**
 * What is open of a key that is nobody's. A log tells no more of a key than its fingerprint, which cannot be written into
 * tenants.yaml.
 */
function ofStranger(
  { inventory }: Known,
  judgement: Pick<LoginAnswer, "cause" | "keyOf" | "place">,
  { key }: LoginQuestion,
): string[] {
  if (!isStrangers(judgement)) {
    return [];
  }
  const knowsRun = inventory.users.some(({ keys }) => keys.some(({ isThrowAway }) => isThrowAway));
  return [
    ...(knowsRun ? [] : ["whether it is a throw-away key of npm start, which opens the gateway of its own run alone"]),
    ...(key?.body === undefined
      ? ["the key itself; asked with it, as by --key FILE, the answer has the line to add"]
      : []),
  ];
}

function notKnown(known: Known, user: DeployedUser, { key, address }: LoginQuestion): string[] {
  const isThere = known.inventory.servers.some(({ id }) => id === user.serverId);
  if (!isThere) {
    return [];
  }
  return [
    isAsked(known, user)
      ? "whether the tenant is stopped, which stands in the table"
      : "whether its keys have been deleted by hand, as a stop does",
    ...(key === undefined ? [] : ["whether the client has the private half of the key"]),
    ...(address === undefined && user.allowedCidrs !== undefined
      ? ["where the client comes from; --from ADDRESS says it"]
      : []),
  ];
}
