import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Ports } from "./ports";

/** The clients; tests give ones whose requests end in memory. */
export interface Clients {
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
}

/** A call that hangs must end before the function does (`onUploadTimeoutSeconds`), so that the record is given up in order. */
const patience = { maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } };

/**
 * The ports as deployed.
 * @param environment must hold TOPIC_ARN (the topic `uploads`), TABLE_NAME (key: the string `id`; TTL: `expiration`) and
 * POWERTOOLS_METRICS_NAMESPACE.
 */
export function awsPorts(
  environment: Readonly<Record<string, string | undefined>>,
  clients: Clients = { sns: new SNSClient(patience), dynamodb: new DynamoDBClient(patience) },
): Ports {
  const topicArn = required(environment, "TOPIC_ARN");
  const tableName = required(environment, "TABLE_NAME");
  return {
    metricsNamespace: required(environment, "POWERTOOLS_METRICS_NAMESPACE"),
    store: new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: clients.dynamodb }),
    publish: async ({ message, attributes }) => {
      await clients.sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: message,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
          ),
        }),
      );
    },
  };
}

function required(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
