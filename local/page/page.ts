import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { Known } from "../../why/subject";
import type { DeliveryEvent } from "../delivery/event";
import type { LogEvent } from "../journal/event";
import { whyContent } from "./answers";
import { lastLines } from "./lastLines";
import { LoopbackServer, sendJson, type Route } from "./loopbackServer";
import type { Beginning, Row } from "./messages";
import { queueContent } from "./queueContent";
import { deliveryRow, logRow, type TenantOf } from "./rows";
import { seenBy } from "./seen";
import { gatewayState, rowLimit, type RunFiles, type Watched } from "./state";
import { Viewers } from "./viewers";

export interface PageOptions {
  readonly gateway: Watched;
  readonly files: RunFiles;
  /** What the tenants file of the deployment says, read when somebody asks why. */
  readonly tenants: () => Pick<Known, "entries" | "rules">;
}

/** A page in the browser that shows what a gateway on this machine does, and changes nothing. */
export interface Page {
  readonly address: string;
  /** Shows why the files as they were saved last are not served, until it is told that they are: undefined. */
  showRefusal(why: string | undefined): void;
  close(): Promise<void>;
}

/** What of each log a new viewer is shown. */
const loggedBytes = 256 * 1024;

/** Serves the page on loopback. As long as nobody looks at it, it listens to nothing and keeps nothing. */
export async function openPage({ gateway, files, tenants }: PageOptions): Promise<Page> {
  let refusal: string | undefined;
  const state = () => gatewayState(gateway, files, refusal);
  // What has happened has happened: a fault in showing it must not reach whoever tells of it.
  const tell = (event: string, value: () => unknown) => {
    try {
      viewers.tell(event, value());
    } catch (error) {
      viewers.tell("fault", (error as Error).message);
    }
  };
  const viewers: Viewers = new Viewers(() => {
    const now = () => new Date().toISOString();
    let tenantOf = tenantsByLogin(gateway);
    return gateway.watch({
      onLogLine: (line, event) => tell("row", () => logRow(line, event, now(), tenantOf)),
      onDeliveryLine: (_, event) => tell("row", () => deliveryRow(event, now(), tenantOf)),
      onChange: () => {
        tenantOf = tenantsByLogin(gateway);
        tell("state", state);
      },
    });
  });
  const server = await LoopbackServer.open({
    atOnce: {
      ...assetRoutes(),
      events: (_, response) =>
        viewers.add(response, () => ({ state: state(), rows: rowsOf(gateway, files) }) satisfies Beginning),
    },
    inTurn: {
      state: (_, response) => sendJson(response, state()),
      seen: (query, response) => sendJson(response, seenBy(query.get("tenant") ?? "", gateway) ?? { folders: [] }),
      queue: (query, response) => {
        const queue = gateway.queues.find(({ shown }) => shown === query.get("name"));
        sendJson(response, queue === undefined ? { messages: [] } : queueContent(queue));
      },
      why: (query, response) => sendJson(response, whyContent(query, { inventory: gateway.inventory, ...tenants() })),
    },
  });
  return {
    address: server.address,
    showRefusal: (why) => {
      refusal = why;
      if (viewers.areThere) {
        tell("state", state);
      }
    },
    close: () => server.close(),
  };
}

/** What the logs of this run say last, oldest first. */
function rowsOf(gateway: Watched, files: RunFiles): Row[] {
  const tenantOf = tenantsByLogin(gateway);
  const rows = [
    ...linesOf(files.log).map(([line, event]) => logRow(line, event as unknown as LogEvent, event.timestamp, tenantOf)),
    ...linesOf(files.deliveries).map(([, event]) =>
      deliveryRow(event as unknown as DeliveryEvent, event.timestamp, tenantOf),
    ),
  ];
  return rows.filter((row) => row !== undefined);
}

type Logged = { readonly timestamp: string } & Readonly<Record<string, unknown>>;

function linesOf(log: string): (readonly [line: string, event: Logged])[] {
  return lastLines(log, loggedBytes)
    .slice(-rowLimit)
    .flatMap((line) => {
      try {
        return [[line, JSON.parse(line) as Logged] as const];
      } catch {
        // A full disk has left half of a line.
        return [];
      }
    });
}

/** By the login name, or else by the name of a tenant, which people take for it. */
function tenantsByLogin({ tenants, absent }: Watched): TenantOf {
  const all = [...tenants, ...absent];
  const names = new Map([
    ...all.map(({ name }) => [name, name] as const),
    ...all.map((each) => [each.userName, each.name] as const),
  ]);
  return (userName) => names.get(userName);
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page's own files, by their names. */
function assetRoutes(): Record<string, Route> {
  const folder = join(__dirname, "assets");
  const routes = readdirSync(folder)
    .filter((name) => extname(name) in contentTypes)
    .map((name): [string, Route] => {
      const content = readFileSync(join(folder, name));
      const route: Route = (_, response) => {
        response.setHeader("Content-Type", contentTypes[extname(name)]!);
        response.end(content);
      };
      return [name === "page.html" ? "" : name, route];
    });
  return Object.fromEntries(routes);
}
