import { readFileSync, statSync } from "node:fs";
import { printable } from "../../invisible";
import type { Queue } from "../delivery/queue";
import { lastLines } from "./lastLines";
import type { QueueContent, QueueState } from "./messages";

/** How many messages are shown, of which each is cut after so many characters; what is looked at for them. */
const [shownMessages, shownCharacters, shownBytes] = [50, 4000, 512 * 1024];

/** Files beyond this are not counted, nor is what comes after so much of all. */
const countedBytes = 16 * 1024 * 1024;

/** A line of a queue's file. */
interface Message {
  readonly SentTimestamp: string;
  readonly Body: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>;
}

/** The queues, those first in which something is set aside. */
export function queueStates(queues: readonly Queue[]): QueueState[] {
  let budget = countedBytes;
  const states = queues.map(({ shown: name, takesDeadLetters, file }) => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    budget -= size;
    return { name, takesDeadLetters, ...(budget >= 0 && { messages: size === 0 ? 0 : linesIn(file) }) };
  });
  return states.sort((a, b) => Number(b.takesDeadLetters) - Number(a.takesDeadLetters));
}

/** The last messages of a queue. */
export function queueContent({ file }: Pick<Queue, "file">): QueueContent {
  const lines = lastLines(file, shownBytes).slice(-shownMessages).reverse();
  return { messages: lines.map(shown) };
}

function linesIn(file: string): number {
  return readFileSync(file, "latin1").split("\n").length - 1;
}

/** Somebody may have edited the file by hand. */
function shown(line: string): QueueContent["messages"][number] {
  const message = jsonIn(line) as Partial<Message> | undefined;
  if (typeof message?.Body !== "string") {
    return { at: "", body: cut(printable(line)), attributes: "" };
  }
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(
    ([name, value]) => `${name}: ${value.StringValue}`,
  );
  const at = new Date(Number(message.SentTimestamp));
  return {
    at: Number.isNaN(at.getTime()) ? "" : at.toISOString(),
    body: cut(laidOut(message.Body).split("\n").map(printable).join("\n")),
    attributes: cut(printable(attributes.join(", "))),
  };
}

function laidOut(body: string): string {
  const value = jsonIn(body);
  return value === undefined ? body : JSON.stringify(value, null, 2);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cut(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters).toWellFormed()}... (cut)`;
}
