import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Publication } from "../delivery/shapes/notification";

/** How an invocation failed, as Lambda tells of it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** How an invocation ended: with what the handler returned, or with an error. */
export interface Outcome {
  readonly answer?: unknown;
  readonly error?: FunctionError;
}

/** What the function hands to its topic. */
type OutgoingMessage = Pick<Publication, "message" | "attributes">;

export interface FunctionProcessOptions {
  /** What the process runs: a module that hands the code's handler to `takeInvocations`. */
  readonly runtime: string;
  /** The function's code, an ES module. */
  readonly codeFile: string;
  /** All that the process sees of an environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Hears of each line that the function writes, to either stream. */
  readonly onLine: (line: string) => void;
  /** Throws when the topic does not take it. Absent where the runtime announces nothing. */
  readonly publish?: (announcement: OutgoingMessage) => void;
}

/** What the process sends: a message for the topic, or how far an invocation is. */
type Message =
  | { readonly publication: number; readonly announcement: OutgoingMessage }
  | { readonly begun: string }
  | ({ readonly ended: string } & Outcome);

interface Running {
  readonly requestId: string;
  limit: NodeJS.Timeout;
  readonly end: (outcome: Outcome) => void;
}

/**
 * What loading the code may take.
 * Source: AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle".
 */
const initSeconds = 10;

/** For how long the last words of an ended process are waited for: what it started may hold its output open. */
const lingeringMs = 1000;

/**
 * The process of a function: started at the first invocation, kept for the next ones, started anew after it crashed or was
 * ended for taking too long. It handles one invocation at a time.
 */
export class FunctionProcess {
  private child: ChildProcess | undefined;
  private running: Running | undefined;

  constructor(private readonly options: FunctionProcessOptions) {}

  /** Never rejects. */
  invoke(requestId: string, input: unknown): Promise<Outcome> {
    return new Promise((resolve) => {
      const timeoutMs = this.options.timeoutSeconds * 1000;
      const child = (this.child ??= this.start());
      this.running = {
        requestId,
        limit: setTimeout(() => this.timeOut(initSeconds), initSeconds * 1000),
        end: (outcome) => {
          clearTimeout(this.running?.limit);
          this.running = undefined;
          resolve(outcome);
        },
      };
      this.send(child, { requestId, input, timeoutMs });
    });
  }

  /** Ends the process, whatever it is doing. */
  async end(): Promise<void> {
    const { child } = this;
    if (child === undefined) {
      return;
    }
    const gone = once(child, "close");
    child.kill("SIGKILL");
    const limit = setTimeout(() => discard(child), lingeringMs);
    await gone;
    clearTimeout(limit);
  }

  private start(): ChildProcess {
    const { runtime, codeFile, environment, onLine } = this.options;
    const child = fork(runtime, [codeFile, String(process.pid)], {
      cwd: dirname(codeFile),
      env: environment,
      // Not the flags of this process, which load a compiler.
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child
      .on("message", (message) => this.hear(child, message as Message))
      .on("error", (error) => this.lose(child, error.message))
      .on("exit", (code, signal) => this.lose(child, signal === null ? `exit status ${code}` : `signal ${signal}`));
    giveWay(child);
    for (const stream of [child.stdout, child.stderr]) {
      // A process that could not be started has none.
      if (stream) {
        createInterface(stream).on("line", onLine);
      }
    }
    return child;
  }

  /** To a process that is not there any more nothing is sent: word of its end is on the way. */
  private send(child: ChildProcess, message: object): void {
    if (child.connected) {
      child.send(message, (error) => error && this.lose(child, error.message));
    }
  }

  private hear(child: ChildProcess, message: Message): void {
    if ("publication" in message) {
      const refusal = this.refusalOf(message.announcement);
      this.send(child, { publication: message.publication, refusal });
    } else if (child === this.child && this.running !== undefined) {
      if ("begun" in message) {
        const { timeoutSeconds } = this.options;
        clearTimeout(this.running.limit);
        this.running.limit = setTimeout(() => this.timeOut(timeoutSeconds), timeoutSeconds * 1000);
      } else {
        this.running.end(message.error === undefined ? { answer: message.answer } : { error: message.error });
      }
    }
  }

  private refusalOf(announcement: OutgoingMessage): string | undefined {
    try {
      this.options.publish?.(announcement);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  private timeOut(seconds: number): void {
    const { child, running } = this;
    this.child = undefined;
    discard(child);
    running?.end({
      error: {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${running.requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
      },
    });
  }

  /** The process is gone, or cannot be spoken to any more; what it was doing has failed. */
  private lose(child: ChildProcess, how: string): void {
    if (this.child !== child) {
      return;
    }
    this.child = undefined;
    setTimeout(() => discard(child), lingeringMs).unref();
    this.running?.end({
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: `RequestId: ${this.running.requestId} Error: Runtime exited with error: ${how}`,
      },
    });
  }
}

/** Ends a process at once. Its output is cut off too: what it started may still hold it, and would hold this process. */
function discard(child: ChildProcess | undefined): void {
  child?.kill("SIGKILL");
  child?.stdout?.destroy();
  child?.stderr?.destroy();
}

/** Sessions come first: on a small machine the function would take their time. */
function giveWay({ pid }: ChildProcess): void {
  try {
    setPriority(pid!, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not let us.
  }
}
