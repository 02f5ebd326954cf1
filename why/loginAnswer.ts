import type { DeployedUser } from "../inventory/user";
import type { LoginAnswer } from "./answer";
import { judgeLogin } from "./login";
import { loginQuestions } from "./loginCauses";
import { loginChange } from "./loginChange";
import { isAsked } from "./loginProvider";
import type { LoginQuestion } from "./loginQuestion";
import { written, type Known, type Subject } from "./subject";

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
  return {
    about: "login",
    stack: known.inventory.deployment.stack,
    userName: user?.userName ?? entry?.tenant.userName ?? name,
    ...(tenant === undefined ? {} : { tenant }),
    ...judgement,
    found: [...found, ...(objection === undefined ? [] : [objection])],
    ...(change && { change }),
    notKnown: user === undefined ? [] : [...notKnown(known, user, question), ...notProposed(judgement, question)],
  };
}

/** A log tells no more of a key than its fingerprint, which cannot be written into tenants.yaml. */
function notProposed({ cause, keyOf }: Pick<LoginAnswer, "cause" | "keyOf">, { key }: LoginQuestion): string[] {
  return cause === "wrong-key" && keyOf === undefined && key?.body === undefined
    ? ["the key itself; asked with it, as by --key FILE, the answer has the line to add"]
    : [];
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
