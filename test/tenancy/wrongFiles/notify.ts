import { key, type WrongFile } from "./wrongFile";

const reader = "arn:aws:iam::111122223333:role/orders";

/** A tenant with these lines under `notify`, which begin in line 5. */
function notifying(...entries: string[]): string {
  const lines = entries.map((entry) => `      - ${entry}\n`).join("");
  return `tenants:\n  - name: acme\n    sshKeys: [${key(1)}]\n    notify:\n${lines}`;
}

const httpsRule = "an address as https://hooks.acme.example/uploads";
const queueRule = "true, or a queue's ARN, as arn:aws:sqs:eu-central-1:111122223333:orders";
const functionRule = "a function's ARN, as arn:aws:lambda:eu-central-1:111122223333:function:orders";
const readerRule = "the ARN of a role or a user without wildcards, as arn:aws:iam::111122223333:role/orders";
const notPublic = "is no public host, and SNS calls over the internet";

/** What is wrong about one listener. */
export const notify: readonly WrongFile[] = [
  {
    title: "an empty list of listeners",
    yaml: `tenants:\n  - { name: acme, sshKeys: [${key(1)}], notify: [] }\n`,
    problems: [`2:${key(1).length + 40}: error: "notify" is empty: list at least one listener; or leave the key out`],
  },
  {
    title: "a listener without its kind",
    yaml: notifying("ops@acme.example"),
    problems: [
      '5:9: error: an entry of "notify" must be a mapping (key: value), not the text "ops@acme.example"; write - email: ops@acme.example',
    ],
  },
  {
    title: "a listener who is nobody",
    yaml: notifying("{ environments: [dev] }"),
    problems: ['5:9: error: an entry of "notify" names nobody; give it one of queue, function, email or https'],
  },
  {
    title: "a misspelt kind, of a tenant and of a space",
    yaml: `spaces: [{ name: x, notify: [{ mail: ops@acme.example }] }]\n${notifying("{ e-mail: ops@acme.example }")}`,
    problems: [
      '1:32: error: unknown key "mail"; did you mean "email"?',
      '6:11: error: unknown key "e-mail"; did you mean "email"?',
    ],
  },
  {
    title: "two listeners in one",
    yaml: notifying("{ email: ops@acme.example, https: x }"),
    problems: [
      '5:9: error: an entry of "notify" has email and https; one entry is one listener, so make them 2 entries',
    ],
  },
  {
    title: "a queue that is neither true nor an ARN",
    yaml: notifying("queue: false", "queue: orders", "queue: arn:aws:sqs:eu-central-1:111122223333:*"),
    problems: [
      '5:16: error: "queue" must be true, or the ARN of an existing queue, not false',
      `6:16: error: queue "orders" is not allowed: ${queueRule}`,
      `7:16: error: queue "arn:aws:sqs:eu-central-1:111122223333:*" is not allowed: ${queueRule}`,
    ],
  },
  {
    title: "a FIFO queue",
    yaml: notifying("queue: arn:aws:sqs:eu-central-1:111122223333:orders.fifo"),
    problems: [
      '5:16: error: the queue "arn:aws:sqs:eu-central-1:111122223333:orders.fifo" is a FIFO queue, which hears of FIFO topics alone; name a standard one',
    ],
  },
  {
    title: "readers of somebody else's queue",
    yaml: notifying(`{ queue: "arn:aws:sqs:eu-central-1:111122223333:orders", readers: [${reader}] }`),
    problems: [
      '5:66: error: "readers" goes with "queue: true" alone; who reads an existing queue is for its own policy to say',
    ],
  },
  {
    title: "readers who are more than one",
    yaml: notifying(
      `{ queue: true, readers: ["*"] }`,
      `{ queue: true, environments: [prod], readers: ["arn:aws:iam::111122223333:role/*", "111122223333"] }`,
    ).replace("readers: [", "environments: [dev], readers: ["),
    problems: [
      `5:55: error: the reader "*" is not allowed: ${readerRule}`,
      `6:56: error: the reader "arn:aws:iam::111122223333:role/*" is not allowed: ${readerRule}`,
      '6:92: error: the reader "111122223333" stands for everybody in the account; name a role or a user',
    ],
  },
  {
    title: "the account's root, and a reader given twice",
    yaml: notifying(`{ queue: true, readers: ["arn:aws:iam::111122223333:root", "${reader}", "${reader}"] }`),
    problems: [
      '5:34: error: the reader "arn:aws:iam::111122223333:root" stands for everybody in the account; name a role or a user',
      `5:109: error: the reader "${reader}" is listed twice; remove one of the two`,
    ],
  },
  {
    title: "an empty list of readers",
    yaml: notifying("{ queue: true, readers: [] }"),
    problems: ['5:33: error: "readers" is empty: list at least one role or user; or leave the key out'],
  },
  {
    title: "a function by its name, and all versions of one",
    yaml: notifying("function: orders", "function: arn:aws:lambda:eu-central-1:111122223333:function:orders:*"),
    problems: [
      `5:19: error: function "orders" is not allowed: ${functionRule}`,
      `6:19: error: function "arn:aws:lambda:eu-central-1:111122223333:function:orders:*" is not allowed: ${functionRule}`,
    ],
  },
  {
    title: "mail addresses that are none",
    yaml: notifying("email: ops", "email: ops@localhost", "email: Ops <ops@acme.example>"),
    problems: ["ops", "ops@localhost", "Ops <ops@acme.example>"].map(
      (address, index) =>
        `${5 + index}:16: error: email "${address}" is not allowed: one mail address, as ops@acme.example`,
    ),
  },
  {
    title: "addresses without TLS, or without a scheme",
    yaml: notifying(
      "https: http://hooks.acme.example/",
      "https: hooks.acme.example",
      "https: https:hooks.acme.example",
    ),
    problems: [
      `5:16: error: https "http://hooks.acme.example/" is not allowed: ${httpsRule}`,
      `6:16: error: https "hooks.acme.example" is not allowed: ${httpsRule}`,
      `7:16: error: https "https:hooks.acme.example" is not allowed: ${httpsRule}`,
    ],
  },
  {
    title: "secrets in an address, without showing them",
    yaml: notifying("https: https://me:hunter2@hooks.acme.example/", "https: http://me:hunter2@acme.example/?token=x"),
    problems: [
      "5:16: error: the address under https holds a user name or a password; a secret does not belong into this file",
      `6:16: error: https "http://...@acme.example/?..." is not allowed: ${httpsRule}`,
    ],
  },
  {
    title: "addresses of private networks and of metadata, however they are spelt",
    yaml: notifying(
      "https: https://169.254.169.254/latest/meta-data",
      "https: https://0x7f.1/",
      "https: https://2130706433/",
      "https: https://10.1.2.3/",
      "https: https://172.31.0.1:8443/",
      'https: "https://[::1]/"',
      'https: "https://[fd00:ec2::254]/"',
      'https: "https://[::ffff:10.0.0.1]/"',
      'https: "https://[2002:a00:1::]/"',
    ),
    problems: [
      `5:16: error: https "https://169.254.169.254/latest/meta-data" is not allowed: 169.254.169.254 ${notPublic}`,
      `6:16: error: https "https://0x7f.1/" is not allowed: 127.0.0.1 ${notPublic}`,
      `7:16: error: https "https://2130706433/" is not allowed: 127.0.0.1 ${notPublic}`,
      `8:16: error: https "https://10.1.2.3/" is not allowed: 10.1.2.3 ${notPublic}`,
      `9:16: error: https "https://172.31.0.1:8443/" is not allowed: 172.31.0.1 ${notPublic}`,
      `10:16: error: https "https://[::1]/" is not allowed: ::1 ${notPublic}`,
      `11:16: error: https "https://[fd00:ec2::254]/" is not allowed: fd00:ec2::254 ${notPublic}`,
      `12:16: error: https "https://[::ffff:10.0.0.1]/" is not allowed: ::ffff:a00:1 ${notPublic}`,
      `13:16: error: https "https://[2002:a00:1::]/" is not allowed: 2002:a00:1:: ${notPublic}`,
    ],
  },
  {
    title: "names of local networks",
    yaml: notifying("https: https://localhost/", "https: https://hooks/", "https: https://metadata.google.internal./"),
    problems: [
      `5:16: error: https "https://localhost/" is not allowed: localhost ${notPublic}`,
      `6:16: error: https "https://hooks/" is not allowed: hooks ${notPublic}`,
      `7:16: error: https "https://metadata.google.internal./" is not allowed: metadata.google.internal ${notPublic}`,
    ],
  },
  {
    title: "a listener in stacks that the tenant is not in, and in one that is none",
    yaml: notifying("{ email: ops@acme.example, environments: [prod, staging] }").replace(
      "acme\n",
      "acme\n    environments: [dev]\n",
    ),
    problems: [
      '6:51: error: the listener names environment "prod", which the tenant is not in; add it to the tenant\'s environments or remove it here',
      '6:57: error: unknown environment "staging"; there are dev and prod (the files Pulumi.<stack>.yaml)',
    ],
  },
  ...["30m", "0h", "8d", "169h", "1.5h", "24", "24H"].map((text) => ({
    title: `silence of ${text}`,
    yaml: `tenants:\n  - name: acme\n    sshKeys: [${key(1)}]\n    expectEvery: "${text}"\n`,
    problems: [`4:18: error: expectEvery "${text}" is not allowed: whole hours or days from 1h to 7d, for example 24h`],
  })),
];
