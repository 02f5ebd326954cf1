import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import type { Clients } from "../../functions/on-upload/clients";
import type { Announcement } from "../../functions/on-upload/event";
import { FakeTable, TableError } from "./fakeTable";

/** What the environment of the function says in these tests. */
export const environment = {
  TOPIC_ARN: "arn:aws:sns:eu-central-1:123456789012:sftp-gateway-dev-uploads",
  TABLE_NAME: "sftp-gateway-dev-uploads",
  POWERTOOLS_METRICS_NAMESPACE: "sftp-gateway-dev",
};

/** Operations that can be made to fail. `lost`: done, but the answer does not arrive. */
export type Fault = "refused" | "lost";

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * SNS and DynamoDB behind the real AWS clients: what they send over the wire is answered here. Answers are of kinds that
 * the clients do not try again by themselves.
 */
export class FakeAws {
  readonly table = new FakeTable(environment.TABLE_NAME);
  readonly published: Announcement[] = [];
  private readonly faults: { readonly operation: string; readonly fault: Fault }[] = [];

  readonly clients: Clients = {
    sns: new SNSClient(this.configuration((request) => this.answerSns(request))),
    dynamodb: new DynamoDBClient(this.configuration((request) => this.answerDynamodb(request))),
  };

  /** The next call of the operation fails. */
  failNext(operation: "Publish" | "PutItem" | "UpdateItem" | "DeleteItem", fault: Fault = "refused"): void {
    this.faults.push({ operation, fault });
  }

  private configuration(answer: (request: HttpRequest) => ReturnType<typeof respond>) {
    return {
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      requestHandler: { handle: (request: HttpRequest) => Promise.resolve({ response: answer(request) }) },
    };
  }

  private answerSns({ body }: HttpRequest) {
    const form = new URLSearchParams(textOf(body));
    const fault = this.faultOf("Publish");
    if (fault !== "refused") {
      this.published.push(announcementIn(form));
    }
    return fault === undefined
      ? respond(200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>")
      : respond(
          403,
          "<ErrorResponse><Error><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>",
        );
  }

  private answerDynamodb({ headers, body }: HttpRequest) {
    const operation = headers["x-amz-target"]?.replace("DynamoDB_20120810.", "") ?? "";
    const fault = this.faultOf(operation);
    try {
      const answer =
        fault === "refused"
          ? undefined
          : this.table.answer(operation, JSON.parse(textOf(body)) as Parameters<FakeTable["answer"]>[1]);
      return fault === undefined ? respond(200, JSON.stringify(answer)) : refusal("AccessDeniedException");
    } catch (error) {
      if (error instanceof TableError) {
        return refusal(error.code, error.item === undefined ? {} : { Item: error.item });
      }
      throw error;
    }
  }

  private faultOf(operation: string): Fault | undefined {
    const index = this.faults.findIndex((entry) => entry.operation === operation);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0]?.fault;
  }
}

function refusal(code: string, more: object = {}) {
  return respond(400, JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: "no", ...more }));
}

function respond(statusCode: number, body: string) {
  return { statusCode, headers: {}, body: Readable.from([Buffer.from(body)]) };
}

function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

/** Publish of the SNS API; throws on parameters that the function has no reason to send. */
function announcementIn(form: URLSearchParams): Announcement {
  const attributes: Record<string, string> = {};
  const rest = new Map(form);
  const take = (name: string): string => {
    const value = rest.get(name);
    if (value === undefined) {
      throw new Error(`the message to SNS has no ${name}`);
    }
    rest.delete(name);
    return value;
  };
  const message = take("Message");
  const fixed = [take("Action"), take("Version"), take("TopicArn")].join(" ");
  for (let entry = 1; rest.has(`MessageAttributes.entry.${String(entry)}.Name`); entry += 1) {
    const path = `MessageAttributes.entry.${String(entry)}`;
    if (take(`${path}.Value.DataType`) !== "String") {
      throw new Error("filter policies of ours look at strings");
    }
    attributes[take(`${path}.Name`)] = take(`${path}.Value.StringValue`);
  }
  if (fixed !== `Publish 2010-03-31 ${environment.TOPIC_ARN}` || rest.size > 0) {
    throw new Error(`the fake topic does not know ${fixed} ${[...rest.keys()].join(", ")}`);
  }
  return { message, attributes: attributes as Announcement["attributes"] };
}
