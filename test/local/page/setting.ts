import { request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { inventoryOf } from "../../../inventory/inventory";
import type { DeliveryEvent } from "../../../local/delivery/event";
import type { LogEvent } from "../../../local/journal/event";
import { openPage, type Page } from "../../../local/page/page";
import type { Watched } from "../../../local/page/state";
import { deploymentOf } from "../setting/deployment";
import type { RunningGateway } from "../setting/running";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page of a gateway in this process. */
export function pageOf(running: RunningGateway, tenants?: Parameters<typeof openPage>[0]["tenants"]): Promise<Page> {
  return openPage({
    gateway: running.gateway,
    files: running.data,
    tenants: tenants ?? (() => ({ entries: undefined })),
  });
}

/** What a server answers to a request without a browser, which may say of itself what it likes. */
export async function answerOf(url: string, asking: Asking = {}): Promise<Answer> {
  const response = await responseOf(url, asking);
  let body = "";
  for await (const chunk of response) {
    body += String(chunk);
  }
  return { status: response.statusCode!, headers: response.headers, body };
}

export async function jsonOf<Content>(url: string): Promise<Content> {
  return JSON.parse((await answerOf(url)).body) as Content;
}

function responseOf(url: string, { method = "GET", headers = {} }: Asking): Promise<IncomingMessage> {
  return new Promise((done, fail) => request(url, { method, headers, agent: false }, done).on("error", fail).end());
}

/** A viewer that notes what it is told. */
export class Viewer {
  readonly told: { readonly event: string; readonly data: unknown }[] = [];
  private rest = "";

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding("utf8");
    response.on("error", () => undefined);
  }

  static async of({ address }: Page): Promise<Viewer> {
    return new Viewer(await responseOf(`${address}events`, {}));
  }

  /** Reads what comes; before that the viewer is one that does not keep up. */
  read(): this {
    this.response.on("data", (chunk: string) => this.take(chunk));
    return this;
  }

  get status(): number {
    return this.response.statusCode!;
  }

  get headers(): IncomingHttpHeaders {
    return this.response.headers;
  }

  /** What it was told as one kind of event. */
  of<Content>(event: string): Content[] {
    return this.told.filter((each) => each.event === event).map(({ data }) => data as Content);
  }

  async until(happened: () => boolean): Promise<void> {
    for (let waited = 0; !happened(); waited += 10) {
      if (waited > 15_000) {
        throw new Error(`it did not happen; told was ${JSON.stringify(this.told)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  leave(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    const messages = (this.rest + chunk).split("\n\n");
    this.rest = messages.pop()!;
    for (const message of messages) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(message) ?? [];
      if (event !== undefined) {
        this.told.push({ event, data: JSON.parse(data!) });
      }
    }
  }
}

/** Stands for a gateway of a tenant "acme" to which nothing happens but what a test says. */
export class StandInGateway {
  readonly listeners = new Set<Parameters<Watched["watch"]>[0]>();

  get watched(): Watched {
    return {
      host: "127.0.0.1",
      port: 2222,
      hostKeyFingerprint: "SHA256:none",
      tenants: [{ name: "acme", userName: "ACME_batch", publicKeys: [] }],
      absent: [],
      notes: [],
      methods: "PUBLIC_KEY",
      queues: [],
      inventory: inventoryOf(deploymentOf({ tenant: "acme", userName: "ACME_batch" })),
      store: {
        bucket: (name) => {
          throw new Error(`no bucket ${name}`);
        },
      },
      watch: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  openPage(): Promise<Page> {
    const nothing = "/nowhere";
    const files = {
      path: nothing,
      sshConfig: `${nothing}/ssh_config`,
      log: `${nothing}/log`,
      deliveries: `${nothing}/d`,
    };
    return openPage({ gateway: this.watched, files, tenants: () => ({ entries: undefined }) });
  }

  log(event: LogEvent): void {
    this.listeners.forEach((each) => each.onLogLine(JSON.stringify(event), event));
  }

  deliver(event: DeliveryEvent): void {
    this.listeners.forEach((each) => each.onDeliveryLine(JSON.stringify(event), event));
  }
}
