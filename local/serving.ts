import type { Inventory } from "../inventory/inventory";
import { Sessions } from "../inventory/session";
import type { Deployment } from "../synth/deployment";
import type { Known } from "../why/subject";
import type { DataFolder } from "./dataFolder";
import { Delivery, type DeliveryOptions } from "./delivery/delivery";
import { lambdaLogins } from "./logins/lambdaLogins";
import type { Logins, LoginsOptions, ServedTenant } from "./logins/logins";
import { serviceManagedLogins } from "./logins/serviceManaged";
import type { ObjectStore } from "./objects/objectStore";
import { deployedServer, type DeployedServer } from "./service/deployedServer";
import { unknownLogin, type AbsentTenant } from "./service/loginCauses";

export interface ServingOptions
  extends Omit<LoginsOptions, "server">, Pick<DeliveryOptions, "retryDelaysMs" | "codeFolder"> {
  readonly deployment: Deployment;
  readonly absent: readonly AbsentTenant[];
  readonly data: DataFolder;
  readonly store: ObjectStore;
}

/** All that follows from one deployment. What belongs to the run, as objects, keys and the table, is not in it. */
export interface Serving {
  readonly server: DeployedServer;
  readonly delivery: Delivery;
  readonly logins: Logins;
  readonly sessions: Sessions;
  /** What is deployed, with the keys of this run among those of the users. */
  readonly opened: Inventory;
  readonly absent: readonly AbsentTenant[];
  /**
   * Why nobody can log in under a name that is no user's; undefined for a user's.
   * @param entries Of the tenants file, where it is known.
   */
  unknownLogin(name: string, entries: Known["entries"]): string | undefined;
  /** Ends it once what it has begun is done, of deliveries what is done in a minute. */
  retire(): Promise<void>;
  /** Ends it; what is being delivered has a little time to arrive. */
  end(): Promise<void>;
}

/** How long the end waits for what is being delivered, while the gateway goes on and when it ends. */
const [retiringGraceMs, endingGraceMs] = [60_000, 2000];

/** @throws UnreadableDeploymentError for a deployment that cannot be reproduced faithfully; nothing stands then. */
export async function standUp(options: ServingOptions): Promise<Serving> {
  const { deployment, absent, data, store, report } = options;
  const server = await deployedServer(deployment);
  store.addBuckets(server.buckets);
  const delivery = new Delivery({ ...options, server, queuesFolder: data.queues, report });
  if (delivery.queues.length > 0) {
    data.makeQueues();
  }
  const logins = await (server.isServiceManaged ? serviceManagedLogins : lambdaLogins)({ ...options, server });
  const served = new Map(logins.tenants.map(({ name, userName }) => [name, userName]));
  return {
    server,
    delivery,
    logins,
    sessions: new Sessions(server.inventory),
    opened: withKeysOfRun(server.inventory, logins.tenants),
    absent,
    unknownLogin: (name, entries) => unknownLogin(name, { served, absent, entries }),
    retire: async () => {
      await Promise.all([delivery.end(retiringGraceMs), logins.retire()]);
    },
    end: async () => {
      await Promise.all([delivery.end(endingGraceMs), logins.end()]);
    },
  };
}

function withKeysOfRun(inventory: Inventory, tenants: readonly ServedTenant[]): Inventory {
  const keysOf = new Map(tenants.map(({ userName, publicKeys }) => [userName, publicKeys]));
  const keyOf = (body: string) => ({ label: "a throw-away key", body, isThrowAway: true as const });
  const users = inventory.users.map((user) => ({
    ...user,
    keys: [...user.keys, ...(keysOf.get(user.userName) ?? []).map(keyOf)],
  }));
  return { ...inventory, users };
}
