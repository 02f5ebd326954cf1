import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { awsPorts } from "../../functions/on-upload/aws";
import { clientsWithin, type Clients } from "../../functions/on-upload/clients";
import { createHandler } from "../../functions/on-upload/handler";
import { settings } from "../../settings/table";
import { environment, FakeAws } from "./fakeAws";
import { arrivalOf } from "./invocations";
import { outputOf, type Line } from "./output";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Takes every connection and every request, and says at most the beginning of an answer. */
class SilentServer {
  /** When each request came, in milliseconds. */
  readonly requests: number[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(beginning = "") {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      // A request can come in more than one piece.
      socket.on("data", (piece) => {
        if (piece.toString("latin1").startsWith("POST ")) {
          this.requests.push(Date.now());
          socket.write(beginning);
        }
      });
    });
  }

  async endpoint(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}

/** How an invocation ended. */
interface Ended {
  readonly lines: readonly Line[];
  readonly error?: unknown;
  readonly leftMs: number;
}

/** Runs the function against a server; `clients` picks which service that is. */
async function invoke(
  server: SilentServer,
  milliseconds: number,
  clients: (silent: Clients) => Clients = (silent) => silent,
): Promise<Ended> {
  const end = Date.now() + milliseconds;
  const left = () => end - Date.now();
  const silent = clientsWithin(left, { endpoint: await server.endpoint(), region: "eu-central-1", credentials });
  const handler = createHandler(awsPorts(environment, clients(silent)));
  const input = arrivalOf({ key: `${tenantPrefix("acme")}orders.csv` });
  const output = await outputOf(() => handler(input, { awsRequestId: "1", getRemainingTimeInMillis: left }));
  return { ...output, leftMs: left() };
}

describe("a service that takes a request", () => {
  let server: SilentServer;

  afterEach(() => server.close());

  const body = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
  for (const [what, beginning, clients] of [
    ["and never answers: the table", undefined, undefined],
    ["and never answers: the topic", undefined, ({ sns }: Clients) => ({ ...new FakeAws().clients, sns })],
    ["and never ends its answer", body, undefined],
  ] as const) {
    it(`${what}, fails the upload in order before the invocation's time is up`, async () => {
      server = new SilentServer(beginning);
      const { lines, error, leftMs } = await invoke(server, 3_000, clients);
      expect(error).to.be.an("error");
      expect(server.requests).to.have.length(1);
      // A second and a half is left of three, but for what else a busy machine does.
      expect(leftMs).to.be.within(1, 2_000);
      expect(lines.filter(({ level }) => level === "ERROR")).to.have.nested.property("[0].path", "orders.csv");
    });
  }

  it("and does not answer for three seconds is asked again, also with the shortest time that a stack may set", async () => {
    server = new SilentServer();
    const shortest = 10;
    expect([shortest, shortest - 1].map(settings.onUploadTimeoutSeconds.fault)).to.deep.equal([
      undefined,
      "it is 10 to 55",
    ]);
    const ended = invoke(server, shortest * 1_000);
    while (server.requests.length < 2) {
      await delay(20);
    }
    server.close();
    const [first, second] = server.requests;
    expect(second! - first!).to.be.within(2_900, 5_000);
    expect((await ended).error).to.be.an("error");
  });
});
