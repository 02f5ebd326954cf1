import { once } from "node:events";
import { resolve } from "node:path";
import { codeFolder } from "../functions/codeFolder";
import { DataFolder } from "../local/dataFolder";
import { boundaryNotes } from "../inventory/role";
import { startGateway, type Gateway } from "../local/gateway";
import { readHostKeyFile } from "../local/hostKeyFile";
import { openPage, type Page } from "../local/page/page";
import { isoToday } from "../tenancy/date";
import { stackNames } from "../tenancy/stacks";
import { UsageError, withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { Follower } from "./follow";
import { otherTenantsFlag, requireStack, stackFlag } from "./flags";
import { knownTenants } from "./knownTenants";
import { withProgress } from "./progress";
import { servedDeployment, type ServedDeployment } from "./servedDeployment";
import { Report } from "./startReport";
import { UserError } from "../userError";

const command = {
  usage: `npm start [-- FLAGS]

Serves the gateway of tenants.yaml on this machine: SFTP on 127.0.0.1, the objects as files in a folder. What is changed in
tenants.yaml or the stack's file is served as soon as it is saved.
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
    data: {
      value: "DIR",
      default: "data",
      description: "Where objects, queues and the host key are kept.",
    },
    "host-key": {
      value: "FILE",
      description: "A private key to serve with, instead of the data folder's own.",
    },
    verbose: { description: "Print a line also when a file is opened, or its times are set." },
    page: { description: "Serve a page that shows what happens; on a terminal it is served anyway." },
    "no-page": { description: "Serve no page." },
    json: { description: "Print the ready event, changes, the log and the deliveries as JSON lines." },
  },
};

async function main(values: Values<typeof command.options>): Promise<number> {
  requireStack(values.stack, stackNames(projectDirectory));
  const file = values["host-key"];
  const hostKey = file === undefined ? undefined : readHostKeyFile(file);
  if (values.page && values["no-page"]) {
    throw new UsageError("--page and --no-page exclude each other");
  }
  if (values.verbose && values.json) {
    throw new UsageError("--verbose is of no use beside --json, which prints every line");
  }
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
  const { stack, tenants: tenantsFile } = values;
  const port = Number(values.port);
  const report = new Report(values, data);
  const warn = (said: string) => report.warn(said);
  let gateway: Gateway | undefined;
  let page: Page | undefined;
  const change = ({ deployment, absent, entries }: ServedDeployment) => {
    page?.showRefusal(undefined);
    return report.changing(gateway!, () => gateway!.change(deployment, absent, entries));
  };
  const refuse = (error: unknown) => {
    report.refused(error);
    page?.showRefusal((error as Error).message);
  };
  const follower = new Follower({ stack, tenantsFile, warn, change, refuse });
  try {
    const { deployment, absent, entries } = await withProgress(`synthesising stack ${stack}`, () =>
      servedDeployment({ stack, tenantsFile, signal: stop, warn }),
    );
    report.notes(boundaryNotes(deployment));
    const { onLogLine, onDeliveryLine } = report;
    const heard = { onLogLine, onDeliveryLine };
    gateway = await startGateway({ deployment, absent, entries, data, port, hostKey, codeFolder, ...heard });
    if (values.page || (process.stdout.isTTY && !values["no-page"])) {
      page = await openPage({
        gateway,
        files: data,
        tenants: () => knownTenants(stack, tenantsFile, isoToday(new Date())),
      });
    }
    report.ready(gateway, page?.address);
    follower.begin();
    if (!stop.aborted) {
      await once(stop, "abort");
    }
  } catch (error) {
    if (!stop.aborted) {
      throw understandable(error, port);
    }
  } finally {
    await follower.end();
    await page?.close();
    await gateway?.close();
  }
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
