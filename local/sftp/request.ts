import { PacketReader } from "./packetReader";
import { openFlag, packetType, type OpenFlag } from "./protocol";

/** What a client asks for. Attributes that it wants set are not read: S3 has none of them. */
export type SftpRequest = ReturnType<typeof readRequest>;

const typeOf: ReadonlyMap<number, string> = new Map(Object.entries(packetType).map(([name, type]) => [type, name]));

/** Reads a packet, without its length field. @throws MalformedPacketError */
export function readRequest(packet: Buffer) {
  const fields = new PacketReader(packet);
  const number = fields.uint8();
  const type = typeOf.get(number) ?? `type ${number}`;
  const id = fields.uint32();
  const request = readFields(type, fields);
  return fields.unreadable
    ? { id, type: "unreadable" as const, operation: type, path: pathIn(request) }
    : { id, ...request };
}

/** What a request is about, the old name of a renaming; undefined where that is an open file or nothing. */
export function pathIn(request: object): string | undefined {
  const { path, from } = request as { readonly path?: string; readonly from?: string };
  return path ?? from;
}

function readFields(type: string, fields: PacketReader) {
  switch (type) {
    case "lstat":
    case "stat":
    case "setstat":
    case "opendir":
    case "remove":
    case "mkdir":
    case "rmdir":
    case "realpath":
      return { type, path: fields.text() };
    case "close":
    case "fstat":
    case "fsetstat":
    case "readdir":
      return { type, handle: handleOf(fields.bytes()) };
    case "read":
      return { type, handle: handleOf(fields.bytes()), offset: fields.uint64(), length: fields.uint32() };
    case "write":
      return { type, handle: handleOf(fields.bytes()), offset: fields.uint64(), data: fields.bytes() };
    case "open":
      return { type, path: fields.text(), flags: flagsOf(fields.uint32()) };
    case "rename":
      return { type, from: fields.text(), to: fields.text() };
    case "extended":
      return { type, name: fields.text() };
    case "readlink":
    case "symlink":
      return { type: "unsupported" as const, operation: type, path: fields.text() };
    default:
      return { type: "unsupported" as const, operation: type, path: undefined };
  }
}

/** Handles are numbers of ours in four bytes; anything else was never handed out. */
function handleOf(bytes: Buffer): number {
  return bytes.length === 4 ? bytes.readUInt32BE() : -1;
}

function flagsOf(bits: number): ReadonlySet<OpenFlag> {
  const names = Object.keys(openFlag) as OpenFlag[];
  return new Set(names.filter((name) => (bits & openFlag[name]) !== 0));
}
