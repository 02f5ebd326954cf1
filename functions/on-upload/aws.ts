import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { PublishCommand } from "@aws-sdk/client-sns";
import { required, type Environment } from "../environment";
import type { Clients } from "./clients";
import type { Ports } from "./ports";

/**
 * The ports as deployed.
 * @param environment must hold TOPIC_ARN (the topic `uploads`), TABLE_NAME (key: the string `id`; TTL: `expiration`) and
 * POWERTOOLS_METRICS_NAMESPACE.
 */
export function awsPorts(environment: Environment, clients: Clients): Ports {
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
