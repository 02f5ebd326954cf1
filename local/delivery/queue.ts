import { randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { printableJson } from "../journal/printableJson";
import { Gate, type Guarded } from "./gate";
import type { Service } from "./service";
import { UndeliveredError } from "./undelivered";

/** What a queue keeps of a message beside its id and time. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A queue as a file: one line of JSON a message, in SQS's terms, appended at once. Nothing is ever taken out. */
export class Queue {
  readonly gate: Gate;
  /** Whether something is set aside here that could not be handed on. */
  takesDeadLetters = false;

  constructor(
    private readonly guarded: Guarded,
    /** How the file is shown: `queues/orders.jsonl`. */
    readonly shown: string,
    /** There is none before the first message. */
    readonly file: string,
  ) {
    this.gate = new Gate(guarded);
  }

  get arn(): string {
    return this.guarded.arn;
  }

  /** Takes a message from a service. @throws UndeliveredError when it may not send, or the file cannot be written. */
  send(sender: Service, message: QueueMessage): void {
    this.gate.require("sqs:SendMessage", sender);
    this.append(message);
  }

  /** Takes a message whose sender has been admitted. @throws UndeliveredError when the file cannot be written. */
  append({ body, attributes }: QueueMessage): void {
    const line = {
      MessageId: randomUUID(),
      SentTimestamp: String(Date.now()),
      Body: body,
      ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributesOf(attributes) }),
    };
    try {
      appendWhole(this.file, `${printableJson(line)}\n`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UndeliveredError(`${this.shown} cannot be written (${code})`, "SDK_CLIENT_ERROR");
    }
  }
}

function attributesOf(attributes: QueueMessage["attributes"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );
}

/** All of the text or nothing: a disk that fills up leaves no half of a line. A link is not followed. */
function appendWhole(file: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    const { size } = fstatSync(descriptor);
    const data = Buffer.from(text);
    try {
      for (let written = 0; written < data.length;) {
        written += writeSync(descriptor, data, written);
      }
    } catch (error) {
      ftruncateSync(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}
