import { once } from "node:events";
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from "node:net";
import { Server, type ParsedKey } from "ssh2";
import { Clients, readNoFasterThanAnswersLeave, type ClientLimits } from "./clients";
import type { OfferedAlgorithms } from "./policyAlgorithms";
import { Connection, type ConnectionHost, type ConnectionLimits } from "./connection";

/** Some more than the fifty that work at once in the heaviest tests, and few enough for a process' descriptors and memory. */
export const clientLimits: ClientLimits = { ofUser: 128, ofAll: 512, halfOpen: 128 };

/** Idle time and sessions are the service's. Source: AWS Transfer Family User Guide, quotas. */
export const serviceLimits: ConnectionLimits = { loginSeconds: 30, refusals: 10, sessions: 10, idleSeconds: 1800 };

/** What clients are offered before they say who they are. */
export interface Greeting {
  readonly algorithms: OfferedAlgorithms;
  readonly banner: string | undefined;
}

export interface SshServerOptions extends Omit<ConnectionHost, "logIn" | "macs">, Greeting {
  /** Default: 128 of a user, 512 in all, 128 that are not logged in. */
  readonly clientLimits?: ClientLimits | undefined;
  readonly hostKeys: readonly ParsedKey[];
  readonly port: number;
}

export const host = "127.0.0.1";

/** Listens on loopback and hands each client that speaks SSH to a `Connection`. */
export class SshServer {
  private readonly clients: Clients;
  private ssh: Server;
  private readonly net: NetServer;

  constructor(private readonly options: SshServerOptions) {
    this.clients = new Clients(options.clientLimits ?? clientLimits);
    this.ssh = this.greeting(options);
    this.net = createServer((socket) => this.accept(socket));
  }

  /** Greets those who come from now on so. */
  greet(greeting: Greeting): void {
    this.ssh = this.greeting(greeting);
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
    for (const socket of this.clients.sockets()) {
      gone.push(once(socket, "close"));
      socket.destroy();
    }
    await Promise.all(gone);
  }

  private greeting({ algorithms, banner }: Greeting): Server {
    // ssh2 takes keys that are parsed already; its types do not say so.
    const hostKeys = this.options.hostKeys.map((key) => ({ key: key as unknown as string, passphrase: "" }));
    const macs = algorithms.hmac;
    const shown = banner === undefined ? {} : { banner };
    const ssh = new Server({ hostKeys, algorithms, ident: "sftp-gateway-local", ...shown });
    return ssh.on("connection", (client, info) => {
      const known = this.clients.speaking(info.ip, info.port);
      if (known === undefined) {
        client.end();
      } else {
        const logIn = (userName: string) => this.clients.logIn(known.socket, userName);
        new Connection(client, known.socket, info, { ...this.options, macs, logIn }, known.offer);
      }
    });
  }

  /** The sockets are ours and not ssh2's: what waits in them unsent bounds how much a session answers. */
  private accept(socket: Socket): void {
    this.clients.add(socket, this.options.limits.loginSeconds);
    socket.on("error", () => socket.destroy());
    // Answers are small and many: waiting to fill packets costs a round trip each.
    socket.setNoDelay(true);
    this.ssh.injectSocket(socket);
    readNoFasterThanAnswersLeave(socket);
  }
}
