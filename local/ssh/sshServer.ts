import { once } from "node:events";
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from "node:net";
import { Server, type Algorithms, type ParsedKey } from "ssh2";
import { ClientOffer } from "./clientOffer";
import { Connection, type ConnectionHost, type ConnectionLimits } from "./connection";

/** Connections at a time; a further one is closed at once. */
const connectionLimit = 256;

/** Idle time and sessions are the service's. Source: AWS Transfer Family User Guide, quotas. */
export const serviceLimits: ConnectionLimits = { loginSeconds: 30, refusals: 10, sessions: 10, idleSeconds: 1800 };

export interface SshServerOptions extends ConnectionHost {
  readonly hostKeys: readonly ParsedKey[];
  readonly algorithms: Algorithms;
  readonly banner: string | undefined;
  readonly port: number;
}

export const host = "127.0.0.1";

interface Client {
  readonly socket: Socket;
  readonly offer: ClientOffer;
  /** Ends a client that does not even say which protocol it speaks. */
  readonly silence: NodeJS.Timeout;
}

/** Listens on loopback and hands each client that speaks SSH to a `Connection`. */
export class SshServer {
  private readonly clients = new Map<string, Client>();
  private readonly ssh: Server;
  private readonly net: NetServer;

  constructor(private readonly options: SshServerOptions) {
    const { algorithms } = options;
    const banner = options.banner === undefined ? {} : { banner: options.banner };
    // ssh2 takes keys that are parsed already; its types do not say so.
    const hostKeys = options.hostKeys.map((key) => ({ key: key as unknown as string, passphrase: "" }));
    this.ssh = new Server({ hostKeys, algorithms, ident: "sftp-gateway-local", ...banner });
    this.ssh.on("connection", (client, info) => {
      const known = this.clients.get(peerOf(info.ip, info.port));
      if (known === undefined) {
        client.end();
      } else {
        clearTimeout(known.silence);
        new Connection(client, known.socket, info, options, known.offer);
      }
    });
    this.net = createServer((socket) => this.accept(socket));
    this.net.maxConnections = connectionLimit;
  }

  /** The port that is listened on. */
  async listen(): Promise<number> {
    this.net.listen(this.options.port, host);
    await once(this.net, "listening");
    return (this.net.address() as AddressInfo).port;
  }

  /** Stops listening and drops every client; resolves when all are gone. */
  async close(): Promise<void> {
    const gone = [once(this.net, "close")];
    this.net.close();
    for (const { socket } of this.clients.values()) {
      gone.push(once(socket, "close"));
      socket.destroy();
    }
    await Promise.all(gone);
  }

  /** The sockets are ours and not ssh2's: what waits in them unsent bounds how much a session answers. */
  private accept(socket: Socket): void {
    const peer = peerOf(socket.remoteAddress, socket.remotePort);
    const silence = setTimeout(() => socket.destroy(), this.options.limits.loginSeconds * 1000);
    this.clients.set(peer, { socket, offer: new ClientOffer(socket), silence });
    socket.once("close", () => {
      clearTimeout(silence);
      this.clients.delete(peer);
    });
    socket.on("error", () => socket.destroy());
    // Answers are small and many: waiting to fill packets costs a round trip each.
    socket.setNoDelay(true);
    this.ssh.injectSocket(socket);
  }
}

function peerOf(address: string | undefined, port: number | undefined): string {
  return `${address}:${port}`;
}
