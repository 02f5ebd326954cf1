import type { Connection, Session } from "ssh2";

/** What ssh2 keeps of a session channel that was opened and serves nothing yet; its public interface does not reach it. */
interface OpenedSession {
  _ending: boolean;
  readonly _channel: unknown;
  readonly _chanInfo: { readonly incoming: { readonly id: number }; readonly outgoing: { readonly id: number } };
}

interface Internals {
  readonly _protocol: { channelClose(channel: number): void };
  readonly _chanMgr: { remove(channel: number): void };
}

/**
 * Refuses a command and closes its channel, as OpenSSH does: clients that ask for no reply read until it ends.
 * @param reject Undefined when the client wants no reply.
 */
export function refuseCommand(connection: Connection, session: Session, reject: (() => void) | undefined): void {
  reject?.();
  const opened = session as unknown as OpenedSession;
  if (opened._channel === undefined && !opened._ending) {
    opened._ending = true;
    (connection as unknown as Internals)._protocol.channelClose(opened._chanInfo.outgoing.id);
  }
}

/** Forgets a session that has closed without ever serving anything; ssh2 would keep it as long as the connection. */
export function forgetUnused(connection: Connection, session: Session): void {
  const { _channel, _chanInfo } = session as unknown as OpenedSession;
  if (_channel === undefined) {
    (connection as unknown as Internals)._chanMgr.remove(_chanInfo.incoming.id);
  }
}
