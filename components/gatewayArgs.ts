import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gatewayNames, identityProviderName, PrefixError } from "../names";
import { allSettings, faultsOfArguments, shownValue } from "../settings/bounds";
import type { Endpoint } from "../settings/endpoint";
import { secretStandIn } from "../settings/secret";
import { settings, type Settings } from "../settings/table";
import { faultOfUnknownArgument } from "../settings/unknownKeys";
import type { Encryption } from "../tenancy/encryption";
import { isoToday } from "../tenancy/date";
import type { Authentication, IdentityProvider, PlacedSignIn } from "../tenancy/signIn";
import { secretHostKey } from "./hostKey";
import { refusal } from "./refusal";

/** What makes one gateway different from the next. All of it is plain: it decides which resources exist. */
export interface SftpGatewayArgs {
  /**
   * Path of tenants.yaml, from the program's folder.
   * @default "tenants.yaml"
   */
  readonly tenantsFile?: string;
  /**
   * What the names of all resources in AWS begin with: lower-case letters, digits and hyphens. A change replaces everything,
   * the server with its endpoint and the bucket with its files.
   * @default the project and the stack, as `sftp-gateway-dev`
   * @example "partners-eu"
   */
  readonly namePrefix?: string;
  /**
   * Region of the gateway, which its provider must have too. A change replaces everything.
   * @default `aws:region`
   * @example "us-east-1" beside the option `provider: new aws.Provider("us", { region: "us-east-1" })`
   */
  readonly region?: string;
  /**
   * The day (UTC, YYYY-MM-DD) against which the expiry of keys is checked; a fixed one makes a preview repeatable.
   * @default the current day
   */
  readonly today?: string;
  /**
   * Refuse deletion of the server, the bucket and its files. Costs nothing; without it `pulumi destroy` deletes the files.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Transfer's name for the set of SSH algorithms. A change is made in place; clients that know none of the new ones cannot
   * connect any more.
   * @default "TransferSecurityPolicy-2025-03"
   */
  readonly securityPolicy?: string;
  /**
   * Private half of the host key, which the server gets when it is created: an RSA or ECDSA key as PEM, an Ed25519 key in
   * OpenSSH's form. It is a secret from here on; an Output is judged while it is deployed. A change is made in place; docs/HOST-KEY.md says what it does to partners.
   * @default "", the service makes one
   * @example config.requireSecret("hostKey")
   */
  readonly hostKey?: string | pulumi.Output<string>;
  /**
   * Public half of `hostKey`, the line of its `.pub` file, which `knownHosts` publishes.
   * @default ""
   * @example "ssh-ed25519 AAAAC3Nza..."
   */
  readonly hostKeyPublic?: string;
  /**
   * What clients are shown before they log in, in ASCII. A change is made in place.
   * @default "", nothing
   */
  readonly loginBanner?: string;
  /**
   * Write the service's role-based log beside the structured one: its ingestion is paid a second time.
   * @default true
   */
  readonly roleLogging?: boolean;
  /**
   * Days for which both logs are kept, one of CloudWatch Logs' values. Fewer delete what is older; more cost storage.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Days after which overwritten and deleted versions of an object expire; they cost storage until then.
   * @default 90
   */
  readonly noncurrentVersionDays?: number;
  /**
   * Seconds that one invocation of the function on-upload may take; less than a minute, after which Lambda repeats it.
   * @default 30
   */
  readonly onUploadTimeoutSeconds?: number;
  /**
   * The most invocations of on-upload at a time, set aside for it from the account's; -1: as many as the account has left.
   * @default -1
   */
  readonly onUploadConcurrency?: number;
  /**
   * Who knows the users: the service itself, by their keys, or a function that answers each login and knows passwords and
   * addresses too. A change replaces the server with its endpoint and host key; docs/IDENTITY.md has the way around.
   * @default "service-managed"
   */
  readonly identityProvider?: IdentityProvider;
  /**
   * What clients log in with where a function knows the users. A change is made in place; who has not what it asks for cannot
   * log in any more.
   * @default "PUBLIC_KEY_OR_PASSWORD"
   */
  readonly authentication?: Authentication;
  /**
   * MB of memory of the function identity-provider, which is paid by the time it runs; more of it checks a password sooner.
   * @default 1024
   */
  readonly identityProviderMemory?: number;
  /**
   * Seconds that one invocation of the function identity-provider may take; then the login is refused.
   * @default 10
   */
  readonly identityProviderTimeoutSeconds?: number;
  /**
   * The most logins decided at a time, set aside for the function identity-provider from the account's; -1: as many as the
   * account has left. Beyond it nobody logs in.
   * @default -1
   */
  readonly identityProviderConcurrency?: number;
  /**
   * Where the server listens: at AWS's addresses, at an Elastic IP in each zone, or within a VPC alone. A change stops the server
   * for minutes and gives it other addresses; back to `public` it replaces the server. docs/NETWORK.md has the costs.
   * @default "public"
   */
  readonly endpoint?: Endpoint;
  /**
   * Availability Zones of an endpoint that is not public, 1 to 3. A change stops the server for minutes and adds or takes away an
   * address.
   * @default 2
   */
  readonly zones?: number;
  /**
   * The VPC of an endpoint that is not public; empty: one of the gateway's own. A change replaces the server.
   * @default ""
   * @example "vpc-0a1b2c3d4e5f60718"
   */
  readonly vpcId?: string;
  /**
   * The subnets of `vpcId`, one in each zone. A change stops the server for minutes.
   * @default []
   */
  readonly subnetIds?: readonly string[];
  /**
   * Elastic IPs that there are, one for each zone; empty: they are made, and stay when the server goes. A change stops the server
   * for minutes, and partners have to open their firewalls for the new ones.
   * @default []
   */
  readonly addressAllocationIds?: readonly string[];
  /**
   * Ranges of addresses that get as far as an endpoint that is not public; empty: nobody. A change is made in place; connections
   * that are open stay.
   * @default []
   * @example ["203.0.113.0/24"]
   */
  readonly allowedCidrs?: readonly string[];
  /**
   * IPv6 beside IPv4, without Elastic IPs. A change stops the server for minutes.
   * @default false
   */
  readonly dualStack?: boolean;
  /**
   * The name that partners connect to; empty: AWS's own, which goes with the server. A change is made in place.
   * @default ""
   * @example "sftp.acme.example"
   */
  readonly hostname?: string;
  /**
   * Hosted zone of Route 53 in which `hostname` gets its record; empty: the DNS is yours.
   * @default ""
   * @example "Z0123456789ABC"
   */
  readonly hostedZoneId?: string;
  /**
   * Where the settings stand, as `Pulumi.dev.yaml:7:3`, for messages about tenants that they do not suit.
   * @default messages name the arguments alone
   */
  readonly places?: PlacedSignIn["places"];
  /**
   * What everything is encrypted with at rest: keys that AWS keeps to itself, or a KMS key, about 1 USD a month and requests. A
   * change is made in place and holds for what is written after it; docs/ENCRYPTION.md has the order.
   * @default "s3"
   */
  readonly encryption?: Encryption;
  /**
   * ARN of a KMS key that there is. With `kms` it stands in for one that is made and protected; with `s3` it is the key that
   * files of an earlier time are still read with. Files under a key that is named no more cannot be read.
   * @default "" a key is made where `encryption` is `kms`
   * @example "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
   */
  readonly kmsKeyArn?: string;
  /**
   * Who gets a mail of each alarm, after confirming it once; empty: nobody.
   * @default ""
   */
  readonly alarmEmail?: string;
  /**
   * Whom a partner asks, for the sheet that `npm run sheet` writes; empty: nobody is named. It is in no resource.
   * @default ""
   */
  readonly supportContact?: string;
  /**
   * ARN of the managed policy beyond which none of the gateway's roles can go, whatever their own policies allow; empty: none.
   * A change is made in place. A boundary that allows less than the roles need takes access away from tenants.
   * @default ""
   * @example "arn:aws:iam::123456789012:policy/sftp-gateway-dev-boundary"
   */
  readonly permissionsBoundary?: string;
  /**
   * So many failed logins within five minutes raise an alarm.
   * @default 50
   */
  readonly failedLoginThreshold?: number;
}

/** The arguments with every default filled in. */
export type SettledArgs = ReturnType<typeof settled>;

/** @throws pulumi.RunError when no region is known, or naming every argument that there is not or that is out of its bounds. */
export function settled(args: SftpGatewayArgs) {
  // `protect: config.getBoolean("protect")` gives undefined where nothing is set, and that is not false.
  const given: SftpGatewayArgs = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const all = {
    ...defaults,
    region: given.region ?? providerRegion(),
    namePrefix: `${pulumi.getProject()}-${pulumi.getStack()}`,
    ...given,
  };
  const { hostKey, hostKeyPublic } = all;
  const faults = [
    ...unknownArguments(all),
    // One that is known only later is judged then.
    ...faultsOfArguments({ ...all, hostKey: pulumi.Output.isInstance(hostKey) ? secretStandIn : hostKey }),
    ...faultsOfNamePrefix(all),
  ];
  if (faults.length > 0) {
    throw refusal(...faults);
  }
  return { ...all, hostKey: secretHostKey(hostKey, hostKeyPublic), today: all.today || isoToday(new Date()) };
}

/** Those that are no setting. */
const ownArguments: readonly (keyof SftpGatewayArgs)[] = ["namePrefix", "places"];

function unknownArguments(given: SftpGatewayArgs): string[] {
  const known = [...Object.keys(allSettings), ...ownArguments];
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => faultOfUnknownArgument(name, known));
}

/** All accounts' numbers are of one length. */
const anyAccount = "000000000000";

/** Names that AWS would not take are known before the account is. */
function faultsOfNamePrefix({
  namePrefix,
  identityProvider,
}: Pick<Required<SftpGatewayArgs>, NameArguments>): string[] {
  if (typeof namePrefix !== "string") {
    return [`"namePrefix" is ${shownValue(namePrefix)}; it is text`];
  }
  try {
    const names = gatewayNames(namePrefix, anyAccount);
    if (identityProvider === "lambda") {
      identityProviderName(names);
    }
    return [];
  } catch (error) {
    if (error instanceof PrefixError) {
      return [error.message];
    }
    throw error;
  }
}

type NameArguments = "namePrefix" | "identityProvider";

const defaults = Object.fromEntries(
  Object.entries(settings).map(([name, setting]) => [name, setting.default]),
) as unknown as Omit<Settings, "region">;

function providerRegion(): string {
  const { region } = aws.config;
  if (region === undefined) {
    throw refusal("the region is not known; set aws:region, or give the gateway one");
  }
  return region;
}
