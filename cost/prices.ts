/** What AWS takes for one unit of something. */
export interface Price {
  readonly usd: number;
  /** The page that says so. */
  readonly source: string;
}

/**
 * The day on which these were looked up, and the region that they are of; others cost more, or less. AWS's pages draw most prices
 * by script: what was read are stored copies of them, and what others quote from them.
 */
export const pricesAsOf = "2026-11-25";
export const pricesRegion = "us-east-1";

/** After so many days they are said to be old. */
export const pricesGoodForDays = 180;

const pages = {
  transfer: "https://aws.amazon.com/aws-transfer-family/pricing/",
  s3: "https://aws.amazon.com/s3/pricing/",
  cloudWatch: "https://aws.amazon.com/cloudwatch/pricing/",
  sns: "https://aws.amazon.com/sns/pricing/",
  lambda: "https://aws.amazon.com/lambda/pricing/",
  dynamoDb: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  kms: "https://aws.amazon.com/kms/pricing/",
  vpc: "https://aws.amazon.com/vpc/pricing/",
  route53: "https://aws.amazon.com/route53/pricing/",
  secrets: "https://aws.amazon.com/secrets-manager/pricing/",
} as const;

const million = 1_000_000;

/** On demand, without what is free each month, taxes and discounts. The first tier where there are several. */
export const prices = {
  /** An hour of one protocol of a server, also while it is stopped. */
  serverHour: { usd: 0.3, source: pages.transfer },
  /** A GB that clients send or fetch. */
  transferredGigabyte: { usd: 0.04, source: pages.transfer },
  /** A GB of objects, old versions among them, for a month. */
  storedGigabyte: { usd: 0.023, source: pages.s3 },
  /** A request that writes an object. */
  objectWritten: { usd: 0.005 / 1000, source: pages.s3 },
  /** One metric that a standard alarm watches, for a month. */
  alarmMetric: { usd: 0.1, source: pages.cloudWatch },
  dashboard: { usd: 3, source: pages.cloudWatch },
  /** A metric of ours for a month in each hour of which it is written. */
  metric: { usd: 0.3, source: pages.cloudWatch },
  loggedGigabyte: { usd: 0.5, source: pages.cloudWatch },
  /** A message to a topic; queues and functions get it for nothing. */
  message: { usd: 0.5 / million, source: pages.sns },
  invocation: { usd: 0.2 / million, source: pages.lambda },
  /** A second of a function with one GB of memory on x86. */
  functionGigabyteSecond: { usd: 0.0000166667, source: pages.lambda },
  itemWritten: { usd: 0.625 / million, source: pages.dynamoDb },
  /** A key for a month; each of its first two rotations adds another 1 USD. */
  key: { usd: 1, source: pages.kms },
  keyRequest: { usd: 0.03 / 10_000, source: pages.kms },
  /** An hour of a public IPv4 address, used or not. */
  addressHour: { usd: 0.005, source: pages.vpc },
  hostedZone: { usd: 0.5, source: pages.route53 },
  secret: { usd: 0.4, source: pages.secrets },
} as const satisfies Readonly<Record<string, Price>>;

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursOfMonth = 730;
