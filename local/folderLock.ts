import { closeSync, constants, openSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";

/** Held by this process until it is released or the process ends, however it ends. */
export interface FolderLock {
  release(): void;
}

/** Bytes of a socket's address that are ours. Source: unix(7), `sun_path` of 108 bytes, the first of which is 0 here. */
const abstractLength = 107;

/** Opens a file and locks it in one. Source: macOS' `<sys/fcntl.h>`; Linux has no such flag. */
const exclusiveLock = 0x20;

/**
 * Takes a folder for this process. The operating system keeps the lock: nothing is left behind that could be stale, as a file with
 * a process number is when the process was killed and nobody collects it, or when its number is given to another.
 * @returns Undefined when another process has it.
 * @throws Error of the file system.
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  return process.platform === "linux" ? lockByName(folder) : lockByFile(join(folder, "lock"));
}

/** By a socket without a file, of which there can be one of a name in a network namespace. */
async function lockByName(folder: string): Promise<FolderLock | undefined> {
  // Whatever path leads to a folder, these are its own.
  const { dev, ino } = statSync(folder, { bigint: true });
  // Node pads names or not, depending on its version: one of full length is the same in all of them.
  const name = `\0${`sftp-gateway ${dev}:${ino} `.padEnd(abstractLength, ".")}`;
  const server = createServer((socket) => socket.destroy()).unref();
  return (await isListening(server, name)) ? { release: () => server.close() } : undefined;
}

function isListening(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server
      .on("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)))
      .listen({ path }, () => resolve(true));
  });
}

function lockByFile(file: string): FolderLock | undefined {
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock;
    const descriptor = openSync(file, flags, 0o600);
    return { release: () => closeSync(descriptor) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") {
      return undefined;
    }
    throw error;
  }
}
