import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createNetServer, type AddressInfo, type Server as NetServer, type Socket } from "node:net";
import { refusalOf, type Place } from "./admission";
import { Pace } from "./pace";

/** Answers a request; what it throws is answered as a fault of the server. */
export type Route = (query: URLSearchParams, response: ServerResponse) => void;

/** What is asked of the server by name. */
export interface Routes {
  /** Answered at once. `""` is the page itself. */
  readonly atOnce: Readonly<Record<string, Route>>;
  /** Has to be worked out, one after the other, at a pace that leaves time to everything else. */
  readonly inTurn: Readonly<Record<string, Route>>;
}

const host = "127.0.0.1";

/** Some more than a browser opens for the few pages that may be connected. */
const connectionLimit = 64;

/** How long whoever connects may take to ask what it may ask. */
const patienceMs = 10_000;

/** A connection on which nothing is asked or answered for so long is closed; not one that events are sent on. */
const idleMs = 30_000;

/** Holds a line of the log that is asked about: five values of 2,048 characters, each of which may take nine in an address. */
const headerBytes = 128 * 1024;

/** The page may load its own files and ask its own server; no text can become markup or code, and no frame can hold it. */
const protection = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** An HTTP server for a browser on this machine, which answers GET alone, below an address that nobody can guess. */
export class LoopbackServer {
  private readonly sockets = new Set<Socket>();
  /** Those of them that have not shown the token yet, the oldest first, with what ends them. */
  private readonly strangers = new Map<Socket, NodeJS.Timeout>();
  private readonly pace = new Pace();
  private readonly listener: NetServer;
  private place: Place | undefined;

  private constructor(private readonly routes: Routes) {
    const http = createServer({ maxHeaderSize: headerBytes }, (request, response) => this.answer(request, response));
    // An HTTP server that listens itself looks after its connections by a timer, also while there are none.
    this.listener = createNetServer({ noDelay: true }, (socket) => this.accept(socket, http));
  }

  /** @param routes By what follows the token in the address. */
  static async open(routes: Routes): Promise<LoopbackServer> {
    const server = new LoopbackServer(routes);
    server.listener.listen(0, host);
    await once(server.listener, "listening");
    const { port } = server.listener.address() as AddressInfo;
    server.place = { authority: `${host}:${port}`, token: randomBytes(24).toString("base64url") };
    return server;
  }

  get address(): string {
    return `http://${this.place?.authority}/${this.place?.token}/`;
  }

  /** Drops every connection. */
  async close(): Promise<void> {
    const closed = once(this.listener, "close");
    this.listener.close();
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  /** A stranger makes room for whoever comes: another user of the machine may open as many connections as it likes. */
  private accept(socket: Socket, http: Server): void {
    if (this.sockets.size >= connectionLimit) {
      const [oldest = socket] = this.strangers.keys();
      this.forget(oldest);
      oldest.destroy();
    }
    if (socket.destroyed) {
      return;
    }
    this.sockets.add(socket);
    this.strangers.set(
      socket,
      setTimeout(() => socket.destroy(), patienceMs),
    );
    socket.once("close", () => this.forget(socket));
    socket.setTimeout(idleMs, () => socket.destroy());
    http.emit("connection", socket);
  }

  private forget(socket: Socket): void {
    this.welcome(socket);
    this.sockets.delete(socket);
  }

  private welcome(socket: Socket): void {
    clearTimeout(this.strangers.get(socket));
    this.strangers.delete(socket);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    Object.entries(protection).forEach(([name, value]) => response.setHeader(name, value));
    const refusal = refusalOf(request, this.place!);
    if (refusal !== undefined) {
      const allow = refusal.status === 405 ? { Allow: "GET" } : {};
      sendText(response, refusal.status, refusal.why, { ...allow, Connection: "close" });
      return;
    }
    this.welcome(request.socket);
    const { pathname, searchParams } = new URL(request.url!, this.address);
    const [, , ...names] = pathname.split("/");
    const name = names.join("/");
    const { atOnce, inTurn } = this.routes;
    if (names.length === 0) {
      // What makes a link of the address in a terminal may leave out the slash at its end, without which no file is found.
      sendText(response, 308, "the page is below this", { Location: this.address });
    } else if (Object.hasOwn(atOnce, name)) {
      answerBy(atOnce[name]!, searchParams, response);
    } else if (Object.hasOwn(inTurn, name)) {
      this.pace.take(() => answerBy(inTurn[name]!, searchParams, response));
    } else {
      sendText(response, 404, "there is nothing here");
    }
  }
}

function answerBy(route: Route, query: URLSearchParams, response: ServerResponse): void {
  if (response.destroyed) {
    return;
  }
  try {
    route(query, response);
  } catch (error) {
    sendText(response, 500, `this cannot be shown: ${(error as Error).message}`);
  }
}

/** Answers with a value. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.end(JSON.stringify(value));
}

function sendText(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
  response.end(`${text}\n`);
}
