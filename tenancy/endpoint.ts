import { quoted, withoutSecrets } from "./quote";
import { faultOfHost } from "./publicHost";

/** An endpoint in one spelling, or what is wrong with it and what would be right. */
export type ReadEndpoint =
  { readonly endpoint: string; readonly fault?: undefined } | { readonly endpoint?: undefined; readonly fault: string };

/** Source: SQS Developer Guide, "Amazon SQS message quotas", queue name. */
const queueArn = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/;
const fifoQueueArn = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,75}\.fifo$/;
/** Source: Lambda API reference, AddPermission, FunctionName and Qualifier. */
const functionArn = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?::[\w-]{1,128})?$/;
/** Source: IAM User Guide, "IAM identifiers". Wildcards and the account's root stand for more than one. */
const principalArn = /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]{1,576}$/;
const rootArn = /^(?:\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/;

const emailAddress = /^([\w.!#$%&'*+/=?^`{|}~-]{1,64})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/i;
/** Source: RFC 5321, 4.5.3.1.3: a path of 256 characters, two of them its brackets. */
const emailLimit = 254;

/** Source: SNS API reference, Subscribe: a subscription's endpoint. */
const urlLimit = 2048;

/** An existing queue. */
export function readQueueArn(text: string): ReadEndpoint {
  if (fifoQueueArn.test(text)) {
    return {
      fault: `the queue ${quoted(text)} is a FIFO queue, which hears of FIFO topics alone; name a standard one`,
    };
  }
  return queueArn.test(text)
    ? { endpoint: text }
    : { fault: notAllowed("queue", text, "true, or a queue's ARN, as arn:aws:sqs:eu-central-1:111122223333:orders") };
}

/** An existing function, perhaps a version or an alias of it. */
export function readFunctionArn(text: string): ReadEndpoint {
  const example = "a function's ARN, as arn:aws:lambda:eu-central-1:111122223333:function:orders";
  return functionArn.test(text) ? { endpoint: text } : { fault: notAllowed("function", text, example) };
}

/** A mail address. The part before the @ is its owner's to spell. */
export function readEmail(text: string): ReadEndpoint {
  const [, local, domain] = emailAddress.exec(text) ?? [];
  return local === undefined || domain === undefined || text.length > emailLimit
    ? { fault: notAllowed("email", text, "one mail address, as ops@acme.example") }
    : { endpoint: `${local}@${domain.toLowerCase()}` };
}

/** A URL that SNS posts to, over the internet and through TLS. */
export function readHttps(text: string): ReadEndpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.hash !== "" || text.length > urlLimit || !/^https:\/\//i.test(text)) {
    return { fault: notAllowed("https", withoutSecrets(text), "an address as https://hooks.acme.example/uploads") };
  }
  if (url.username !== "" || url.password !== "") {
    return {
      fault: "the address under https holds a user name or a password; a secret does not belong into this file",
    };
  }
  const fault = faultOfHost(url.hostname);
  return fault === undefined
    ? { endpoint: url.href }
    : { fault: `https ${quoted(withoutSecrets(text))} is not allowed: ${fault}` };
}

/** Who may read a queue: a role or a user, and not whoever is in an account. */
export function faultOfReader(text: string): string | undefined {
  if (rootArn.test(text)) {
    return `the reader ${quoted(text)} stands for everybody in the account; name a role or a user`;
  }
  return principalArn.test(text)
    ? undefined
    : `the reader ${quoted(text)} is not allowed: the ARN of a role or a user without wildcards, ` +
        "as arn:aws:iam::111122223333:role/orders";
}

function notAllowed(key: string, text: string, right: string): string {
  return `${key} ${quoted(text)} is not allowed: ${right}`;
}
