import type { FileAttributes } from "../files/clientFiles";
import { longName } from "./longName";
import { attributeFlag, dataLimit, packetType, type StatusCode } from "./protocol";

/** Bytes of a packet before its payload: length, type, request id. */
const headLength = 9;

/** Where the content begins in a packet of data. */
export const dataStart = headLength + 4;

/** The answer to INIT: version 3, and the one extension that clients use to send larger pieces. */
export function versionResponse(): Buffer {
  const payload = Buffer.concat([uint32(3), text("limits@openssh.com"), text("1")]);
  return Buffer.concat([uint32(payload.length + 1), Buffer.from([packetType.version]), payload]);
}

export function statusResponse(id: number, code: StatusCode, message: string): Buffer {
  return packet(packetType.status, id, uint32(code), text(message), text(""));
}

export function handleResponse(id: number, handle: number): Buffer {
  return packet(packetType.handle, id, uint32(4), uint32(handle));
}

/** @param response Has the content from `dataStart` on; the rest is filled in. */
export function finishDataResponse(response: Buffer, id: number): Buffer {
  response.writeUInt32BE(response.length - 4, 0);
  response[4] = packetType.data;
  response.writeUInt32BE(id, 5);
  response.writeUInt32BE(response.length - dataStart, headLength);
  return response;
}

export function attributesResponse(id: number, attributes: FileAttributes): Buffer {
  return packet(packetType.attrs, id, attributeBytes(attributes));
}

export function namesResponse(id: number, entries: readonly { name: string; attributes: FileAttributes }[]): Buffer {
  const lines = entries.map(({ name, attributes }) =>
    Buffer.concat([text(name), text(longName(name, attributes)), attributeBytes(attributes)]),
  );
  return packet(packetType.name, id, uint32(entries.length), ...lines);
}

/** The answer to REALPATH: a name without attributes. */
export function pathResponse(id: number, path: string): Buffer {
  return packet(packetType.name, id, uint32(1), text(path), text(path), uint32(0));
}

/** The answer to `limits@openssh.com`: largest packet, READ and WRITE, and open handles. */
export function limitsResponse(id: number, handleLimit: number): Buffer {
  const limits = [dataLimit + 1024, dataLimit, dataLimit, handleLimit].map((limit) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(limit));
    return bytes;
  });
  return packet(packetType.extendedReply, id, ...limits);
}

function attributeBytes({ kind, size, modified }: FileAttributes): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32BE(attributeFlag.size | attributeFlag.owner | attributeFlag.permissions | attributeFlag.times, 0);
  bytes.writeBigUInt64BE(BigInt(size), 4);
  // Owner and group stay 0: S3 knows neither.
  bytes.writeUInt32BE(modeOf(kind), 20);
  bytes.writeUInt32BE(modified, 24);
  bytes.writeUInt32BE(modified, 28);
  return bytes;
}

function modeOf(kind: FileAttributes["kind"]): number {
  return kind === "folder" ? 0o40755 : 0o100644;
}

function packet(type: number, id: number, ...payload: readonly Buffer[]): Buffer {
  const length = payload.reduce((sum, { length: bytes }) => sum + bytes, headLength);
  const head = Buffer.alloc(headLength);
  head.writeUInt32BE(length - 4, 0);
  head[4] = type;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, ...payload], length);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}
