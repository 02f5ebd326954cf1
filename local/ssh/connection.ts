import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type * as ssh2 from "ssh2";
import type { LogEvent } from "../journal/event";
import type { IdentityProvider } from "../logins/identityProvider";
import type { ServedUser } from "../service/users";
import { SftpSession } from "../sftp/session";
import type { RequestHandler } from "../sftp/requestHandler";
import { Authentication, type Verdict } from "./authentication";
import { fingerprintOf } from "./sshKey";

/** Bounds of one connection. */
export interface ConnectionLimits {
  /** Until the client has logged in. */
  readonly loginSeconds: number;
  /** Keys and passwords that a client may offer before it must have found the right one. */
  readonly refusals: number;
  readonly sessions: number;
  /** Without a request, as at the service. */
  readonly idleSeconds: number;
}

/** What tells one session from another. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly sourceIp: string;
}

/** What a connection needs of the gateway around it. */
export interface ConnectionHost {
  readonly provider: IdentityProvider;
  readonly limits: ConnectionLimits;
  /** ARN of the server, which every line of its log names. */
  readonly resourceArn: string;
  log(event: LogEvent): void;
  requestHandler(user: ServedUser, session: SessionFacts, report: (event: LogEvent) => void): RequestHandler;
}

/** One client, from its first byte to its last. */
export class Connection {
  private readonly id = randomBytes(8).toString("hex");
  private readonly sessions = new Set<SftpSession>();
  private openChannels = 0;
  private readonly authentication: Authentication;
  private refusals = 0;
  private refused: { readonly user: string; readonly method: string; readonly message: string } | undefined;
  private user: ServedUser | undefined;
  private negotiated: ssh2.NegotiatedAlgorithms | undefined;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly ssh: ssh2.Connection,
    private readonly socket: Socket,
    private readonly info: ssh2.ClientInfo,
    private readonly host: ConnectionHost,
  ) {
    this.authentication = new Authentication(host.provider, info.ip);
    this.timer = this.closeAfter(host.limits.loginSeconds);
    ssh
      .on("handshake", (negotiated) => (this.negotiated ??= negotiated))
      .on("authentication", (context) => void this.authenticate(context))
      .on("session", (accept, reject) => this.openSession(accept, reject))
      // A broken client ends its own connection; the close that follows is what matters here.
      .on("error", () => socket.destroy())
      .on("close", () => this.closed());
  }

  private async authenticate(context: ssh2.AuthContext): Promise<void> {
    // Clients begin with this to learn which methods there are.
    if (context.method === "none") {
      return context.reject(this.authentication.methods);
    }
    const verdict = await this.authentication.judge(context);
    // Who has left meanwhile needs no answer.
    if (!this.socket.destroyed) {
      this.answer(context, verdict);
    }
  }

  private answer(context: ssh2.AuthContext, verdict: Verdict): void {
    switch (verdict.kind) {
      case "refused":
        return this.refuse(context, verdict.reason);
      case "half":
        this.refused = { user: context.username, method: "password", message: "none came after the key" };
        return context.reject(this.authentication.methods, true);
      case "logged-in":
        this.logIn(verdict.user, verdict.key);
        return context.accept();
      case "key-would-do":
        return context.accept();
    }
  }

  private refuse(context: ssh2.AuthContext, message: string): void {
    this.refused = { user: context.username, method: context.method, message };
    this.refusals += 1;
    if (this.refusals >= this.host.limits.refusals) {
      this.ssh.end();
    } else {
      context.reject(this.authentication.methods);
    }
  }

  private logIn(user: ServedUser, key: ssh2.ParsedKey | undefined): void {
    this.user = user;
    clearTimeout(this.timer);
    this.timer = this.closeAfter(this.host.limits.idleSeconds);
    const { negotiated } = this;
    this.report({
      "activity-type": "CONNECTED",
      role: user.roleArn,
      "home-dir": user.home,
      "source-ip": this.info.ip,
      client: `SSH-${this.info.header.versions.protocol}-${this.info.header.versions.software}`,
      ciphers: `${String(negotiated?.cs.cipher)},${String(negotiated?.sc.cipher)}`,
      kex: String(negotiated?.kex),
      ...(key && {
        "ssh-public-key-type": key.type,
        "ssh-public-key-fingerprint": fingerprintOf(key.getPublicSSH()),
      }),
    });
  }

  private openSession(accept: () => ssh2.Session, reject: () => void): void {
    if (this.openChannels >= this.host.limits.sessions) {
      return reject();
    }
    this.openChannels += 1;
    accept()
      .on("subsystem", (acceptSubsystem, rejectSubsystem, { name }) => {
        // Taken as a plain channel: ssh2's own SFTP layer has no back-pressure and cannot send an exit status.
        if (name === "sftp") {
          this.serve(acceptSubsystem());
        } else {
          rejectSubsystem();
        }
      })
      .on("close", () => (this.openChannels -= 1));
  }

  private serve(channel: ssh2.ServerChannel): void {
    const facts = { sessionId: this.id, sourceIp: this.info.ip };
    const handler = this.host.requestHandler(this.user!, facts, (activity) => this.report(activity));
    const session = new SftpSession(channel, this.socket, handler, () => this.timer.refresh());
    this.sessions.add(session);
    const end = () => {
      session.end();
      this.sessions.delete(session);
    };
    channel
      .on("end", () => {
        end();
        // Without a status `scp` reports an error and `sftp` waits for ever.
        channel.exit(0);
        channel.end();
      })
      .on("close", end)
      .on("error", end);
  }

  private closed(): void {
    clearTimeout(this.timer);
    for (const session of this.sessions) {
      session.end();
    }
    if (this.user !== undefined) {
      this.report({ "activity-type": "DISCONNECTED" });
    } else if (this.refused !== undefined) {
      this.report({ "activity-type": "AUTH_FAILURE", ...this.refused, "source-ip": this.info.ip });
    }
  }

  private closeAfter(seconds: number): NodeJS.Timeout {
    return setTimeout(() => this.socket.destroy(), seconds * 1000);
  }

  private report(activity: LogEvent): void {
    this.host.log({
      ...(this.user === undefined ? {} : { user: this.user.userName }),
      ...activity,
      "resource-arn": this.host.resourceArn,
      "session-id": this.id,
    });
  }
}
