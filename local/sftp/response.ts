import type { FileAttributes } from "../files/clientFiles";
import { lengthPrefixed, uint32, uint64 } from "../ssh/wire";
import { attributeFlag, dataLimit, packetType } from "./protocol";

/** Where the content begins in a packet of data: after its length, type, request id, and the content's own length. */
export const dataStart = 13;

/** The answer to INIT: version 3, and the one extension that clients use to send larger pieces. */
export function versionResponse(): Buffer {
  return packet(packetType.version, uint32(3), lengthPrefixed("limits@openssh.com"), lengthPrefixed("1"));
}

export function statusResponse(id: number, code: number, message: string): Buffer {
  return packet(packetType.status, uint32(id), uint32(code), lengthPrefixed(message), lengthPrefixed(""));
}

export function handleResponse(id: number, handle: number): Buffer {
  return packet(packetType.handle, uint32(id), lengthPrefixed(uint32(handle)));
}

/** @param response Has the content from `dataStart` on; the rest is filled in. */
export function finishDataResponse(response: Buffer, id: number): Buffer {
  response.writeUInt32BE(response.length - 4, 0);
  response[4] = packetType.data;
  response.writeUInt32BE(id, 5);
  response.writeUInt32BE(response.length - dataStart, 9);
  return response;
}

export function attributesResponse(id: number, attributes: FileAttributes): Buffer {
  return packet(packetType.attrs, uint32(id), attributeBytes(attributes));
}

export function namesResponse(id: number, entries: readonly { name: string; attributes: FileAttributes }[]): Buffer {
  const now = Date.now();
  const lines = entries.flatMap(({ name, attributes }) => [
    lengthPrefixed(name),
    lengthPrefixed(longName(name, attributes, now)),
    attributeBytes(attributes),
  ]);
  return packet(packetType.name, uint32(id), uint32(entries.length), ...lines);
}

/** The answer to REALPATH: a name without attributes. */
export function pathResponse(id: number, path: string): Buffer {
  return packet(packetType.name, uint32(id), uint32(1), lengthPrefixed(path), lengthPrefixed(path), uint32(0));
}

/** The answer to `limits@openssh.com`: largest packet, READ and WRITE, and open handles. */
export function limitsResponse(id: number, handleLimit: number): Buffer {
  const limits = [dataLimit + 1024, dataLimit, dataLimit, handleLimit];
  return packet(packetType.extendedReply, uint32(id), ...limits.map(uint64));
}

function attributeBytes({ kind, size, modified }: FileAttributes): Buffer {
  const flags = attributeFlag.size | attributeFlag.owner | attributeFlag.permissions | attributeFlag.times;
  const mode = kind === "folder" ? 0o40755 : 0o100644;
  // Owner and group stay 0: S3 knows neither.
  const fields = [0, 0, mode, modified, modified];
  return Buffer.concat([uint32(flags), uint64(size), ...fields.map(uint32)]);
}

/** Half of a Gregorian year, after which `ls` shows the year instead of the time. Source: POSIX, `ls -l`: six months. */
const recentSeconds = 31_556_952 / 2;

/**
 * The line that `ls -l` would show, in UTC; the protocol wants one for each name of a listing.
 * @param now Milliseconds since 1970.
 */
export function longName(name: string, { kind, size, modified }: FileAttributes, now: number): string {
  const mode = kind === "folder" ? "drwxr-xr-x" : "-rw-r--r--";
  const [, day, month, year, time] = new Date(modified * 1000).toUTCString().split(" ");
  const age = now / 1000 - modified;
  const detail = age >= 0 && age < recentSeconds ? time!.slice(0, 5) : ` ${year}`;
  const date = `${month} ${String(Number(day)).padStart(2)} ${detail}`;
  return `${mode}    1 0        0        ${String(size).padStart(12)} ${date} ${name}`;
}

function packet(type: number, ...payload: readonly Buffer[]): Buffer {
  return lengthPrefixed(Buffer.concat([Buffer.from([type]), ...payload]));
}
