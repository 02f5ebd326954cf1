import { MalformedPacketError, PacketReader } from "./packetReader";
import { packetType } from "./protocol";

/** What a client asks for. Attributes that it wants set are not read: S3 has none of them. */
export type SftpRequest = { readonly id: number } & (
  | { readonly type: "open"; readonly path: string; readonly flags: number }
  | Each<HandleRequest, { readonly handle: number }>
  | { readonly type: "read"; readonly handle: number; readonly offset: number; readonly length: number }
  | { readonly type: "write"; readonly handle: number; readonly offset: number; readonly data: Buffer }
  | Each<PathRequest, { readonly path: string }>
  | { readonly type: "rename"; readonly from: string; readonly to: string }
  | { readonly type: "extended"; readonly name: string }
  /** A name that is not UTF-8. */
  | { readonly type: "unreadable" }
  | { readonly type: "unsupported" }
);

/** A request of each type, with the same fields. */
type Each<Type extends string, Fields> = Type extends string ? { readonly type: Type } & Fields : never;

type HandleRequest = "close" | "fstat" | "fsetstat" | "readdir";
type PathRequest = "lstat" | "stat" | "setstat" | "opendir" | "remove" | "mkdir" | "rmdir" | "realpath";

const pathRequests: ReadonlyMap<number, PathRequest> = new Map([
  [packetType.lstat, "lstat"],
  [packetType.stat, "stat"],
  [packetType.setstat, "setstat"],
  [packetType.opendir, "opendir"],
  [packetType.remove, "remove"],
  [packetType.mkdir, "mkdir"],
  [packetType.rmdir, "rmdir"],
  [packetType.realpath, "realpath"],
]);

const handleRequests: ReadonlyMap<number, HandleRequest> = new Map([
  [packetType.close, "close"],
  [packetType.fstat, "fstat"],
  [packetType.fsetstat, "fsetstat"],
  [packetType.readdir, "readdir"],
]);

/** Reads a packet, without its length field. @throws MalformedPacketError */
export function readRequest(packet: Buffer): SftpRequest {
  const type = packet[0];
  if (type === undefined) {
    throw new MalformedPacketError();
  }
  const fields = new PacketReader(packet, 1);
  const id = fields.uint32();
  const pathRequest = pathRequests.get(type);
  if (pathRequest !== undefined) {
    const path = fields.text();
    return path === undefined ? { id, type: "unreadable" } : { id, type: pathRequest, path };
  }
  const handleRequest = handleRequests.get(type);
  if (handleRequest !== undefined) {
    return { id, type: handleRequest, handle: handleOf(fields.bytes()) };
  }
  return readOther(type, id, fields);
}

function readOther(type: number, id: number, fields: PacketReader): SftpRequest {
  switch (type) {
    case packetType.read:
      return { id, type: "read", handle: handleOf(fields.bytes()), offset: fields.uint64(), length: fields.uint32() };
    case packetType.write:
      return { id, type: "write", handle: handleOf(fields.bytes()), offset: fields.uint64(), data: fields.bytes() };
    case packetType.open: {
      const path = fields.text();
      const flags = fields.uint32();
      return path === undefined ? { id, type: "unreadable" } : { id, type: "open", path, flags };
    }
    case packetType.rename: {
      const [from, to] = [fields.text(), fields.text()];
      return from === undefined || to === undefined ? { id, type: "unreadable" } : { id, type: "rename", from, to };
    }
    case packetType.extended: {
      const name = fields.text();
      return name === undefined ? { id, type: "unreadable" } : { id, type: "extended", name };
    }
    default:
      return { id, type: "unsupported" };
  }
}

/** Handles are numbers of ours in four bytes; anything else was never handed out. */
function handleOf(bytes: Buffer): number {
  return bytes.length === 4 ? bytes.readUInt32BE() : -1;
}
