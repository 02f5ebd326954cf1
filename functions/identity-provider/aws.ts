import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { authentications, type Authentication } from "../../tenancy/signIn";
import { required, type Environment } from "../environment";
import { hashPassword } from "./credentials";
import type { Ports } from "./ports";

/** What a login waits for the table, whatever happens there. DynamoDB answers within a few hundredths of it. */
const readMs = 1_000;

/** A request that is not answered in this time is tried once more: the connection may have ended while Lambda slept. */
const requestMs = 400;

/**
 * The ports as deployed.
 * @param environment must hold TABLE_NAME (key: the string `tenant`), AUTHENTICATION and POWERTOOLS_METRICS_NAMESPACE.
 * @param folder Where the package lies.
 * @param place Where the client finds the table. Default: as Lambda's environment says.
 */
export function awsPorts(
  environment: Environment,
  folder: string,
  place: Pick<DynamoDBClientConfig, "endpoint" | "region" | "credentials"> = {},
): Ports {
  const client = tableClient(place);
  const tableName = required(environment, "TABLE_NAME");
  return {
    authentication: authenticationOf(required(environment, "AUTHENTICATION")),
    metricsNamespace: required(environment, "POWERTOOLS_METRICS_NAMESPACE"),
    recordFile: (name) => readIfThere(join(folder, name)),
    item: async (tenant) => {
      const command = new GetCommand({ TableName: tableName, Key: { tenant }, ConsistentRead: true });
      return (await client.send(command, { abortSignal: AbortSignal.timeout(readMs) })).Item;
    },
    hash: hashPassword,
    now: () => new Date(),
  };
}

function tableClient(place: DynamoDBClientConfig): DynamoDBDocumentClient {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: requestMs,
    requestTimeout: requestMs,
    // Without it the handler only warns and goes on waiting.
    throwOnRequestTimeout: true,
  });
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...place, maxAttempts: 2, requestHandler }));
}

function authenticationOf(text: string): Authentication {
  const authentication = authentications.find((known) => known === text);
  if (authentication === undefined) {
    throw new Error(`the environment variable AUTHENTICATION is none of ${authentications.join(", ")}`);
  }
  return authentication;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
