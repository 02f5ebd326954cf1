import type { ServerResponse } from "node:http";

/** Pages that may be open at once; each costs its own copy of what is on its way. */
const viewerLimit = 8;

/** What may wait for a page that does not keep up; what comes then is missed, and the page is told how much. */
const waitingBytes = 1024 * 1024;

/** The open pages, which are told what happens as server-sent events (WHATWG HTML, section 9.2). */
export class Viewers {
  private readonly connected = new Set<Viewer>();
  private unwatch: (() => void) | undefined;

  /** @param watch Begins to listen, for the first of them; what it returns ends that, after the last. */
  constructor(private readonly watch: () => () => void) {}

  /** @param beginning What a new one is told first; nothing happens between that and what it is told next. */
  add(response: ServerResponse, beginning: () => unknown): void {
    if (this.connected.size >= viewerLimit) {
      response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`${viewerLimit} pages are open already\n`);
      return;
    }
    const viewer = new Viewer(response, beginning());
    response.once("close", () => this.remove(viewer));
    this.connected.add(viewer);
    this.unwatch ??= this.watch();
  }

  /** @param value Undefined: there is nothing to be told. */
  tell(event: string, value: unknown): void {
    if (value === undefined) {
      return;
    }
    const text = messageOf(event, value);
    this.connected.forEach((viewer) => viewer.tell(text));
  }

  private remove(viewer: Viewer): void {
    this.connected.delete(viewer);
    if (this.connected.size === 0) {
      this.unwatch?.();
      this.unwatch = undefined;
    }
  }
}

class Viewer {
  private missed = 0;

  constructor(
    private readonly response: ServerResponse,
    beginning: unknown,
  ) {
    // Nothing may happen for hours.
    response.socket?.setTimeout(0);
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
    response.on("drain", () => this.tellWhatIsMissed());
    response.write(`retry: 1000\n\n${messageOf("beginning", beginning)}`);
  }

  tell(text: string): void {
    if (this.response.writableLength > waitingBytes) {
      this.missed += 1;
    } else {
      this.response.write(text);
    }
  }

  private tellWhatIsMissed(): void {
    const { missed } = this;
    if (missed > 0) {
      this.missed = 0;
      this.response.write(messageOf("missed", missed));
    }
  }
}

/** JSON has no line break, so it is one line of data. */
function messageOf(event: string, value: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
}
