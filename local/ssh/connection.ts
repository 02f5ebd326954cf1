import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type * as ssh2 from "ssh2";
import { fingerprintOf } from "../../tenancy/fingerprint";
import type { LogEvent } from "../journal/event";
import type { IdentityProvider } from "../logins/identityProvider";
import type { ServedUser } from "../service/users";
import { SftpSession } from "../sftp/session";
import type { RequestHandler } from "../sftp/requestHandler";
import { Authentication, type Verdict } from "./authentication";
import type { ClientOffer } from "./clientOffer";
import { forgetUnused, refuseCommand } from "./sessionChannel";

/** Bounds of one connection. */
export interface ConnectionLimits {
  /** Until the client has logged in. */
  readonly loginSeconds: number;
  /** Keys that a client may offer before it must have found the right one. */
  readonly refusals: number;
  readonly sessions: number;
  /** Without a request, as at the service. */
  readonly idleSeconds: number;
}

type Refusal = Extract<Verdict, { readonly kind: "refused" | "unjudged" }>;

/** What a client has tried last, which was refused. */
interface Attempted {
  readonly user: string;
  readonly method: string;
  /** Fingerprints of the keys that it has offered. */
  readonly keys: string[];
  readonly refusal?: Refusal;
}

/** What tells one session from another. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly sourceIp: string;
}

/** What a connection needs of the gateway around it. */
export interface ConnectionHost {
  readonly provider: IdentityProvider;
  /** Why nobody can log in under a name that is no user's; undefined for a user's. */
  readonly unknownLogin: (name: string) => string | undefined;
  readonly limits: ConnectionLimits;
  /** ARN of the server, which every line of its log names. */
  readonly resourceArn: string;
  /** The MACs of the deployed security policy. */
  readonly macs: readonly string[];
  log(event: LogEvent): void;
  /** Takes a place for one who has logged in; false when there is none. */
  logIn(userName: string): boolean;
  requestHandler(user: ServedUser, session: SessionFacts, report: (event: LogEvent) => void): RequestHandler;
}

/** Ciphers that authenticate by themselves need no MAC here; RFC 4253, section 7.1, ends a connection without a common one. */
const noMacInCommon =
  "it has no MAC of the security policy, and its cipher needs none; whether AWS lets it in is not known";

/** One client, from its first byte to its last. */
export class Connection {
  private readonly id = randomBytes(8).toString("hex");
  private readonly sessions = new Set<SftpSession>();
  private openChannels = 0;
  private refusals = 0;
  private crowded = false;
  private attempted: Attempted | undefined;
  private readonly authentication: Authentication;
  private user: ServedUser | undefined;
  private negotiated: ssh2.NegotiatedAlgorithms | undefined;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly ssh: ssh2.Connection,
    private readonly socket: Socket,
    private readonly info: ssh2.ClientInfo,
    private readonly host: ConnectionHost,
    private readonly offer: ClientOffer,
  ) {
    this.authentication = new Authentication(host.provider, info.ip);
    this.timer = this.closeAfter(host.limits.loginSeconds);
    ssh
      .on("handshake", (negotiated) => (this.negotiated ??= negotiated))
      .on("authentication", (context) => void this.authenticate(context))
      .on("session", (accept, reject) => this.openSession(accept, reject))
      .on("error", (error) => this.broken(error))
      .on("close", () => this.closed());
  }

  private async authenticate(context: ssh2.AuthContext): Promise<void> {
    // Clients begin with this to learn which methods there are.
    if (context.method === "none") {
      this.attempted ??= { user: context.username, method: context.method, keys: [] };
      return context.reject(this.authentication.methods);
    }
    const verdict = await this.authentication.judge(context);
    // Who has left meanwhile needs no answer.
    if (!this.socket.destroyed) {
      this.answer(context, verdict);
    }
  }

  private answer(context: ssh2.AuthContext, verdict: Verdict): void {
    const { username: user } = context;
    switch (verdict.kind) {
      case "refused":
      case "unjudged":
        return this.refuse(context, verdict);
      case "half":
        this.attempted = { user, method: "password", keys: [] };
        return context.reject(this.authentication.methods, true);
      case "key-would-do":
        return context.accept();
      case "logged-in":
        if (!this.host.logIn(user)) {
          this.attempted = { user, method: context.method, keys: [] };
          this.crowded = true;
          this.ssh.end();
          return;
        }
        this.logIn(verdict.user, verdict.key);
        return context.accept();
    }
  }

  private refuse(context: ssh2.AuthContext, refusal: Refusal): void {
    const { username: user, method } = context;
    const keys = this.attempted?.user === user ? this.attempted.keys : [];
    if (method === "publickey") {
      keys.push(fingerprintOf(context.key.data));
    }
    this.attempted = { user, method, keys, refusal };
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
      ...(this.offer.hasNoneOf(this.host.macs) && { note: noMacInCommon }),
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
    const session = accept();
    const refuse = (operation: string, what: string, reply: (() => void) | undefined) => {
      this.report({ "activity-type": "ERROR", operation, path: what, message: "only SFTP is served" });
      refuseCommand(this.ssh, session, reply);
    };
    session
      .on("exec", (_, reply, { command }) => refuse("EXEC", command, reply))
      .on("shell", (_, reply) => refuse("SHELL", "-", reply))
      .on("subsystem", (acceptSubsystem, rejectSubsystem, { name }) => {
        // Taken as a plain channel: ssh2's own SFTP layer has no back-pressure and cannot send an exit status.
        if (name === "sftp") {
          this.serve(acceptSubsystem());
        } else {
          refuse("SUBSYSTEM", name, rejectSubsystem);
        }
      })
      .on("close", () => {
        this.openChannels -= 1;
        forgetUnused(this.ssh, session);
      });
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

  /** A broken client ends its own connection, and is told of where no login could tell of it. */
  private broken(error: Error & ssh2.ClientErrorExtensions): void {
    if (error.level === "handshake") {
      const message = error.message.replace(/^Handshake failed: /, "");
      const had = this.offer.of(message);
      this.report({
        "activity-type": "KEX_FAILURE",
        "source-ip": this.info.ip,
        kex: this.offer.kex ?? "",
        message: had === undefined ? message : `${message}; the client has ${had}`,
      });
    }
    this.socket.destroy();
  }

  private closed(): void {
    clearTimeout(this.timer);
    for (const session of this.sessions) {
      session.end();
    }
    if (this.user !== undefined) {
      this.report({ "activity-type": "DISCONNECTED" });
    } else if (this.attempted !== undefined) {
      const { user, method, keys } = this.attempted;
      this.report({
        "activity-type": "AUTH_FAILURE",
        user,
        method,
        "source-ip": this.info.ip,
        ...(keys.length > 0 && { "ssh-public-key-fingerprint": keys.join(", ") }),
        ...this.whyNot(this.attempted),
      });
    }
  }

  /** With the reason itself where the documents have no say. */
  private whyNot({ user, keys, refusal }: Attempted): { readonly message: string; readonly reason?: string } {
    const methods = this.authentication.methods.join(" and no ").replace("publickey", "key");
    const beyond =
      (this.crowded ? "too many connections of this user, or in all" : this.host.unknownLogin(user)) ??
      (refusal?.kind === "unjudged" ? refusal.reason : undefined) ??
      (keys.length === 0 && refusal?.reason === undefined ? `the client offered no ${methods}` : undefined);
    return beyond === undefined
      ? { message: refusal?.reason ?? `not its key: ${keys.join(", ")}` }
      : { message: beyond, reason: beyond };
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
