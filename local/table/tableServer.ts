import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Table } from "./table";
import { TableError } from "./tableError";

/** A table that DynamoDB's own client reaches. */
export interface TableServer {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`: `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Serves a table on a free port of 127.0.0.1, by the JSON protocol of DynamoDB. Signatures are not looked at. */
export async function serveTable(table: Pick<Table, "answer">): Promise<TableServer> {
  const server = createServer((request, response) => {
    // A request that breaks off has nobody who could be answered.
    respond(table, request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Source: AWS JSON 1.0 protocol, as botocore has it of DynamoDB (`targetPrefix` DynamoDB_20120810). */
const targetPrefix = "DynamoDB_20120810.";

async function respond(
  table: Pick<Table, "answer">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [status, answer] = answerOf(table, String(request.headers["x-amz-target"]), await text(request));
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(answer));
}

/** A refusal has a status that the client does not try again at. */
function answerOf(
  table: Pick<Table, "answer">,
  target: string,
  body: string,
): readonly [status: number, answer: object] {
  try {
    if (!target.startsWith(targetPrefix)) {
      throw new TableError("UnknownOperationException", `the local table does not know ${target}`);
    }
    const parameters = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return [200, table.answer(target.slice(targetPrefix.length), parameters)];
  } catch (error) {
    const { code, message, more } =
      error instanceof TableError ? error : new TableError("SerializationException", String(error));
    return [400, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message, ...more }];
  }
}
