import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBServiceException,
  GetItemCommand,
  ResourceNotFoundException,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { printable } from "../invisible";
import { quoted } from "../tenancy/quote";
import { UserError } from "../userError";
import type { ItemKey, StoredItem, Update } from "./update";

/** What the table says to a write. */
export type Written =
  | { readonly isWritten: true }
  /** The condition did not hold; with the item where the write asks for it. */
  | { readonly isWritten: false; readonly item?: StoredItem | undefined };

/** The table of passwords and stops, as the commands reach it. */
export interface CredentialsTable {
  /** The item as it is now; undefined: there is none. @throws UserError when the table does not answer. */
  read(key: ItemKey): Promise<StoredItem | undefined>;
  /** @throws UserError when the table does not answer: whether it has written is not known then. */
  write(update: Update): Promise<Written>;
}

/** Where a table on this machine is: that of `npm start`, or another that stands in for DynamoDB. It asks nobody who he is. */
const onThisMachine = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/?$/;

/** Where AWS's clients find DynamoDB instead. Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints". */
const endpointVariable = "AWS_ENDPOINT_URL_DYNAMODB";

/**
 * The table in AWS, or where AWS_ENDPOINT_URL_DYNAMODB says, with the credentials that AWS's tools find in the environment. A call takes half a minute at most.
 * @param region The stack's.
 * @throws UserError when that variable holds no URL.
 */
export function credentialsTable(region: string): CredentialsTable {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Without it the handler only warns and goes on waiting.
    throwOnRequestTimeout: true,
  });
  // Of a later version than the one that is pinned here; it would stand between what the command prints.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const endpoint = process.env[endpointVariable] ?? "";
  requireUrl(endpoint);
  const isLocal = onThisMachine.test(endpoint);
  const credentials = isLocal ? { credentials: { accessKeyId: "local", secretAccessKey: "local" } } : {};
  const client = new DynamoDBClient({ region, maxAttempts: 3, requestHandler, ...credentials });
  return {
    read: async ({ table, tenant }) => {
      const get = new GetItemCommand({ TableName: table, Key: { tenant: { S: tenant } }, ConsistentRead: true });
      return (await answered(client.send(get), table, region)).Item;
    },
    write: async (update) => {
      try {
        await client.send(new UpdateItemCommand(update));
        return { isWritten: true };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return { isWritten: false, item: error.Item };
        }
        throw refusalOf(error, update.TableName ?? "", region);
      }
    },
  };
}

/** The client itself would ask for credentials first, and name neither the variable nor what it holds. */
function requireUrl(endpoint: string): void {
  if (endpoint !== "" && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint))) {
    throw new UserError(
      `${endpointVariable} is ${quoted(endpoint)}; it is the URL at which DynamoDB answers, as http://127.0.0.1:8000`,
    );
  }
}

async function answered<T>(answer: Promise<T>, table: string, region: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw refusalOf(error, table, region);
  }
}

/** Whatever it is: the place, the credentials or the network; nothing of an item stands in it. */
function refusalOf(error: unknown, table: string, region: string): UserError {
  if (error instanceof ResourceNotFoundException) {
    return new UserError(`there is no table ${table} in ${region} of this account: deploy the stack first`);
  }
  const { name, message, $metadata: metadata } = error as Error & Partial<Pick<DynamoDBServiceException, "$metadata">>;
  if (name === "CredentialsProviderError") {
    return new UserError("there are no credentials of AWS; `aws sts get-caller-identity` shows whose are found");
  }
  const [said = ""] = message.split("\n");
  // Whom it refuses it has answered, and asking again changes nothing.
  const isRefused = metadata?.httpStatusCode === 400 && metadata.attempts === 1;
  return new UserError(
    `the table ${table} in ${region} ${isRefused ? "refuses" : "does not answer"}: ${printable(`${name}: ${said}`)}`,
  );
}
