import { distance } from "fastest-levenshtein";
import { printable } from "../invisible";
import { nearest } from "../tenancy/explain";
import { quoted } from "../tenancy/quote";
import { allSettings } from "./bounds";
import { defaultTagsKey } from "./defaultTags";

/** What AWS and its provider call something of which a setting here decides. */
const foreignNames: Readonly<Record<string, string>> = {
  securityPolicyName: "securityPolicy",
  preAuthenticationLoginBanner: "loginBanner",
  region: "aws:region",
  awsRegion: "aws:region",
  retentionInDays: "logRetentionDays",
  noncurrentDays: "noncurrentVersionDays",
  noncurrentVersionExpiration: "noncurrentVersionDays",
  loggingRole: "roleLogging",
  timeout: "onUploadTimeoutSeconds",
  reservedConcurrentExecutions: "onUploadConcurrency",
  identityProviderType: "identityProvider",
  sftpAuthenticationMethods: "authentication",
  authenticationMethods: "authentication",
  endpointType: "endpoint",
  availabilityZones: "zones",
  numberOfAvailabilityZones: "zones",
  securityGroupIds: "allowedCidrs",
  ipAddressType: "dualStack",
  customHostname: "hostname",
  route53HostedZoneId: "hostedZoneId",
  deletionProtection: "protect",
  forceDestroy: "protect",
  preventDestroy: "protect",
};

/** So many letters are exchanged, left out or added by mistake; other providers' names are farther. */
const slips = 2;

interface KeyFault {
  /** The full key. */
  readonly key: string;
  readonly message: string;
  /** The full key of the setting that it seems to stand for. */
  readonly meant?: string | undefined;
}

/** Keys that nobody reads: unknown ones of the project's, and its own ones with something else before the colon. */
export function* faultsOfKeys(project: string, values: Readonly<Record<string, string>>): Generator<KeyFault> {
  const known = Object.keys(allSettings).filter((name) => name !== "region");
  for (const key of Object.keys(values)) {
    const [namespace = "", name = ""] = splitAtColon(key);
    if (namespace === project && !known.includes(name)) {
      const near = nearest(name, known);
      const foreign = Object.hasOwn(foreignNames, name) ? foreignNames[name] : undefined;
      // What is nearly a name of ours is no secret, however long.
      const shown = near === undefined ? shownKey(key) : `"${printable(key)}"`;
      yield unknown(key, {
        shown,
        meant: fullKey(foreign ?? near, project),
        otherwise: `known here: aws:region, ${known.join(", ")}`,
      });
    } else if (namespace !== project && (isNear(namespace, project) || known.includes(name))) {
      yield unknown(key, {
        meant: fullKey(known.includes(name) ? name : nearest(name, known), project),
        otherwise: `ours begin with "${project}:"`,
      });
    } else {
      const meant = ofProvider.find((known) => values[known] === undefined && isNearly(key, known));
      if (meant !== undefined) {
        yield unknown(key, { meant });
      }
    }
  }
}

/** What is wrong with an argument of the gateway that it does not have: a program that nobody checked the types of can give one. */
export function faultOfUnknownArgument(name: string, known: readonly string[]): string {
  const foreign = Object.hasOwn(foreignNames, name) ? foreignNames[name]?.replace("aws:", "") : undefined;
  const meant = foreign ?? nearest(name, known);
  return `unknown argument ${quoted(name)}; ${meant === undefined ? `known here: ${known.join(", ")}` : `did you mean "${meant}"?`}`;
}

/** @param about What is shown of the key, what it stands for, and what is said where that is not known. */
function unknown(
  key: string,
  {
    shown = shownKey(key),
    meant,
    otherwise = "",
  }: { readonly shown?: string; readonly meant: string | undefined; readonly otherwise?: string },
): KeyFault {
  const right = meant === undefined ? otherwise : `did you mean "${meant}"?`;
  return { key, meant, message: `unknown setting ${shown}; ${right}` };
}

/** @param name Of a setting here, or a full key of the provider's. */
function fullKey(name: string | undefined, project: string): string | undefined {
  return name === undefined || name.includes(":") ? name : `${project}:${name}`;
}

/** Longer than any name that there is; anything else may be a secret that was pasted in the wrong place. */
const plainName = /^[\w-]+:[A-Za-z]{1,40}$/;

function shownKey(key: string): string {
  return plainName.test(key) ? `"${key}"` : quoted(key);
}

function splitAtColon(key: string): string[] {
  const colon = key.indexOf(":");
  return [key.slice(0, colon), key.slice(colon + 1)];
}

function isNear(namespace: string, project: string): boolean {
  return distance(namespace.toLowerCase(), project.toLowerCase()) <= Math.min(slips, project.length / 3);
}

/** Of other providers' settings only these are ours to judge, each where it is missing. */
const ofProvider = ["aws:region", defaultTagsKey];

function isNearly(key: string, known: string): boolean {
  return key !== known && distance(key.toLowerCase(), known.toLowerCase()) <= slips;
}
