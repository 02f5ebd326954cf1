import { viaService, type AwsScope } from "../iam/arn";
import { absent, type AccessRequest } from "../iam/evaluate";

/**
 * What is known of the requests behind a user's session, by condition key. Whatever stands in none of these functions cannot
 * be answered before the request is made: addresses and endpoints (Transfer Family's own, never the client's), organizations,
 * headers. Sources: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference for Amazon S3.
 */
type Context = AccessRequest["context"];

/** A request to the landing bucket, which is one of the account's. Add what {@link listingContext} says. */
export function sessionContext({ region, account }: AwsScope, userName: string): Context {
  return {
    ...roleRequestContext(region, account, userName),
    "s3:ResourceAccount": account,
    // The only version that S3 takes from temporary credentials in every region.
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    // A service that was given a role calls as that role, not on somebody's behalf.
    "aws:ViaAWSService": "false",
    "aws:CalledVia": absent,
  };
}

/** @param prefix Undefined for requests that list nothing, or list without a prefix. */
export function listingContext(prefix: string | undefined): Context {
  return prefix === undefined
    ? { "s3:prefix": absent, "s3:delimiter": absent }
    : { "s3:prefix": prefix, "s3:delimiter": "/" };
}

/**
 * A request that S3 makes of KMS in the session's name.
 * Source: AWS KMS Developer Guide, "kms:ViaService".
 * @param keyAccount Account of the key.
 */
export function encryptionContext(scope: AwsScope, keyAccount: string, userName: string): Context {
  return {
    ...roleRequestContext(scope.region, keyAccount, userName),
    "kms:ViaService": viaService(scope, "s3"),
    "aws:ViaAWSService": "true",
  };
}

/** The request by which Transfer Family takes a role on. */
export function assumptionContext(account: string, userArn: string): Context {
  return {
    "aws:SourceAccount": account,
    "aws:SourceArn": userArn,
    "aws:ResourceAccount": account,
    "aws:SecureTransport": "true",
  };
}

function roleRequestContext(region: string, resourceAccount: string, userName: string): Context {
  return {
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": region,
    "aws:ResourceAccount": resourceAccount,
    // Requests have a source when a service makes them as itself.
    "aws:SourceAccount": absent,
    "aws:SourceArn": absent,
    "aws:SourceOrgID": absent,
    "transfer:UserName": userName,
  };
}
