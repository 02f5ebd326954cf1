import { unknownText } from "../iam/evaluate";
import type { Deployment } from "../synth/deployment";
import type { DataFolder } from "./dataFolder";
import { Delivery } from "./delivery/delivery";
import type { DeliveryEvent } from "./delivery/event";
import { ClientFiles } from "./files/clientFiles";
import { S3Session } from "./files/s3Session";
import { bounded } from "./journal/bounded";
import type { LogEvent } from "./journal/event";
import { explained } from "./journal/explained";
import { Journal } from "./journal/journal";
import type { AuthenticationMethods } from "./logins/identityProvider";
import { lambdaLogins } from "./logins/lambdaLogins";
import type { ServedTenant } from "./logins/logins";
import { serviceManagedLogins } from "./logins/serviceManaged";
import { ObjectStore } from "./objects/objectStore";
import { deployedServer, type DeployedServer } from "./service/deployedServer";
import { Quota } from "./quota";
import { sshConfig } from "./sshConfig";
import { unknownLogin, type AbsentTenant } from "./service/loginCauses";
import { RequestHandler, type CutShort } from "./sftp/requestHandler";
import { publicKeysOf, signingHostKeys } from "./ssh/hostKeys";
import { fingerprintOf, parsedKey } from "./ssh/sshKey";
import { host, serviceLimits, SshServer } from "./ssh/sshServer";
import type { ClientLimits } from "./ssh/clients";
import type { ConnectionHost, ConnectionLimits } from "./ssh/connection";

export interface GatewayOptions {
  readonly deployment: Deployment;
  readonly data: DataFolder;
  /** 0: any free port. */
  readonly port: number;
  /** Private key of the host, as PEM or in OpenSSH's form. Default: the data folder's own. */
  readonly hostKey?: string | undefined;
  /** Hears of each line of the structured log. */
  readonly onLogLine: (line: string, event: LogEvent) => void;
  /** Hears of each line of the log of deliveries. */
  readonly onDeliveryLine: (line: string, event: DeliveryEvent) => void;
  /** Where the code of functions lies, each bundle in a folder of the hash that the deployment shows. */
  readonly codeFolder: string;
  /** Between the attempts of a function that fails. Default: one and two seconds. */
  readonly retryDelaysMs?: readonly number[];
  readonly limits?: ConnectionLimits;
  readonly clientLimits?: ClientLimits;
  /** Whom the log may name when somebody tries to log in as a tenant that is not served. Default: nobody. */
  readonly absent?: readonly AbsentTenant[];
}

/** A gateway that serves. */
export interface Gateway {
  readonly host: string;
  readonly port: number;
  /** Of the key that clients of today take. */
  readonly hostKeyFingerprint: string;
  /** The tenants that are not served. */
  readonly absent: readonly AbsentTenant[];
  /** In what the gateway is not as on AWS, as sentences. */
  readonly notes: readonly string[];
  readonly tenants: readonly ServedTenant[];
  /** By what they log in. */
  readonly methods: AuthenticationMethods;
  /** Where DynamoDB's client finds the table of passwords and stops; undefined where there is none. */
  readonly tableEndpoint: string | undefined;
  /** Whether the deployment has queues, whose files lie in the data folder. */
  readonly hasQueues: boolean;
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
  const { deployment, data, absent = [] } = options;
  const server = deployedServer(deployment);
  const store = new ObjectStore(data.path, data.uploads, server.buckets);
  const report = (event: DeliveryEvent) => deliveries.write(event);
  const delivery = new Delivery({ ...options, server, store, queuesFolder: data.queues, report });
  if (delivery.hasQueues) {
    data.makeQueues();
  }
  const standUp = server.isServiceManaged ? serviceManagedLogins : lambdaLogins;
  const logins = await standUp({ ...options, server, report });
  const served = new Map(logins.tenants.map(({ name, userName }) => [name, userName]));
  // Of each type the first is the one that clients see, so that others stand beside the imported one, as at the service.
  const hostKeys = [...(options.hostKey === undefined ? [] : [options.hostKey]), ...data.hostKeys()];
  const journal = new Journal(data.log, options.onLogLine);
  const deliveries = new Journal(data.deliveries, options.onDeliveryLine);
  const ssh = new SshServer({
    hostKeys: signingHostKeys(hostKeys),
    algorithms: server.offer.algorithms,
    banner: server.banner,
    port: options.port,
    limits: options.limits ?? serviceLimits,
    clientLimits: options.clientLimits,
    resourceArn: server.arn,
    unknownLogin: (name) => unknownLogin(name, { served, absent }),
    provider: logins.provider,
    log: (activity) => journal.write(bounded(explained(activity, server.inventory))),
    requestHandler: requestHandlers(server, store, delivery),
  });
  const port = await ssh.listen().catch(async (error: unknown) => {
    await logins.end();
    throw error;
  });
  data.writeKnownHosts(port, publicKeysOf(hostKeys));
  data.writeSshConfig(sshConfig(logins.tenants, { host, port }, data.knownHosts));
  return {
    host,
    port,
    hostKeyFingerprint: fingerprintOf(parsedKey(hostKeys[0]!).getPublicSSH()),
    absent,
    notes: server.offer.notes,
    tenants: logins.tenants,
    methods: logins.provider.methods,
    tableEndpoint: logins.tableEndpoint,
    hasQueues: delivery.hasQueues,
    close: async () => {
      await ssh.close();
      journal.close();
      await Promise.all([delivery.end(), logins.end()]);
      deliveries.close();
    },
  };
}

/** Open files and folders, in all sessions together: a descriptor each, of the few thousand that a process may have. */
const [handlesOfUser, handlesOfAll] = [512, 2048];

/** Names in open listings that are not shared, which take about 100 bytes each. */
const [listedNamesOfUser, listedNamesOfAll] = [500_000, 2_000_000];

/** What answers the requests of a session: the user's files, and word of what happens to them for whoever listens. */
function requestHandlers(
  server: DeployedServer,
  store: ObjectStore,
  delivery: Delivery,
): ConnectionHost["requestHandler"] {
  const handles = new Quota(handlesOfUser, handlesOfAll);
  const names = new Quota(listedNamesOfUser, listedNamesOfAll);
  return (user, facts, report) => {
    const session = { ...facts, userName: user.userName, roleArn: user.roleArn };
    const s3 = new S3Session(
      store,
      user,
      names,
      (appearance) => delivery.appeared(appearance, session),
      ({ action, resource, ...decision }) =>
        report({ "activity-type": "ERROR", operation: action, path: resource, message: `${unknownText(decision)}` }),
    );
    const files = new ClientFiles(user, s3, server.createsMappedFolders);
    const onCutShort = (upload: CutShort) => delivery.cutShort(upload, session);
    return new RequestHandler(files, server.setStatSucceeds, report, onCutShort, () => handles.take(user.userName));
  };
}
