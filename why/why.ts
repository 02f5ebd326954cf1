import { UserError } from "../userError";
import { quoted } from "../tenancy/quote";
import type { Answer } from "./answer";
import { changeOf } from "./change";
import { fileAnswer, judgeFile, type FileQuestion } from "./file";
import { handshakeAnswer, type HandshakeQuestion } from "./handshake";
import { loginAnswer } from "./loginAnswer";
import type { LoginQuestion } from "./loginQuestion";
import { subjectNamed, type Known } from "./subject";
import { whyLine } from "./text";

/** Something that somebody wants to know the reason of. @see Subject for whose name it is. */
export type Question = { readonly name: string } & (
  | ({ readonly about: "file" } & FileQuestion)
  | ({ readonly about: "login" } & LoginQuestion)
  | ({ readonly about: "handshake" } & HandshakeQuestion)
);

/**
 * Why something is allowed or denied, by the documents of a deployment, with what would give the other answer.
 * @throws UserError for files of somebody whom the deployment does not let in; UnreadableDeploymentError where the documents
 * cannot be read.
 */
export function answerTo(question: Question, known: Known): Answer {
  if (question.about === "handshake") {
    return handshakeAnswer(known.inventory, question);
  }
  const subject = subjectNamed(question.name, known);
  if (question.about === "login") {
    return loginAnswer(known, subject, question);
  }
  const { user } = subject;
  if (user === undefined) {
    throw new UserError(reachesNothing(question.name, known));
  }
  const judgement = judgeFile(known.inventory, user, question);
  const answer = fileAnswer(known, subject, user, question, judgement);
  // What failed for another reason than the documents is to be mended, not denied.
  const change = answer.failure === undefined ? changeOf(known, subject, user, question, judgement) : undefined;
  return { ...answer, ...(change && { change }) };
}

/** Whoever cannot log in has no files; the reason is that of the login. */
function reachesNothing(name: string, known: Known): string {
  const login = loginAnswer(known, subjectNamed(name, known), { now: new Date() });
  const { stack } = known.inventory.deployment;
  const ask = `npm run why -- ${/^[\w@.-]+$/.test(name) ? name : "LOGIN"} login --stack ${stack}`;
  return `nobody of stack ${stack} is called ${quoted(name)}, so it reaches no files: ${whyLine(login)}; more says ${ask}`;
}

/**
 * Why something was denied, in one line and without what would change it: for a log, as it happens.
 * @param questions What one line of the log asks: of a login, one for each key that was shown.
 * @throws UnreadableDeploymentError where the documents cannot be read.
 */
export function reasonOf(questions: readonly Question[], known: Known): string {
  return [...new Set(questions.map((question) => oneReason(question, known)))].join("; ");
}

function oneReason(question: Question, known: Known): string {
  if (question.about !== "file") {
    const answer = answerTo(question, known);
    return whyLine(answer) ?? openReason(answer);
  }
  const subject = subjectNamed(question.name, known);
  if (subject.user === undefined) {
    return `nobody of stack ${known.inventory.deployment.stack} has the login`;
  }
  const answer = fileAnswer(known, subject, subject.user, question, judgeFile(known.inventory, subject.user, question));
  // What the documents allow S3 denies all the same where nothing lies there and nobody is to know.
  return whyLine(answer) ?? openReason(answer);
}

function openReason({ notKnown }: Answer): string {
  return `the documents allow it; not known is ${notKnown[0]}`;
}
