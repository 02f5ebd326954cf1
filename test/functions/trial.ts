import { randomUUID } from "node:crypto";
import { awsPorts } from "../../functions/on-upload/aws";
import type { UploadEvent } from "../../functions/on-upload/event";
import { createHandler } from "../../functions/on-upload/handler";
import type { UploadHook } from "../../functions/on-upload/hook/signature";
import { environment, FakeAws } from "./fakeAws";
import { outputOf, type Line } from "./output";

/** The function with a topic and a table of its own, and a hook that writes down what it is given. */
export class Trial {
  readonly aws = new FakeAws();
  /** Events that the hook was called with. */
  readonly hooked: UploadEvent[] = [];
  private readonly handler;

  /** @param hook runs after the event is written down. */
  constructor(hook: UploadHook = () => Promise.resolve()) {
    this.handler = createHandler({
      ...awsPorts(environment, this.aws.clients),
      hook: async (event) => {
        this.hooked.push(event);
        await hook(event);
      },
    });
  }

  /** Runs one invocation; `error` is what Lambda would repeat it for. */
  invoke(input: unknown, remainingMs = 30_000): Promise<{ lines: Line[]; error?: unknown }> {
    return outputOf(() =>
      this.handler(input, { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => remainingMs }),
    );
  }

  /** The events that the topic has, in the order in which they came. */
  get announced(): UploadEvent[] {
    return this.aws.published.map(({ message }) => JSON.parse(message) as UploadEvent);
  }
}
