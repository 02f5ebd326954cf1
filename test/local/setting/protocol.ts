import { promisify } from "node:util";
import { Client, type ConnectConfig, type SFTPWrapper } from "ssh2";
import type { RunningGateway } from "./running";

/** SFTP's own status codes, as clients see them. */
export const status = { missing: 2, denied: 3, failure: 4, unsupported: 8 } as const;

/** ssh2's client, for what a polite client does not send. */
export async function rawClient(
  running: RunningGateway,
  tenant: string,
): Promise<{ client: Client; sftp: SFTPWrapper }> {
  const client = await loggedIn(running, tenant);
  const sftp = await promisify<SFTPWrapper>((done) => client.sftp(done as never))();
  return { client, sftp };
}

export function loggedIn(running: RunningGateway, tenant: string): Promise<Client> {
  return clientOf({ port: running.port, ...running.credentials(tenant) });
}

/** @throws Error of the client when it is not let in. */
export function connected(port: number, username: string, privateKey: string): Promise<Client> {
  return clientOf({ port, username, privateKey });
}

/** Logs in by what the configuration shows. @throws Error of the client when it is not let in. */
export function clientOf(config: ConnectConfig): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client
      .on("ready", () => resolve(client))
      .on("error", reject)
      .on("close", () => reject(new Error("closed")))
      // By default it gives up after 20 seconds, which a loaded machine may take.
      .connect({ host: "127.0.0.1", readyTimeout: 110_000, ...config });
  });
}

type Result = Error & { code?: number };

/** What a request ends in: `undefined` when it succeeds, else the status code. */
export function outcome(request: (done: (error?: Result | null) => void) => void): Promise<number | undefined> {
  return new Promise((resolve) => request((error) => resolve(error ? (error.code ?? -1) : undefined)));
}

export function opened(sftp: SFTPWrapper, path: string, flags: number | "r" | "w" | "wx" | "a"): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    sftp.open(path, flags, (error, handle) => (error ? reject(error) : resolve(handle))),
  );
}

export function written(sftp: SFTPWrapper, handle: Buffer, text: string, offset: number): Promise<number | undefined> {
  return outcome((done) => sftp.write(handle, Buffer.from(text), 0, Buffer.byteLength(text), offset, done));
}

export function closed(sftp: SFTPWrapper, handle: Buffer): Promise<number | undefined> {
  return outcome((done) => sftp.close(handle, done));
}
