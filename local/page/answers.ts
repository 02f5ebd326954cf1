import { readAddress } from "../../iam/addressRange";
import { UserError } from "../../userError";
import { shownKeyIn } from "../../why/login";
import { questionsOfLog } from "../../why/logLine";
import type { Known } from "../../why/subject";
import { whyText } from "../../why/text";
import { answerTo, type Question } from "../../why/why";
import { questionOfWords } from "../../why/words";
import type { WhyContent } from "./messages";

/** Of all that is asked: more than the longest line of the log, and what takes a moment whatever it is. */
const askedCharacters = 16 * 1024;

/**
 * What `why` answers to what the form asks: either `line`, of the structured log, or `name`, `operation`, `path`, `to`, and of a
 * login `key` and `from`.
 */
export function whyContent(asked: URLSearchParams, known: Known): WhyContent {
  try {
    const answers = questionsIn(asked, known).map((question) => answerTo(question, known));
    const denied = answers.find(({ verdict }) => verdict !== "allowed");
    return { verdict: denied?.verdict ?? "allowed", text: answers.map(whyText).join("\n") };
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    return { verdict: "no answer", text: error.message };
  }
}

/** @throws UserError for what is no question. */
function questionsIn(asked: URLSearchParams, { inventory }: Known): Question[] {
  if ([...asked.values()].join("").length > askedCharacters) {
    throw new UserError(
      `that is more than ${askedCharacters.toLocaleString("en")} characters, as no path or login has`,
    );
  }
  const now = new Date();
  const line = asked.get("line");
  if (line !== null) {
    return questionsOfLog(line, inventory, now);
  }
  const given = (name: string) => asked.get(name)?.trim() || undefined;
  const words = [asked.get("name") ?? "", asked.get("operation") ?? "", given("path"), given("to")];
  const key = given("key");
  const login = { key: key === undefined ? key : shownKeyIn("the key", key), address: addressIn(given("from")), now };
  const question = questionOfWords(
    words.filter((word) => word !== undefined),
    login,
  );
  if (typeof question === "string") {
    throw new UserError(question);
  }
  return [question];
}

function addressIn(given: string | undefined): string | undefined {
  if (given !== undefined && readAddress(given) === undefined) {
    throw new UserError("the address is none; 203.0.113.7 is one");
  }
  return given;
}
