import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { FunctionError, FunctionProcess } from "../../function/functionProcess";
import type { About } from "../about";
import type { DeadLetters } from "../deadLetters";
import type { ReportDelivery } from "../event";
import { Gate, type Guarded } from "../gate";
import type { Service } from "../service";
import type { Queue } from "../queue";
import { invocationRecord, type GivenUp } from "../shapes/invocationRecord";
import { UndeliveredError } from "../undelivered";

/** Events that may wait for a function; Lambda keeps more, but not in the memory of one process. */
export const waitingLimit = 10_000;

export interface FunctionPlan {
  /** The logical name. */
  readonly name: string;
  readonly guarded: Guarded;
  readonly process: Pick<FunctionProcess, "invoke" | "end">;
  /** Beyond the first attempt. */
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  readonly retryDelaysMs: readonly number[];
  readonly deadLetters: DeadLetters;
  /** Puts a record into the destination for failures, if the function's role may. */
  readonly sendRecord: (queue: Queue, record: string) => void;
}

interface Waiting {
  readonly requestId: string;
  readonly input: unknown;
  readonly about: About;
  readonly since: number;
  attempts: number;
}

/** A function that is invoked asynchronously: events wait their turn, failed ones are repeated, then set aside. */
export class LambdaFunction {
  private readonly gate: Gate;
  private readonly waiting: Waiting[] = [];
  private readonly repetitions = new Set<NodeJS.Timeout>();
  private working = false;
  private ended = false;
  private readonly whenIdle: (() => void)[] = [];

  constructor(
    private readonly plan: FunctionPlan,
    private readonly report: ReportDelivery,
  ) {
    this.gate = new Gate(plan.guarded);
  }

  get name(): string {
    return this.plan.name;
  }

  /** Accepts an event from a service. @throws UndeliveredError when it may not invoke, or too many events wait. */
  invoke(invoker: Service, input: unknown, about: About): void {
    this.gate.require("lambda:InvokeFunction", invoker);
    if (this.unfinished >= waitingLimit) {
      throw new UndeliveredError(`${waitingLimit} events wait for ${this.plan.guarded.label} already`, "THROTTLING");
    }
    this.enqueue({ requestId: randomUUID(), input, about, since: Date.now(), attempts: 0 });
  }

  /** Ends the process once nothing waits any more, or the time is up; the shorter time counts where it is told twice. */
  async end(graceMs: number): Promise<void> {
    if (this.unfinished > 0) {
      const idle = new Promise<void>((resolve) => this.whenIdle.push(resolve));
      await Promise.race([idle, delay(graceMs, undefined, { ref: false })]);
    }
    const invocations = this.unfinished;
    this.ended = true;
    this.waiting.length = 0;
    this.repetitions.forEach(clearTimeout);
    this.repetitions.clear();
    await this.plan.process.end();
    if (invocations > 0) {
      this.report({ event: "unfinished", function: this.name, invocations });
    }
  }

  /** Invocations that wait, run, or will be repeated. */
  private get unfinished(): number {
    return this.waiting.length + this.repetitions.size + Number(this.working);
  }

  private enqueue(invocation: Waiting): void {
    this.waiting.push(invocation);
    if (!this.working) {
      void this.work();
    }
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      next.attempts += 1;
      const { error } = await this.plan.process.invoke(next.requestId, next.input);
      if (error !== undefined && !this.ended) {
        this.fail(next, error);
      }
    }
    this.working = false;
    if (this.unfinished === 0) {
      this.whenIdle.forEach((tell) => tell());
    }
  }

  private fail(invocation: Waiting, error: FunctionError): void {
    const { retries, maximumAgeSeconds } = this.plan;
    const { attempts, about, since } = invocation;
    const delayMs = this.plan.retryDelaysMs[attempts - 1] ?? 0;
    if (attempts > retries) {
      return this.giveUp(invocation, "RetriesExhausted", error);
    }
    if (Date.now() + delayMs - since > maximumAgeSeconds * 1000) {
      return this.giveUp(invocation, "EventAgeExceeded", error);
    }
    this.report({
      event: "retry",
      function: this.name,
      ...about,
      attempt: attempts,
      attempts: retries + 1,
      error: messageOf(error),
      seconds: delayMs / 1000,
    });
    const repetition = setTimeout(() => {
      this.repetitions.delete(repetition);
      this.enqueue(invocation);
    }, delayMs);
    this.repetitions.add(repetition);
  }

  private giveUp(invocation: Waiting, condition: GivenUp["condition"], error: FunctionError): void {
    const { attempts, about } = invocation;
    const { guarded, deadLetters, sendRecord } = this.plan;
    const record = invocationRecord({ ...invocation, functionArn: guarded.arn, condition, error });
    const reason = `failed ${attempts === 1 ? "once" : `${attempts} times`}: ${messageOf(error)}`;
    deadLetters.put(about, reason, (queue) => sendRecord(queue, JSON.stringify(record)));
  }
}

function messageOf({ errorType, errorMessage }: FunctionError): string {
  return `${errorType}: ${errorMessage}`;
}
