import { unknownText } from "../iam/evaluate";
import type { Inventory } from "../inventory/inventory";
import type { Deployment } from "../synth/deployment";
import { fingerprintOf } from "../tenancy/fingerprint";
import type { Known } from "../why/subject";
import type { DataFolder } from "./dataFolder";
import type { DeliveryEvent } from "./delivery/event";
import type { Queue } from "./delivery/queue";
import { ClientFiles } from "./files/clientFiles";
import { S3Session } from "./files/s3Session";
import { bounded } from "./journal/bounded";
import type { LogEvent } from "./journal/event";
import { explained } from "./journal/explained";
import { Journal } from "./journal/journal";
import type { AuthenticationMethods } from "./logins/identityProvider";
import type { ServedTenant } from "./logins/logins";
import { ThrowAwayPasswords } from "./logins/throwAwayPasswords";
import { ObjectStore } from "./objects/objectStore";
import { LastingSession } from "./service/lastingSession";
import { standUp, type Serving } from "./serving";
import { Quota } from "./quota";
import { sshConfig } from "./sshConfig";
import type { AbsentTenant } from "./service/loginCauses";
import { RequestHandler, type CutShort } from "./sftp/requestHandler";
import { publicKeysOf, signingHostKeys } from "./ssh/hostKeys";
import { parsedKey } from "./ssh/sshKey";
import { host, serviceLimits, SshServer, type Greeting } from "./ssh/sshServer";
import type { ClientLimits } from "./ssh/clients";
import type { ConnectionHost, ConnectionLimits } from "./ssh/connection";
import { RunTable } from "./table/runTable";

/** Hears of what happens at a gateway, at once. */
export interface GatewayListener {
  /** Of each line of the structured log. */
  readonly onLogLine: (line: string, event: LogEvent) => void;
  /** Of each line of the log of deliveries. */
  readonly onDeliveryLine: (line: string, event: DeliveryEvent) => void;
}

export interface GatewayOptions extends GatewayListener {
  readonly deployment: Deployment;
  readonly data: DataFolder;
  /** 0: any free port. */
  readonly port: number;
  /** Private key of the host, as PEM or in OpenSSH's form. Default: the data folder's own. */
  readonly hostKey?: string | undefined;
  /** Where the code of functions lies, each bundle in a folder of the hash that the deployment shows. */
  readonly codeFolder: string;
  /** Between the attempts of a function that fails. Default: one and two seconds. */
  readonly retryDelaysMs?: readonly number[];
  readonly limits?: ConnectionLimits;
  readonly clientLimits?: ClientLimits;
  /** The most names in open listings that are not shared. Default: 500,000 of a user, 2,000,000 in all. */
  readonly listedNames?: Pick<ClientLimits, "ofUser" | "ofAll">;
  /** Whom the log may name when somebody tries to log in as a tenant that is not served. Default: nobody. */
  readonly absent?: readonly AbsentTenant[];
  /** The tenants file of the deployment, by which the log says the line that a denial comes from. Default: none. */
  readonly entries?: Known["entries"];
}

/** A gateway that serves. */
export interface Gateway {
  readonly host: string;
  readonly port: number;
  /** Of the key that clients of today take. */
  readonly hostKeyFingerprint: string;
  /** The tenants that are not served. Like what follows, of the deployment that is served when it is read. */
  readonly absent: readonly AbsentTenant[];
  /** In what the gateway is not as on AWS, as sentences. */
  readonly notes: readonly string[];
  readonly tenants: readonly ServedTenant[];
  /** By what they log in. */
  readonly methods: AuthenticationMethods;
  /** Where DynamoDB's client finds the table of passwords and stops; undefined where there is none. */
  readonly tableEndpoint: string | undefined;
  /** The queues of the deployment, whose files lie in the data folder. */
  readonly queues: readonly Queue[];
  /** What is served, with the keys of this run among those of the users. */
  readonly inventory: Inventory;
  /** The objects, of this deployment and those before it. */
  readonly store: Pick<ObjectStore, "bucket">;
  /**
   * Tells a further listener what happens from now on.
   * @param listener Must not throw: what it is told of has happened. `onChange` hears that another deployment is served.
   * @returns What ends that.
   */
  watch(listener: GatewayListener & { readonly onChange: () => void }): () => void;
  /**
   * Serves another deployment from now on, one change at a time. Open sessions keep their folders and session policy, and are held to
   * the documents of role and bucket of the new deployment; the keys and passwords of this run stay.
   * @param entries Its tenants file. Default: none.
   * @throws UnreadableDeploymentError for a deployment that cannot be reproduced faithfully; the one before is served on.
   */
  change(deployment: Deployment, absent?: readonly AbsentTenant[], entries?: Known["entries"]): Promise<void>;
  /**
   * Drops every client; what they were sending is stored as far as it came. What is being delivered has a little time to
   * arrive.
   */
  close(): Promise<void>;
}

/**
 * Serves a synthesised deployment on this machine, loopback only: users, keys, folders and policies are those of its
 * resources; objects are files in the data folder.
 * @throws UnreadableDeploymentError for a deployment that cannot be reproduced faithfully.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { data } = options;
  const table = new RunTable();
  const ofRun = {
    store: new ObjectStore(data.path, data.uploads),
    table,
    passwords: new ThrowAwayPasswords(table),
    report: (event: DeliveryEvent) => deliveries.write(event),
  };
  const serve = (deployment: Deployment, absent: readonly AbsentTenant[] = []) =>
    standUp({ ...options, ...ofRun, deployment, absent });
  let serving = await serve(options.deployment, options.absent);
  let { entries } = options;
  const retiring = new Set<Serving>();
  // Of each type the first is the one that clients see, so that others stand beside the imported one, as at the service.
  const hostKeys = [...(options.hostKey === undefined ? [] : [options.hostKey]), ...data.hostKeys()];
  const watching = new Set<Parameters<Gateway["watch"]>[0]>();
  const journal = new Journal<LogEvent>(data.log, (...heard) =>
    [options, ...watching].forEach((each) => each.onLogLine(...heard)),
  );
  const deliveries = new Journal<DeliveryEvent>(data.deliveries, (...heard) =>
    [options, ...watching].forEach((each) => each.onDeliveryLine(...heard)),
  );
  const ssh = new SshServer({
    hostKeys: signingHostKeys(hostKeys),
    ...greetingOf(serving),
    port: options.port,
    limits: options.limits ?? serviceLimits,
    clientLimits: options.clientLimits,
    get resourceArn() {
      return serving.server.arn;
    },
    unknownLogin: (name) => serving.unknownLogin(name, entries),
    provider: {
      get methods() {
        return serving.logins.provider.methods;
      },
      ask: (request) => serving.logins.provider.ask(request),
    },
    log: (activity) => journal.write(bounded(explained(activity, { inventory: serving.opened, entries }))),
    requestHandler: requestHandlers(ofRun.store, () => serving, options.listedNames ?? listedNames),
  });
  const port = await ssh.listen().catch(async (error: unknown) => {
    await Promise.all([serving.end(), table.close()]);
    throw error;
  });
  const writeSshConfig = ({ logins }: Serving) =>
    data.writeSshConfig(sshConfig(logins.tenants, { host, port }, data.knownHosts));
  data.writeKnownHosts(port, publicKeysOf(hostKeys));
  writeSshConfig(serving);
  return {
    host,
    port,
    hostKeyFingerprint: fingerprintOf(parsedKey(hostKeys[0]!).getPublicSSH()),
    get absent() {
      return serving.absent;
    },
    get notes() {
      return serving.server.offer.notes;
    },
    get tenants() {
      return serving.logins.tenants;
    },
    get methods() {
      return serving.logins.provider.methods;
    },
    get tableEndpoint() {
      return serving.logins.tableEndpoint;
    },
    get queues() {
      return serving.delivery.queues;
    },
    get inventory() {
      return serving.opened;
    },
    store: ofRun.store,
    watch: (listener) => {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    change: async (deployment, absent, changedEntries) => {
      const [before, next] = [serving, await serve(deployment, absent)];
      try {
        writeSshConfig(next);
      } catch (error) {
        await next.end();
        throw error;
      }
      serving = next;
      entries = changedEntries;
      ssh.greet(greetingOf(serving));
      watching.forEach(({ onChange }) => onChange());
      retiring.add(before);
      void before.retire().finally(() => retiring.delete(before));
    },
    close: async () => {
      await ssh.close();
      journal.close();
      await Promise.all([...retiring, serving].map((each) => each.end()));
      await table.close();
      deliveries.close();
    },
  };
}

function greetingOf({ server }: Serving): Greeting {
  return { algorithms: server.offer.algorithms, banner: server.banner };
}

/** Open files and folders, in all sessions together: a descriptor each, of the few thousand that a process may have. */
const [handlesOfUser, handlesOfAll] = [512, 2048];

/** A name in an open listing takes about 100 bytes. */
const listedNames = { ofUser: 500_000, ofAll: 2_000_000 };

/** What answers the requests of a session: the user's files, and word of what happens to them for whoever listens. */
function requestHandlers(
  store: ObjectStore,
  serving: () => Serving,
  { ofUser, ofAll }: NonNullable<GatewayOptions["listedNames"]>,
): ConnectionHost["requestHandler"] {
  const handles = new Quota(handlesOfUser, handlesOfAll);
  const names = new Quota(ofUser, ofAll);
  return (user, facts, report) => {
    const { server } = serving();
    const session = { ...facts, userName: user.userName, roleArn: user.roleArn };
    const lasting = new LastingSession(user.deployed, () => serving().sessions);
    const s3 = new S3Session(
      store,
      { userName: user.userName, authorise: (request) => lasting.decide(request) },
      names,
      (appearance) => serving().delivery.appeared(appearance, session),
      ({ action, resource, ...decision }) =>
        report({ "activity-type": "ERROR", operation: action, path: resource, message: `${unknownText(decision)}` }),
    );
    const files = new ClientFiles(user, s3, server.createsMappedFolders);
    const onCutShort = (upload: CutShort) => serving().delivery.cutShort(upload, session);
    return new RequestHandler(files, server.setStatSucceeds, report, onCutShort, () => handles.take(user.userName));
  };
}
