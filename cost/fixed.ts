import type { DeployedResource, Deployment } from "../synth/deployment";
import { hoursOfMonth, prices, type Price } from "./prices";

/** What one part of a stack costs in a month in which nobody uses it. */
export interface FixedCost {
  /** `alarms`. */
  readonly part: string;
  /** How many units of what is priced: alarms, hours. */
  readonly units: number;
  readonly usdPerUnit: number;
  /** For the month. */
  readonly usd: number;
}

export interface FixedCosts {
  /** The dearest first; parts that the stack does not have are absent. */
  readonly parts: readonly FixedCost[];
  readonly usd: number;
  /** Types of resources of which no price is known here, sorted. */
  readonly unpriced: readonly string[];
}

interface FixedPrice {
  readonly part: string;
  readonly price: Price;
  /** Of one resource. Default: one. */
  readonly units?: (resource: DeployedResource) => number;
}

const fixedPrices: Readonly<Record<string, FixedPrice>> = {
  "aws:transfer/server:Server": {
    part: "server, hours of its protocols",
    price: prices.serverHour,
    units: ({ inputs }) => hoursOfMonth * (Array.isArray(inputs["protocols"]) ? inputs["protocols"].length : 1),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { part: "alarms", price: prices.alarmMetric, units: watchedMetrics },
  "aws:cloudwatch/dashboard:Dashboard": { part: "dashboards", price: prices.dashboard },
  "aws:kms/key:Key": { part: "KMS keys", price: prices.key },
  "aws:ec2/eip:Eip": { part: "Elastic IPs, hours", price: prices.addressHour, units: () => hoursOfMonth },
  "aws:route53/zone:Zone": { part: "hosted zones", price: prices.hostedZone },
  "aws:secretsmanager/secret:Secret": { part: "secrets", price: prices.secret },
};

/** Of these nothing is paid, or only what is done with them. */
const withoutFixedCost: ReadonlySet<string> = new Set([
  ...["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"],
  ...["aws:cloudwatch/logGroup:LogGroup", "aws:cloudwatch/logMetricFilter:LogMetricFilter"],
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  "aws:dynamodb/table:Table",
  ...["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway"],
  ...["aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable"],
  ...["aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/securityGroup:SecurityGroup"],
  ...["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
  ...["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"],
  "aws:kms/alias:Alias",
  ...["aws:lambda/function:Function", "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"],
  "aws:lambda/permission:Permission",
  "aws:route53/record:Record",
  ...["aws:s3/bucket:Bucket", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"],
  ...["aws:s3/bucketNotification:BucketNotification", "aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
  ...["aws:s3/bucketPolicy:BucketPolicy", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  ...["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription"],
  ...["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
  ...["aws:transfer/sshKey:SshKey", "aws:transfer/user:User"],
]);

/** Whether it is known what a resource of the type costs while nobody uses it. */
export function isPriced(type: string): boolean {
  return Object.hasOwn(fixedPrices, type) || withoutFixedCost.has(type);
}

/** What a stack costs in a month in which nobody uses it. */
export function fixedCosts({ resources }: Deployment): FixedCosts {
  // What Pulumi knows beside AWS, its own stack and providers, is no resource of AWS.
  const ofCloud = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const parts = Object.entries(fixedPrices).flatMap(([type, { part, price, units = () => 1 }]) => {
    const sum = ofCloud.filter((resource) => resource.type === type).reduce((all, one) => all + units(one), 0);
    return sum === 0 ? [] : [{ part, units: sum, usdPerUnit: price.usd, usd: sum * price.usd }];
  });
  const unpriced = new Set(ofCloud.map(({ type }) => type).filter((type) => !isPriced(type)));
  return {
    parts: parts.sort((a, b) => b.usd - a.usd),
    usd: parts.reduce((all, { usd }) => all + usd, 0),
    unpriced: [...unpriced].sort(),
  };
}

/** An alarm over an expression watches each metric in it. */
function watchedMetrics({ inputs }: DeployedResource): number {
  const queries = inputs["metricQueries"];
  return Array.isArray(queries)
    ? queries.filter((query) => (query as { metric?: unknown }).metric !== undefined).length
    : 1;
}

/** Dollars as they are read: `219.00`. */
export function dollars(usd: number): string {
  return usd.toFixed(2);
}
