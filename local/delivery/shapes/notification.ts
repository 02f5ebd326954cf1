import { randomUUID } from "node:crypto";
import type { About } from "../about";

/** What is published to a topic. */
export interface Publication extends About {
  readonly message: string;
  readonly subject?: string;
  /** Message attributes, all of the data type `String`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message that a topic has taken. */
export interface Notification extends Publication {
  readonly topicArn: string;
  readonly messageId: string;
  readonly timestamp: string;
}

export function notificationOf(topicArn: string, publication: Publication): Notification {
  return { ...publication, topicArn, messageId: randomUUID(), timestamp: new Date().toISOString() };
}

/** Nothing here has a key to sign with, or an address to unsubscribe at. */
const unsigned = "not signed on this machine";

/** What every form of the envelope holds. */
function common({ topicArn, messageId, timestamp, subject, message, attributes }: Notification) {
  return {
    Type: "Notification",
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: timestamp,
    SignatureVersion: "1",
    Signature: unsigned,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { Type: "String", Value: value }]),
    ),
  };
}

/**
 * The envelope in which a queue gets a message unless it wants it raw.
 * Source: Amazon SNS Developer Guide, "HTTP/HTTPS notification JSON format", which queues get too.
 */
export function envelopeOf(notification: Notification) {
  const { MessageAttributes, ...rest } = common(notification);
  return {
    ...rest,
    SigningCertURL: unsigned,
    UnsubscribeURL: unsigned,
    ...(Object.keys(MessageAttributes).length === 0 ? {} : { MessageAttributes }),
  };
}

/** What a function is invoked with. Source: AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS". */
export function functionInput(notification: Notification, subscriptionArn: string) {
  return {
    Records: [
      {
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn,
        EventSource: "aws:sns",
        Sns: { ...common(notification), SigningCertUrl: unsigned, UnsubscribeUrl: unsigned },
      },
    ],
  };
}
