import type { DataFolder } from "../local/dataFolder";
import type { DeliveryEvent } from "../local/delivery/event";
import { readableDelivery } from "../local/delivery/readable";
import type { Gateway } from "../local/gateway";
import type { LogEvent } from "../local/journal/event";
import { printableJson } from "../local/journal/printableJson";
import { minorActivities, readableLine } from "../local/journal/readable";
import { changed, welcome } from "../local/welcome";
import { UserError } from "../userError";
import { printError, Shown, type Colour } from "./terminal";

const activityColours: Partial<Record<LogEvent["activity-type"], Colour>> = {
  ...{ AUTH_FAILURE: "red", KEX_FAILURE: "red", ERROR: "red", PARTIAL_CLOSE: "yellow" },
  ...{ CONNECTED: "gray", DISCONNECTED: "gray" },
};

const deliveryColours: Partial<Record<DeliveryEvent["event"], Colour>> = {
  ...{ lost: "red", "dead-letter": "red", retry: "yellow", unfinished: "yellow" },
  ...{ delivered: "gray", "not-sent": "gray", "function-log": "gray", metrics: "gray" },
};

/** Of a line that begins with the time: `12:03:44 `. */
const afterTime = 9;

export interface ReportOptions {
  readonly stack: string;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Instead of the stack's tenants file, as the user gave it. */
  readonly tenants?: string | undefined;
}

/** What `npm start` says: JSON lines for programs, sentences for people. */
export class Report {
  private readonly out = new Shown(process.stdout);
  private readonly err = new Shown(process.stderr);
  private told: readonly string[] = [];
  private page: string | undefined;

  constructor(
    private readonly options: ReportOptions,
    private readonly data: DataFolder,
  ) {}

  readonly onLogLine = (line: string, event: LogEvent): void => {
    const activity = event["activity-type"];
    if (this.options.json) {
      this.out.write(line);
    } else if (this.options.verbose || !minorActivities.has(activity)) {
      this.out.print(readableLine(event, new Date()), { colour: activityColours[activity], indent: afterTime });
    }
  };

  readonly onDeliveryLine = (line: string, event: DeliveryEvent): void => {
    if (this.options.json) {
      this.out.write(line);
    } else {
      this.out.print(readableDelivery(event, new Date()), { colour: deliveryColours[event.event], indent: afterTime });
    }
  };

  /** What the synthesis says beside its result. */
  warn(said: string): void {
    this.err.print(said.trimEnd(), { colour: "yellow", indent: 2 });
  }

  /** Each is told once in a run. */
  notes(notes: readonly string[]): void {
    for (const note of notes.filter((each) => !this.told.includes(each))) {
      this.err.print(`note: ${note}`, { colour: "yellow", indent: 2 });
    }
    this.told = [...this.told, ...notes];
  }

  /** @param page The page's address; undefined where there is none. */
  ready(gateway: Gateway, page: string | undefined): void {
    this.page = page;
    this.notes(gateway.notes);
    const { stack, json } = this.options;
    if (json) {
      this.out.write(servingEvent("ready", gateway, this.page));
    } else {
      this.out.write(welcome(gateway, stack, this.showing));
    }
  }

  /** Tells of a change of what is served, unless it fails. */
  async changing(gateway: Gateway, change: () => Promise<void>): Promise<void> {
    const { tenants: served, methods, tableEndpoint } = gateway;
    await change();
    this.notes(gateway.notes);
    if (this.options.json) {
      this.out.write(servingEvent("changed", gateway, this.page));
    } else {
      const count = gateway.tenants.length;
      const tenants = `${count} tenant${count === 1 ? "" : "s"}`;
      this.out.print(`${time()} the change is served: ${tenants}`, { colour: "green" });
      changed(gateway, { tenants: served, methods, tableEndpoint }, this.showing).forEach((line) =>
        this.out.write(line),
      );
    }
  }

  /** Tells why a change is not served. */
  refused(error: unknown): void {
    const why = error instanceof UserError ? error.message : String((error as Error).stack);
    printError(why);
    this.err.print(`${time()} the change is not served; what was served before still is`, { colour: "red" });
    if (this.options.json) {
      this.out.write(printableJson({ timestamp: new Date().toISOString(), event: "not-changed", message: why }));
    }
  }

  private get showing() {
    return { data: this.data, width: this.out.width, page: this.page, tenantsFile: this.options.tenants };
  }
}

function time(): string {
  return new Date().toTimeString().slice(0, 8);
}

function servingEvent(
  event: "ready" | "changed",
  { host, port, hostKeyFingerprint, tenants, absent, tableEndpoint }: Gateway,
  page: string | undefined,
): string {
  const entries = tenants.map(({ name, userName, privateKey, privateKeyPem, password }) => ({
    ...{ name, userName, privateKey, privateKeyPem, password },
  }));
  const at = event === "ready" ? {} : { timestamp: new Date().toISOString() };
  const serving = { host, port, hostKeyFingerprint, tableEndpoint, page, tenants: entries, absent };
  return printableJson({ ...at, event, ...serving });
}
