import type { Statement } from "../iam/policy";
import { namedStatements, readStatements } from "./document";
import { configurationsOf, landingBuckets } from "./landingBuckets";
import { partiesOf, sayWho, type Party, type WhoKey } from "./principals";
import type { BucketType } from "./resourceTypes";
import { asFarAsKnown, type Remark, type Rule } from "./rule";
import type { Place, SeenResource } from "./seenResource";
import type { Stack } from "./stack";
import { isTransferRole } from "./transferRoles";
import { widthOf } from "./width";

const bucketPolicyTypes = ["aws:s3/bucketPolicy:BucketPolicy"] as const;
const accessPointTypes = ["aws:s3/accessPoint:AccessPoint"] as const;
const accessPointPolicyTypes = ["aws:s3control/accessPointPolicy:AccessPointPolicy"] as const;

/**
 * What a bucket's policy allows to a session is not narrowed by its session policy, and for everybody AWS does not say.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account".
 */
export const bucketPolicyNamesWho: Rule<BucketType> = {
  name: "landing-bucket-policy-names-who-may",
  description:
    "Every Allow in the policy of a landing bucket or its access points names accounts, roles, users or services, " +
    "and opens nothing to a session of a Transfer user past its session policy.",
  subjects: landingBuckets,
  *check(bucket, { stack }) {
    const accessPoints = configurationsOf(bucket, accessPointTypes, stack);
    const bearers = [
      bucket,
      ...configurationsOf(bucket, bucketPolicyTypes, stack),
      ...accessPoints,
      ...accessPoints.flatMap((point) => stack.referringTo(point, ["arn"], accessPointPolicyTypes, "accessPointArn")),
    ];
    for (const bearer of bearers) {
      yield* asFarAsKnown(remarksOn(bearer.at("policy"), bucket, stack));
    }
  },
};

function* remarksOn(place: Place, bucket: SeenResource<BucketType>, stack: Stack): Iterable<Remark> {
  const { resource } = place;
  const reading = readStatements(place);
  if (reading === "unreadable") {
    const message = `The policy of ${bucket.label} in ${resource.label} cannot be read. Make it a policy document in JSON.`;
    yield { resource, message };
  }
  for (const { name, statement } of namedStatements(reading)) {
    const faults = partiesOf(statement).flatMap((party) => faultOf(party, statement, stack) ?? []);
    for (const fault of new Set(faults)) {
      const message =
        `In the policy of ${bucket.label} in ${resource.label}, ${name} allows something to ${fault}. ` +
        "Name the accounts, roles or services that need the bucket in `Principal`, and leave the users of Transfer " +
        "to their role and session policies.";
      yield { resource, message };
    }
  }
}

/**
 * Keys by which a condition keeps out everybody who logs in: their sessions carry no source, are in the organization, and
 * come by the bucket's name.
 */
const outsideKeys: readonly WhoKey[] = [
  "aws:principalarn",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

/** Who should not be named so, in the words of messages; accounts, users and services may be. */
function faultOf({ kind, name }: Party, statement: Statement, stack: Stack): string | undefined {
  if (kind === "everybody" && !sayWho(statement.Condition, outsideKeys, (who) => !isTransferRole(who, stack))) {
    return "everybody, under no condition that keeps out all but named ones";
  }
  if (kind === "session") {
    return "a session, which would get it past its session policy";
  }
  if (kind === "role" && widthOf(statement) !== undefined && isTransferRole(name, stack)) {
    return "a role that Transfer takes on, by wildcards as wide as S3";
  }
  return kind === "unknown" ? "a principal of a form that this policy pack does not know" : undefined;
}
