/** What AWS takes for one unit of something. */
export interface Price {
  readonly usd: number;
  /** AWS's page of prices, to compare it with. */
  readonly source: string;
  /** Where it was read: AWS's pages draw most of their numbers by script, which stored copies of them do not have. */
  readonly readIn: string;
}

/** The day on which these were looked up, and the region that they are of; others cost more, or less. */
export const pricesAsOf = "2026-11-25";
export const pricesRegion = "us-east-1";

/** After so many days they are said to be old. */
export const pricesGoodForDays = 180;

/** A service's page, and what was read in its place where it does not tell. */
const transfer = {
  source: "https://aws.amazon.com/aws-transfer-family/pricing/",
  // A transcript of 2026-09-20 of the page's examples.
  readIn:
    "https://raw.githubusercontent.com/api-evangelist/amazon-transfer-family/refs/heads/main/plans/amazon-transfer-family-plans-pricing.yml",
};
const s3 = {
  source: "https://aws.amazon.com/s3/pricing/",
  readIn: "https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples",
};
const cloudWatch = {
  source: "https://aws.amazon.com/cloudwatch/pricing/",
  readIn: "https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/",
};
const sns = {
  source: "https://aws.amazon.com/sns/pricing/",
  readIn: "https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/",
};
const lambda = {
  source: "https://aws.amazon.com/lambda/pricing/",
  readIn: "https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/lambda.html",
};
const kms = { source: "https://aws.amazon.com/kms/pricing/", readIn: "https://aws.amazon.com/kms/pricing/" };

const million = 1_000_000;

/** On demand, without what is free each month, taxes and discounts. The first tier where there are several. */
export const prices = {
  /** An hour of one protocol of a server, also while it is stopped. */
  serverHour: { usd: 0.3, ...transfer },
  /** A GB that clients send or fetch. */
  transferredGigabyte: { usd: 0.04, ...transfer },
  /** A GB of objects, old versions among them, for a month. */
  storedGigabyte: { usd: 0.023, ...s3 },
  /** A request that writes an object. */
  objectWritten: { usd: 0.005 / 1000, ...s3 },
  /** One metric that a standard alarm watches, for a month. */
  alarmMetric: { usd: 0.1, ...cloudWatch, readIn: "https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm" },
  dashboard: { usd: 3, ...cloudWatch },
  /** A metric of ours for a month in each hour of which it is written. */
  metric: { usd: 0.3, ...cloudWatch, readIn: "https://signoz.io/guides/cloudwatch-pricing" },
  loggedGigabyte: { usd: 0.5, ...cloudWatch },
  /** A message to a topic; queues and functions get it for nothing. */
  message: { usd: 0.5 / million, ...sns },
  invocation: { usd: 0.2 / million, ...lambda },
  /** A second of a function with one GB of memory on x86; the whitepaper rounds it to 0.00001667. */
  functionGigabyteSecond: { usd: 0.0000166667, ...lambda },
  itemWritten: {
    usd: 0.625 / million,
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
    readIn: "https://airbyte.com/data-engineering-resources/dynamodb-pricing",
  },
  /** A key for a month; each of its first two rotations adds another 1 USD. */
  key: { usd: 1, ...kms },
  keyRequest: {
    usd: 0.03 / 10_000,
    ...kms,
    readIn: "https://www.factualminds.com/blog/aws-kms-pricing-keys-requests-multi-region/",
  },
  /** An hour of a public IPv4 address, used or not. */
  addressHour: {
    usd: 0.005,
    source: "https://aws.amazon.com/vpc/pricing/",
    readIn: "https://www.doit.com/aws-public-ipv4-price-increase-the-complete-guide/",
  },
  hostedZone: {
    usd: 0.5,
    source: "https://aws.amazon.com/route53/pricing/",
    readIn: "https://ns1.com/resources/aws-dns",
  },
  secret: {
    usd: 0.4,
    source: "https://aws.amazon.com/secrets-manager/pricing/",
    readIn: "https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms",
  },
} as const satisfies Readonly<Record<string, Price>>;

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursOfMonth = 730;
