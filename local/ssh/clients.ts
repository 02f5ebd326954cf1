import type { Socket } from "node:net";
import { Quota } from "../quota";
import { ClientOffer } from "./clientOffer";

/** How many clients there may be at a time. */
export interface ClientLimits {
  /** Logged in as one user. */
  readonly ofUser: number;
  /** Logged in. */
  readonly ofAll: number;
  /** Not logged in yet; one more, and the oldest of them is dropped. */
  readonly halfOpen: number;
}

/** Bytes that may wait in a socket for a client before nothing more is read from it; answers to SFTP stop earlier. */
const unsentLimit = 2 * 1024 * 1024;

/** A client from its first byte on. */
export interface Client {
  readonly socket: Socket;
  readonly offer: ClientOffer;
  /** Ends a client that does not even say which protocol it speaks. */
  readonly silence: NodeJS.Timeout;
}

/** The clients of a server. Those that are not logged in never take a place from those that are. */
export class Clients {
  private readonly byPeer = new Map<string, Client>();
  /** In the order in which they came. */
  private readonly halfOpen = new Set<Socket>();
  private readonly loggedIn: Quota;

  constructor(private readonly limits: ClientLimits) {
    this.loggedIn = new Quota(limits.ofUser, limits.ofAll);
  }

  /** @param silenceSeconds Until a client must have said which protocol it speaks. */
  add(socket: Socket, silenceSeconds: number): void {
    const peer = peerOf(socket.remoteAddress, socket.remotePort);
    const silence = setTimeout(() => socket.destroy(), silenceSeconds * 1000);
    this.byPeer.set(peer, { socket, offer: new ClientOffer(socket), silence });
    this.halfOpen.add(socket);
    socket.once("close", () => {
      clearTimeout(silence);
      this.byPeer.delete(peer);
      this.halfOpen.delete(socket);
    });
    const [oldest] = this.halfOpen;
    if (this.halfOpen.size > this.limits.halfOpen) {
      this.halfOpen.delete(oldest!);
      oldest!.destroy();
    }
  }

  /** The client at an address, once it speaks SSH. */
  speaking(ip: string, port: number): Client | undefined {
    const client = this.byPeer.get(peerOf(ip, port));
    clearTimeout(client?.silence);
    return client;
  }

  /** A client has logged in. @returns False when there is no room for another one of the user. */
  logIn(socket: Socket, userName: string): boolean {
    const release = this.loggedIn.take(userName);
    if (release === undefined) {
      return false;
    }
    this.halfOpen.delete(socket);
    socket.once("close", release);
    return true;
  }

  sockets(): Socket[] {
    return [...this.byPeer.values()].map(({ socket }) => socket);
  }
}

/**
 * Reads no more from a client that does not take what is sent to it: below SFTP, SSH answers requests that cost a client
 * nothing. To be called after whoever reads the socket has been attached, so that a piece is answered before this looks.
 */
export function readNoFasterThanAnswersLeave(socket: Socket): void {
  socket
    .on("data", () => {
      if (socket.writableLength > unsentLimit) {
        socket.pause();
      }
    })
    .on("drain", () => socket.resume());
}

function peerOf(address: string | undefined, port: number | undefined): string {
  return `${address}:${port}`;
}
