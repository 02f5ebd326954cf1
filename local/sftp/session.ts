import type { Duplex } from "node:stream";
import { Framing } from "./framing";
import { MalformedPacketError, PacketReader } from "./packetReader";
import { packetType } from "./protocol";
import { readRequest } from "./request";
import type { RequestHandler } from "./requestHandler";
import { versionResponse } from "./response";
import { turnMs } from "../turns";

/** Bytes that may wait for a slow client before its further requests are left unread. */
const unsentLimit = 1024 * 1024;

/**
 * One SFTP session on a channel. Requests are answered in order and as they come; when the client does not take the
 * answers, no further request is read, so neither answers nor requests pile up here.
 */
export class SftpSession {
  private readonly framing = new Framing();
  private begun = false;
  private ended = false;

  constructor(
    private readonly channel: Duplex,
    /** The connection below the channel: what it could not send yet counts against the session too. */
    private readonly outlet: Duplex,
    private readonly handler: RequestHandler,
    private readonly onActivity: () => void,
  ) {
    channel.on("data", (chunk: Buffer) => {
      this.framing.add(chunk);
      this.work();
    });
  }

  /** The client left, or broke the protocol. What it had open is closed. */
  end(): void {
    if (!this.ended) {
      this.ended = true;
      this.handler.abandon();
    }
  }

  /** Answers what has arrived. @returns Whether more may come; else it goes on by itself later. */
  private work(): boolean {
    const turnEnds = performance.now() + turnMs;
    try {
      while (!this.ended && !this.waitsForClient()) {
        if (performance.now() > turnEnds) {
          this.letOthersWork();
          return false;
        }
        const packet = this.framing.next();
        if (packet === undefined) {
          return true;
        }
        this.onActivity();
        this.channel.write(this.answer(packet));
      }
    } catch (error) {
      if (!(error instanceof MalformedPacketError)) {
        throw error;
      }
      this.end();
      this.channel.destroy();
    }
    return false;
  }

  private letOthersWork(): void {
    this.channel.pause();
    setImmediate(() => this.goOn());
  }

  private answer(packet: Buffer): Buffer {
    if (this.begun) {
      return this.handler.answer(readRequest(packet));
    }
    const fields = new PacketReader(packet);
    if (fields.uint8() !== packetType.init || fields.uint32() < 3) {
      throw new MalformedPacketError();
    }
    this.begun = true;
    return versionResponse();
  }

  private waitsForClient(): boolean {
    const channelFull = this.channel.writableNeedDrain;
    if (!channelFull && this.outlet.writableLength < unsentLimit) {
      return false;
    }
    this.channel.pause();
    (channelFull ? this.channel : this.outlet).once("drain", () => this.goOn());
    return true;
  }

  /** What has arrived comes first: a channel that is resumed may end, and the session with it. */
  private goOn(): void {
    if (this.work()) {
      this.channel.resume();
    }
  }
}
