import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyAuthMethod, ConnectConfig } from "ssh2";
import SftpClient from "ssh2-sftp-client";
import { DataFolder } from "../../../local/dataFolder";
import { startGateway, type Gateway, type GatewayOptions } from "../../../local/gateway";
import { codeFolder } from "../../../functions/codeFolder";
import type { DeliveryEvent } from "../../../local/delivery/event";
import type { LogEvent } from "../../../local/journal/event";
import type { ServedTenant } from "../../../local/logins/logins";
import { newHostKeys } from "../../../local/ssh/hostKeys";
import type { Deployment } from "../../../synth/deployment";
import { bucket } from "./deployment";

/** A folder that is gone after the test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "sftp-gateway-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let hostKeys: Readonly<Record<string, string>> | undefined;

/** Puts host keys into a data folder that has none. They are made once a process: RSA keys take their time. */
export function writeHostKeys(folder: string): void {
  mkdirSync(join(folder, ".gateway"), { recursive: true });
  hostKeys ??= Object.fromEntries(Object.entries(newHostKeys).map(([name, newKey]) => [name, newKey()]));
  for (const [name, key] of Object.entries(hostKeys)) {
    writeFileSync(join(folder, ".gateway", name), key, { mode: 0o600 });
  }
}

/** The content of a file, read by a client, as text. */
export async function contentOf(client: SftpClient, path: string): Promise<string> {
  return ((await client.get(path)) as Buffer).toString("utf8");
}

/** A gateway in this process, with the files and the log that tests look into. */
export class RunningGateway {
  readonly events: LogEvent[] = [];
  readonly deliveries: DeliveryEvent[] = [];
  private readonly clients: SftpClient[] = [];
  private closing: Promise<void> | undefined;

  private constructor(
    readonly folder: string,
    readonly data: DataFolder,
    private readonly removeFolder: () => void,
    private started: Gateway | undefined,
  ) {}

  static async start(deployment: Deployment, options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
    const folder = temporaryFolder();
    const data = await DataFolder.open(folder.path);
    writeHostKeys(folder.path);
    const running = new RunningGateway(folder.path, data, () => folder.remove(), undefined);
    try {
      const onLogLine = (_: string, event: LogEvent) => running.events.push(event);
      const onDeliveryLine = (_: string, event: DeliveryEvent) => running.deliveries.push(event);
      const plain = { deployment, data, port: 0, codeFolder, onLogLine, onDeliveryLine };
      running.started = await startGateway({ ...plain, ...options });
    } catch (error) {
      data.release();
      folder.remove();
      throw error;
    }
    return running;
  }

  get gateway(): Gateway {
    return this.started!;
  }

  get port(): number {
    return this.gateway.port;
  }

  /** Where an object lies. */
  file(key: string): string {
    return join(this.folder, bucket, key);
  }

  privateKey(tenant: string): string {
    return readFileSync(this.keyFile(tenant), "utf8");
  }

  keyFile(tenant: string): string {
    return this.tenant(tenant).privateKey!;
  }

  /** All that a client of a tenant has to show, the key first. */
  credentials(tenant: string): ConnectConfig & { readonly username: string } {
    const { userName: username, privateKey, password } = this.tenant(tenant);
    const methods: AnyAuthMethod[] = [];
    if (privateKey !== undefined) {
      methods.push({ type: "publickey", username, key: readFileSync(privateKey, "utf8") });
    }
    if (password !== undefined) {
      methods.push({ type: "password", username, password });
    }
    return { username, authHandler: methods };
  }

  private tenant(tenant: string): ServedTenant {
    return this.gateway.tenants.find(({ name }) => name === tenant)!;
  }

  /** A client that has logged in as a tenant. */
  async client(tenant: string): Promise<SftpClient> {
    const client = new SftpClient();
    this.clients.push(client);
    // A machine that has much else to do takes its time; the test's own limit counts.
    await client.connect({ host: "127.0.0.1", port: this.port, readyTimeout: 110_000, ...this.credentials(tenant) });
    return client;
  }

  eventsOf(type: LogEvent["activity-type"]): LogEvent[] {
    return this.events.filter((event) => event["activity-type"] === type);
  }

  /** Waits for something that the gateway learns a little later than the client. */
  async until(happened: () => boolean): Promise<void> {
    for (let waited = 0; !happened(); waited += 10) {
      if (waited > 15_000) {
        throw new Error(`it did not happen; the logs: ${JSON.stringify([this.events, this.deliveries])}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Ends clients and gateway, and leaves the files to be looked at. */
  close(): Promise<void> {
    return (this.closing ??= Promise.all(this.clients.map((client) => client.end().catch(() => undefined))).then(() =>
      this.gateway.close(),
    ));
  }

  async stop(): Promise<void> {
    await this.close();
    this.data.release();
    this.removeFolder();
    const unexplained = this.events.filter((event) => isDenial(event) && !hasReason(event));
    if (unexplained.length > 0) {
      throw new Error(`denied without a reason: ${JSON.stringify(unexplained)}`);
    }
  }
}

/** Whatever the documents, the rules of logins or the choice of algorithms keep from a client. */
function isDenial({ "activity-type": activity, message }: LogEvent): boolean {
  return activity === "AUTH_FAILURE" || activity === "KEX_FAILURE" || message === "Access denied";
}

/** That a line cannot be asked about is no reason. */
function hasReason({ reason }: LogEvent): boolean {
  return reason !== undefined && reason !== "" && !/^(the|a) (line|log) /.test(reason);
}
