import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** The first line of a run with `--json`. */
export interface Ready {
  event: string;
  host: string;
  port: number;
  hostKeyFingerprint: string;
  /** Where the table is, where a function decides logins. */
  tableEndpoint?: string;
  /** The page's address, where there is one. */
  page?: string;
  tenants: { name: string; userName: string; privateKey: string }[];
}

/** One run of a command, with what it printed. */
export class Run {
  readonly lines: string[] = [];
  errors = "";
  private readonly ended: Promise<number | null>;
  private readonly waiting = new Set<() => void>();

  constructor(readonly child: ChildProcess) {
    createInterface(child.stdout!).on("line", (line) => {
      this.lines.push(line);
      this.waiting.forEach((check) => check());
    });
    child.stderr!.on("data", (chunk: Buffer) => (this.errors += String(chunk)));
    this.ended = new Promise((done) => child.once("close", done));
  }

  /** The first line, once it is there. */
  async ready(): Promise<Ready> {
    await this.until(() => this.lines.length > 0);
    return JSON.parse(this.lines[0]!) as Ready;
  }

  until(happened: () => boolean): Promise<void> {
    return new Promise((done, fail) => {
      const check = () => {
        if (happened()) {
          this.waiting.delete(check);
          done();
        }
      };
      this.waiting.add(check);
      check();
      void this.ended.then((code) => fail(new Error(`ended with ${code}: ${this.errors}${this.lines.join("\n")}`)));
    });
  }

  end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) {
      this.child.kill(signal);
    }
    return this.ended;
  }
}
