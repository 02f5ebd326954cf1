import { once } from "node:events";
import { resolve } from "node:path";
import { codeFolder } from "../functions/codeFolder";
import { DataFolder } from "../local/dataFolder";
import type { DeliveryEvent } from "../local/delivery/event";
import { readableDelivery } from "../local/delivery/readable";
import { boundaryNotes } from "../inventory/role";
import { startGateway, type Gateway } from "../local/gateway";
import { readHostKeyFile } from "../local/hostKeyFile";
import type { LogEvent } from "../local/journal/event";
import { printableJson } from "../local/journal/printableJson";
import { readableLine } from "../local/journal/readable";
import { welcome } from "../local/welcome";
import { synthesisIn } from "../synth/process";
import { stackNames } from "../tenancy/stacks";
import { absentTenants } from "./absentTenants";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { otherTenantsFlag, requireStack, stackFlag } from "./flags";
import { UserError } from "../userError";

const command = {
  usage: `npm start [-- FLAGS]

Serves the gateway of tenants.yaml on this machine: SFTP on 127.0.0.1, the objects as files in a folder.
Exits with 0 when it is ended, 1 when nothing can be served, 2 when called wrongly.`,
  options: {
    stack: stackFlag,
    tenants: otherTenantsFlag,
    port: {
      value: "NUMBER",
      default: "2222",
      description: "The port; 0 takes any free one.",
      fault: (text: string) =>
        /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? undefined : "is a number from 0 to 65535",
    },
    data: { value: "DIR", default: "data", description: "Where objects, queues and the host key are kept." },
    "host-key": { value: "FILE", description: "A private key to serve with, instead of the data folder's own." },
    verbose: { description: "Print a line also when a file is opened, or its times are set." },
    json: { description: "Print the ready event, the log and the deliveries as JSON lines." },
  },
};

/** What every upload and download also does; one line for each is enough for a person. */
const minorActivities: ReadonlySet<LogEvent["activity-type"]> = new Set(["OPEN", "SETSTAT"]);

async function main(values: Values<typeof command.options>): Promise<number> {
  requireStack(values.stack, stackNames(projectDirectory));
  const file = values["host-key"];
  const hostKey = file === undefined ? undefined : readHostKeyFile(file);
  const data = await DataFolder.open(resolve(values.data));
  // Whatever ends this process, short of a kill: the keys of this run do not outlive it.
  process.once("exit", () => data.release());
  await serve(values, data, hostKey);
  return 0;
}

async function serve(
  values: Values<typeof command.options>,
  data: DataFolder,
  hostKey: string | undefined,
): Promise<void> {
  const stop = stopSignal();
  const port = Number(values.port);
  try {
    const { stack, tenants: tenantsFile } = values;
    const deployment = await synthesisIn({ directory: projectDirectory, stack, tenantsFile, signal: stop });
    tell(boundaryNotes(deployment));
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const isShown = (event: LogEvent) => values.json || values.verbose || !minorActivities.has(event["activity-type"]);
    const onLogLine = (line: string, event: LogEvent) => {
      if (isShown(event)) {
        print(values.json ? line : readableLine(event, new Date()));
      }
    };
    const onDeliveryLine = (line: string, event: DeliveryEvent) =>
      print(values.json ? line : readableDelivery(event, new Date()));
    const absent = absentTenants(stack, tenantsFile);
    const gateway = await startGateway({
      deployment,
      absent,
      data,
      port,
      hostKey,
      codeFolder,
      onLogLine,
      onDeliveryLine,
    });
    tell(gateway.notes);
    print(
      values.json
        ? readyEvent(gateway)
        : welcome(gateway, values.stack, { data: data.path, sshConfig: data.sshConfig, queues: data.queues }),
    );
    if (!stop.aborted) {
      await once(stop, "abort");
    }
    await gateway.close();
  } catch (error) {
    if (!stop.aborted) {
      throw understandable(error, port);
    }
  }
}

function tell(notes: readonly string[]): void {
  process.stderr.write(notes.map((note) => `note: ${note}\n`).join(""));
}

function readyEvent({ host, port, hostKeyFingerprint, tenants, absent }: Gateway): string {
  const entries = tenants.map(({ name, userName, privateKey, privateKeyPem, password }) => ({
    name,
    userName,
    privateKey,
    privateKeyPem,
    password,
  }));
  return printableJson({ event: "ready", host, port, hostKeyFingerprint, tenants: entries, absent });
}

/** Aborted when this process is asked to end, or when nobody reads what it prints any more. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  process.stdout.on("error", stop);
  return controller.signal;
}

function understandable(error: unknown, port: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new UserError(
      `port ${port} is in use: end what listens there, or choose another with --port (0: any free one)`,
    );
  }
  return code === "EACCES" ? new UserError(`${message}: choose another --port or --data`) : error;
}

runCommand(withFlags(command, main));
