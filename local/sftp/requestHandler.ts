import { utils } from "ssh2";
import type { ClientFiles } from "../files/clientFiles";
import { failure, FileFailure, unsupported } from "../files/failure";
import type { LogEvent } from "../journal/event";
import { handleLimit, Handles, ListHandle, ReadHandle, WriteHandle, type Handle } from "./handles";
import type { OpenFlag } from "./protocol";
import { pathIn, type SftpRequest } from "./request";
import * as respond from "./response";

const { STATUS_CODE } = utils.sftp;

const codeOf: Readonly<Record<FileFailure["kind"], number>> = {
  denied: STATUS_CODE.PERMISSION_DENIED,
  missing: STATUS_CODE.NO_SUCH_FILE,
  failure: STATUS_CODE.FAILURE,
  unsupported: STATUS_CODE.OP_UNSUPPORTED,
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
  private readonly handles: Handles;

  constructor(
    private readonly files: ClientFiles,
    private readonly setStatSucceeds: boolean,
    private readonly report: (event: LogEvent) => void,
    private readonly onCutShort: (upload: CutShort) => void,
    reserveHandle: () => (() => void) | undefined,
  ) {
    this.handles = new Handles(reserveHandle);
  }

  /** Never throws: a request that cannot be done is answered with the reason. */
  answer(request: SftpRequest): Buffer {
    // Looked up first: a handle that cannot be closed is gone all the same.
    const opened = "handle" in request ? (this.handles.pathOf(request.handle) ?? "-") : undefined;
    try {
      return this.carryOut(request);
    } catch (error) {
      const reason = error instanceof FileFailure ? error : failure(causeOf(error));
      this.reportFailure(request, opened, reason);
      return respond.statusResponse(request.id, codeOf[reason.kind], reason.message);
    }
  }

  /** The client is gone: what it was sending is stored as far as it came, as the service does. */
  abandon(): void {
    for (const handle of this.handles.takeAll()) {
      try {
        const changed = handle.close();
        this.reportClose("PARTIAL_CLOSE", handle);
        if (handle instanceof WriteHandle && changed) {
          this.onCutShort({ path: handle.path, bytes: handle.received, began: handle.began });
        }
      } catch (error) {
        this.report({ "activity-type": "ERROR", operation: "CLOSE", path: handle.path, message: causeOf(error) });
      }
    }
  }

  private carryOut(request: SftpRequest): Buffer {
    const { id } = request;
    switch (request.type) {
      case "open":
        return this.open(id, request.path, request.flags);
      case "close":
        return this.close(id, request.handle);
      case "read": {
        const file = this.handles.getAs(ReadHandle, request.handle, "This handle cannot be read");
        const response = file.read(request.offset, request.length);
        return response === undefined ? atEnd(id, "End of file") : respond.finishDataResponse(response, id);
      }
      case "write":
        this.handles
          .getAs(WriteHandle, request.handle, "This handle cannot be written")
          .write(request.offset, request.data);
        return respond.statusResponse(id, STATUS_CODE.OK, "");
      case "lstat":
      case "stat":
        return respond.attributesResponse(id, this.files.stat(request.path));
      case "fstat":
        return respond.attributesResponse(id, this.handles.get(request.handle).attributes);
      case "setstat":
        return this.setStat(id, this.files.describe(request.path));
      case "fsetstat":
        return this.setStat(id, this.handles.get(request.handle).path);
      case "opendir":
        return this.openFolder(id, request.path);
      case "readdir": {
        const names = this.handles.getAs(ListHandle, request.handle, "This handle is no folder").next();
        return names.length > 0 ? respond.namesResponse(id, names) : atEnd(id, "End of folder");
      }
      case "remove":
        this.files.remove(request.path);
        return this.done(id, { "activity-type": "DELETE", path: this.files.describe(request.path) });
      case "mkdir":
        this.files.makeFolder(request.path);
        return this.done(id, { "activity-type": "MKDIR", path: this.files.describe(request.path) });
      case "rmdir":
        this.files.removeFolder(request.path);
        return this.done(id, { "activity-type": "RMDIR", path: this.files.describe(request.path) });
      case "rename":
        return this.rename(id, request.from, request.to);
      case "realpath":
        return respond.pathResponse(id, this.files.absolute(request.path));
      case "extended":
        if (request.name === "limits@openssh.com") {
          return respond.limitsResponse(id, handleLimit);
        }
        throw unsupported("Operation unsupported");
      case "unreadable":
        throw failure("Names must be UTF-8");
      case "unsupported":
        throw unsupported("Operation unsupported");
    }
  }

  private open(id: number, path: string, flags: ReadonlySet<OpenFlag>): Buffer {
    const described = this.files.describe(path);
    const handle = this.handles.add(() => this.openedFile(path, described, flags));
    this.report({ "activity-type": "OPEN", path: described, mode: [...flags].join("|").toUpperCase() });
    return respond.handleResponse(id, handle);
  }

  private openedFile(path: string, described: string, flags: ReadonlySet<OpenFlag>): Handle {
    if (flags.has("read") === flags.has("write") || flags.has("append")) {
      throw unsupported("Files are either read or written anew; appending is not supported");
    }
    if (flags.has("read")) {
      return new ReadHandle(described, this.files.read(path));
    }
    const mode = { create: flags.has("create"), exclusive: flags.has("exclusive") };
    return new WriteHandle(described, this.files.write(path, mode), flags.has("truncate"));
  }

  private close(id: number, number: number): Buffer {
    const handle = this.handles.take(number);
    handle.close();
    this.reportClose("CLOSE", handle);
    return respond.statusResponse(id, STATUS_CODE.OK, "");
  }

  private setStat(id: number, path: string): Buffer {
    if (!this.setStatSucceeds) {
      throw unsupported("Times and modes cannot be set on S3 objects");
    }
    return this.done(id, { "activity-type": "SETSTAT", path });
  }

  private openFolder(id: number, path: string): Buffer {
    const handle = this.handles.add(() => new ListHandle(this.files.describe(path), this.files.list(path)));
    return respond.handleResponse(id, handle);
  }

  private rename(id: number, from: string, to: string): Buffer {
    const [path, newPath] = [this.files.describe(from), this.files.describe(to)];
    this.files.rename(from, to);
    return this.done(id, { "activity-type": "RENAME", path, "new-path": newPath });
  }

  private done(id: number, activity: LogEvent): Buffer {
    this.report(activity);
    return respond.statusResponse(id, STATUS_CODE.OK, "");
  }

  private reportClose(activityType: "CLOSE" | "PARTIAL_CLOSE", handle: Handle): void {
    if (!(handle instanceof ListHandle)) {
      this.report({ "activity-type": activityType, path: handle.path, ...handle.tally });
    }
  }

  /** Clients look whether a file is there before most of what they do; that it is not is no error of anybody. */
  private reportFailure(request: SftpRequest, opened: string | undefined, { kind, message }: FileFailure): void {
    const looks = request.type === "stat" || request.type === "lstat" || request.type === "extended";
    if (!looks || kind === "denied") {
      const operation = ("operation" in request ? request.operation : request.type).toUpperCase();
      const path = pathIn(request);
      const subject = opened ?? (path === undefined ? "-" : this.files.describe(path));
      const to = request.type === "rename" ? { "new-path": this.files.describe(request.to) } : {};
      const mode = request.type === "open" ? { mode: [...request.flags].join("|").toUpperCase() } : {};
      this.report({ "activity-type": "ERROR", operation, path: subject, ...to, ...mode, message });
    }
  }
}

/** What a client and a log may know of an error nobody foresaw: not where files lie on this machine. */
function causeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? (error as Error).message : `The storage failed (${code})`;
}

function atEnd(id: number, message: string): Buffer {
  return respond.statusResponse(id, STATUS_CODE.EOF, message);
}
