import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codeFolder } from "../../../functions/codeFolder";
import type { UploadEvent } from "../../../functions/on-upload/event";
import type { DeliveryEvent } from "../../../local/delivery/event";
import type { GatewayOptions } from "../../../local/gateway";
import type { Deployment } from "../../../synth/deployment";
import type { ExistingListener, Listener } from "../../../tenancy/listener";
import { gatewayStack } from "../../components/gatewayStack";
import { tenant } from "../../tenant";
import { resource, type DeploymentDraft } from "./deployment";
import { RunningGateway, temporaryFolder } from "./running";

export const landingBucket = "project-test-123456789012";

const environments = ["dev"];
const ownQueue: Listener = { kind: "own-queue", readers: [], environments };
const existing = (kind: ExistingListener["kind"], endpoint: string): Listener => ({ kind, endpoint, environments });

/** Endpoints outside of the deployment, all of the tenant `outward`. */
export const outside = {
  email: "orders@outward.example",
  https: "https://hooks.outward.example/uploads",
  queue: "arn:aws:sqs:eu-central-1:123456789012:orders",
  function: "arn:aws:lambda:eu-central-1:123456789012:function:orders:live",
};

const listener = (name: string, ...notify: Listener[]) => tenant(name, { notify });

let synthesised: Promise<Deployment> | undefined;

/** What `components/` deploys for some tenants and a space that listen; a copy that may be changed. */
export async function listeningDeployment(): Promise<DeploymentDraft> {
  // Not before the first test asks: two syntheses at once disturb each other.
  synthesised ??= gatewayStack({
    tenants: [
      listener("acme", ownQueue),
      listener("acme-corp", ownQueue),
      listener(
        "outward",
        existing("email", outside.email),
        existing("https", outside.https),
        existing("queue", outside.queue),
        existing("function", outside.function),
      ),
      tenant("supplier", { spaces: [{ name: "catalogue", access: "read-write" }] }),
    ],
    spaces: [{ name: "catalogue", notify: [ownQueue] }],
  });
  return structuredClone(await synthesised) as DeploymentDraft;
}

let encrypted: Promise<Deployment> | undefined;

/** The same for one tenant with a queue, under a key of the gateway's own. */
export async function encryptedDeployment(): Promise<DeploymentDraft> {
  encrypted ??= gatewayStack({ encryption: "kms", tenants: [listener("acme", ownQueue)] });
  return structuredClone(await encrypted) as DeploymentDraft;
}

/** A line of a queue's file. */
export interface QueueLine {
  readonly MessageId: string;
  readonly SentTimestamp: string;
  readonly Body: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}

/** What a test changes. */
export interface Listening {
  readonly deployment?: DeploymentDraft;
  /** JavaScript that the hook runs, in which `event` is the upload. */
  readonly hook?: string;
  readonly options?: Partial<GatewayOptions>;
}

/** A gateway in this process whose queues can be looked into. Repetitions come at once. */
export class ListeningGateway {
  private constructor(
    readonly running: RunningGateway,
    private readonly code: ReturnType<typeof temporaryFolder>,
  ) {}

  static async start({ deployment, hook, options }: Listening = {}): Promise<ListeningGateway> {
    const code = temporaryFolder();
    const served = deployment ?? (await listeningDeployment());
    const withHook = hook === undefined ? {} : { codeFolder: hookedCode(code.path, served, hook) };
    try {
      const running = await RunningGateway.start(served, { retryDelaysMs: [10, 20], ...withHook, ...options });
      return new ListeningGateway(running, code);
    } catch (error) {
      code.remove();
      throw error;
    }
  }

  /** The lines of a queue by its short name: `tenant_acme`, `on-upload_dlq`. Empty while there is no file. */
  lines(queue: string): QueueLine[] {
    const file = this.queueFile(queue);
    return existsSync(file)
      ? readFileSync(file, "utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as QueueLine)
      : [];
  }

  /** The events in a queue that gets them as they are. */
  events(queue: string): UploadEvent[] {
    return this.lines(queue).map(({ Body }) => JSON.parse(Body) as UploadEvent);
  }

  queueFile(queue: string): string {
    return join(this.running.folder, "queues", `project-test_${queue}.jsonl`);
  }

  told<Type extends DeliveryEvent["event"]>(type: Type): Extract<DeliveryEvent, { readonly event: Type }>[] {
    return this.running.deliveries.filter((each) => each.event === type) as Extract<
      DeliveryEvent,
      { readonly event: Type }
    >[];
  }

  /** Messages that the function has written to its log, with the file that each is about. */
  get log(): string[] {
    return this.told("function-log").map(({ line }) => {
      const { message, path, key } = line as Readonly<Record<string, unknown>>;
      return [message, path ?? key].join(" ");
    });
  }

  /** Uploads a small file as a tenant. */
  async put(tenant: string, path: string): Promise<void> {
    await (await this.running.client(tenant)).put(Buffer.from("hello"), path);
  }

  until(happened: () => boolean): Promise<void> {
    return this.running.until(happened);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    this.code.remove();
  }
}

/** Within a suite: what starts a test's gateway, which ends with the test. */
export function gatewayOfEachTest(): (listening?: Listening) => Promise<ListeningGateway> {
  let gateway: ListeningGateway | undefined;
  afterEach(async () => {
    await gateway?.stop();
    gateway = undefined;
  });
  return async (listening = {}) => (gateway = await ListeningGateway.start(listening));
}

/** The deployed code with a hook put in, where the gateway looks for what the deployment names. */
function hookedCode(folder: string, deployment: DeploymentDraft, hook: string): string {
  const { archive } = resource(deployment, "Function").inputs["code"] as { archive: string };
  const bundle = pathToFileURL(join(codeFolder, archive, "index.mjs"));
  mkdirSync(join(folder, archive));
  writeFileSync(
    join(folder, archive, "index.mjs"),
    `import { createHandler as create, MemoryStore } from "${bundle.href}";
export { MemoryStore };
export const createHandler = (ports) => create({ ...ports, hook: async (event) => { ${hook} } });
`,
  );
  return folder;
}
