import type { ClientFiles } from "../files/clientFiles";
import { failure, FileFailure, unsupported } from "../files/failure";
import type { Activity, Note } from "../journal/event";
import { handleLimit, Handles, ListHandle, ReadHandle, WriteHandle, type Handle } from "./handles";
import { openFlag, statusCode, type StatusCode } from "./protocol";
import type { SftpRequest } from "./request";
import * as respond from "./response";
import { Scratch } from "./scratch";

type Request<Type extends SftpRequest["type"]> = Extract<SftpRequest, { readonly type: Type }>;

const codeOf: Readonly<Record<FileFailure["kind"], StatusCode>> = {
  denied: statusCode.permissionDenied,
  missing: statusCode.noSuchFile,
  failure: statusCode.failure,
  unsupported: statusCode.unsupported,
};

/** An upload whose client vanished; what it had sent is stored. */
export interface CutShort {
  /** `/bucket/key`. */
  readonly path: string;
  readonly bytes: number;
  readonly began: Date;
}

/** Answers the requests of one SFTP session, one after the other. */
export class RequestHandler {
  private readonly handles = new Handles();
  private readonly scratch = new Scratch();

  constructor(
    private readonly files: ClientFiles,
    private readonly setStatSucceeds: boolean,
    private readonly report: Note,
    private readonly onCutShort: (upload: CutShort) => void,
  ) {}

  /**
   * Never throws: a request that cannot be done is answered with the reason. The answer is valid until the next one,
   * unless it is kept.
   */
  answer(request: SftpRequest): Buffer {
    try {
      return this.carryOut(request);
    } catch (error) {
      const reason = error instanceof FileFailure ? error : failure(causeOf(error));
      this.reportFailure(request, reason);
      return respond.statusResponse(request.id, codeOf[reason.kind], reason.message);
    }
  }

  /** The last answer could not be sent yet and must not be written over. */
  keepAnswer(): void {
    this.scratch.giveAway();
  }

  /** The client is gone: what it was sending is stored as far as it came, as the service does. */
  abandon(): void {
    for (const handle of this.handles.takeAll()) {
      try {
        handle.close();
        this.reportClose("PARTIAL_CLOSE", handle);
        if (handle.kind === "write") {
          this.onCutShort({ path: handle.path, bytes: handle.received, began: handle.began });
        }
      } catch (error) {
        this.report({ "activity-type": "ERROR", operation: "CLOSE", path: handle.path, message: causeOf(error) });
      }
    }
  }

  private carryOut(request: SftpRequest): Buffer {
    switch (request.type) {
      case "open":
        return this.open(request);
      case "close":
        return this.close(request);
      case "read":
        return this.read(request);
      case "write":
        return this.write(request);
      case "lstat":
      case "stat":
        return respond.attributesResponse(request.id, this.files.stat(request.path));
      case "fstat":
        return respond.attributesResponse(request.id, this.handles.get(request.handle).attributes);
      case "setstat":
        return this.setStat(request, this.files.describe(request.path));
      case "fsetstat":
        return this.setStat(request, this.handles.get(request.handle).path);
      case "opendir":
        return this.openFolder(request);
      case "readdir":
        return this.readFolder(request);
      case "remove":
        this.files.remove(request.path);
        return this.done(request, { "activity-type": "DELETE", path: this.files.describe(request.path) });
      case "mkdir":
        this.files.makeFolder(request.path);
        return this.done(request, { "activity-type": "MKDIR", path: this.files.describe(request.path) });
      case "rmdir":
        this.files.removeFolder(request.path);
        return this.done(request, { "activity-type": "RMDIR", path: this.files.describe(request.path) });
      case "rename":
        return this.rename(request);
      case "realpath":
        return respond.pathResponse(request.id, this.files.absolute(request.path));
      case "extended":
        if (request.name === "limits@openssh.com") {
          return respond.limitsResponse(request.id, handleLimit);
        }
        throw unsupported("Operation unsupported");
      case "unreadable":
        throw failure("Names must be UTF-8");
      case "unsupported":
        throw unsupported("Operation unsupported");
    }
  }

  private open({ id, path, flags }: Request<"open">): Buffer {
    this.handles.requireRoom();
    const described = this.files.describe(path);
    const handle = this.openedFile(path, described, flags);
    this.report({ "activity-type": "OPEN", path: described, mode: modeOf(flags) });
    return respond.handleResponse(id, this.handles.add(handle));
  }

  private openedFile(path: string, described: string, flags: number): Handle {
    const reads = (flags & openFlag.read) !== 0;
    const writes = (flags & openFlag.write) !== 0;
    if (reads === writes || (flags & openFlag.append) !== 0) {
      throw unsupported("Files are either read or written anew; appending is not supported");
    }
    if (reads) {
      return new ReadHandle(described, this.files.read(path));
    }
    const mode = { create: (flags & openFlag.create) !== 0, exclusive: (flags & openFlag.exclusive) !== 0 };
    return new WriteHandle(described, this.files.write(path, mode));
  }

  private close({ id, handle: number }: Request<"close">): Buffer {
    const handle = this.handles.take(number);
    handle.close();
    this.reportClose("CLOSE", handle);
    return respond.statusResponse(id, statusCode.ok, "");
  }

  private read({ id, handle, offset, length }: Request<"read">): Buffer {
    const file = this.handles.get(handle);
    if (file.kind !== "read") {
      throw failure("This handle cannot be read");
    }
    const response = file.read(offset, length, this.scratch);
    return response === undefined
      ? respond.statusResponse(id, statusCode.endOfFile, "End of file")
      : respond.finishDataResponse(response, id);
  }

  private write({ id, handle, offset, data }: Request<"write">): Buffer {
    const file = this.handles.get(handle);
    if (file.kind !== "write") {
      throw failure("This handle cannot be written");
    }
    file.write(offset, data);
    return respond.statusResponse(id, statusCode.ok, "");
  }

  private setStat(request: SftpRequest, path: string): Buffer {
    if (!this.setStatSucceeds) {
      throw unsupported("Times and modes cannot be set on S3 objects");
    }
    return this.done(request, { "activity-type": "SETSTAT", path });
  }

  private openFolder({ id, path }: Request<"opendir">): Buffer {
    this.handles.requireRoom();
    const handle = new ListHandle(this.files.describe(path), this.files.list(path));
    return respond.handleResponse(id, this.handles.add(handle));
  }

  private readFolder({ id, handle }: Request<"readdir">): Buffer {
    const folder = this.handles.get(handle);
    if (folder.kind !== "list") {
      throw failure("This handle is no folder");
    }
    const names = folder.next();
    return names.length > 0
      ? respond.namesResponse(id, names)
      : respond.statusResponse(id, statusCode.endOfFile, "End of folder");
  }

  private rename(request: Request<"rename">): Buffer {
    const [path, newPath] = [this.files.describe(request.from), this.files.describe(request.to)];
    this.files.rename(request.from, request.to);
    return this.done(request, { "activity-type": "RENAME", path, "new-path": newPath });
  }

  private done({ id }: SftpRequest, activity: Activity): Buffer {
    this.report(activity);
    return respond.statusResponse(id, statusCode.ok, "");
  }

  private reportClose(activityType: "CLOSE" | "PARTIAL_CLOSE", handle: Handle): void {
    if (handle.kind !== "list") {
      this.report({ "activity-type": activityType, path: handle.path, ...handle.tally });
    }
  }

  /** Clients look whether a file is there before most of what they do; that it is not is no error of anybody. */
  private reportFailure(request: SftpRequest, { kind, message }: FileFailure): void {
    const looks = request.type === "stat" || request.type === "lstat" || request.type === "extended";
    if (!looks || kind === "denied") {
      const path = "path" in request ? this.files.describe(request.path) : undefined;
      const operation = request.type.toUpperCase();
      this.report({ "activity-type": "ERROR", operation, ...(path === undefined ? {} : { path }), message });
    }
  }
}

/** What a client and a log may know of an error nobody foresaw: not where files lie on this machine. */
function causeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? (error as Error).message : `The storage failed (${code})`;
}

function modeOf(flags: number): string {
  const names: [flag: number, name: string][] = [
    [openFlag.create, "CREATE"],
    [openFlag.truncate, "TRUNCATE"],
    [openFlag.exclusive, "EXCLUSIVE"],
    [openFlag.read, "READ"],
    [openFlag.write, "WRITE"],
  ];
  return names.flatMap(([flag, name]) => ((flags & flag) !== 0 ? [name] : [])).join("|");
}
