import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createNetServer, type AddressInfo, type Server as NetServer, type Socket } from "node:net";
import { refusalOf, type Place } from "./admission";

/** Answers a request; what it throws is answered as a fault of the server. */
export type Route = (query: URLSearchParams, response: ServerResponse) => void;

const host = "127.0.0.1";

/** Some more than a browser opens for the few pages that may be connected. */
const connectionLimit = 64;

/** A connection on which nothing is asked or answered for so long is closed; not one that events are sent on. */
const idleMs = 30_000;

/** Holds a line of the log that is asked about, each of whose characters may take three. */
const headerBytes = 64 * 1024;

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
  private readonly listener: NetServer;
  private place: Place | undefined;

  private constructor(private readonly routes: Readonly<Record<string, Route>>) {
    const http = createServer({ maxHeaderSize: headerBytes }, (request, response) => this.answer(request, response));
    // An HTTP server that listens itself looks after its connections by a timer, also while there are none.
    this.listener = createNetServer({ noDelay: true }, (socket) => this.accept(socket, http));
    this.listener.maxConnections = connectionLimit;
  }

  /** @param routes By what follows the token in the address: `""` is the page itself. */
  static async open(routes: Readonly<Record<string, Route>>): Promise<LoopbackServer> {
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

  private accept(socket: Socket, http: Server): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
    socket.setTimeout(idleMs, () => socket.destroy());
    http.emit("connection", socket);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    Object.entries(protection).forEach(([name, value]) => response.setHeader(name, value));
    const refusal = refusalOf(request, this.place!);
    if (refusal !== undefined) {
      const allow = refusal.status === 405 ? { Allow: "GET" } : {};
      sendText(response, refusal.status, refusal.why, { ...allow, Connection: "close" });
      return;
    }
    const { pathname, searchParams } = new URL(request.url!, this.address);
    const name = pathname.split("/").slice(2).join("/");
    if (!Object.hasOwn(this.routes, name)) {
      sendText(response, 404, "there is nothing here");
      return;
    }
    try {
      this.routes[name]!(searchParams, response);
    } catch (error) {
      sendText(response, 500, `this cannot be shown: ${(error as Error).message}`);
    }
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
