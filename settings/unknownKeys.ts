import { distance } from "fastest-levenshtein";
import { printable } from "../invisible";
import { suggestion } from "../tenancy/explain";
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
}

/** Keys that nobody reads: unknown ones of the project's, and its own ones with something else before the colon. */
export function* faultsOfKeys(project: string, values: Readonly<Record<string, string>>): Generator<KeyFault> {
  const known = Object.keys(allSettings).filter((name) => name !== "region");
  for (const key of Object.keys(values)) {
    const [namespace = "", name = ""] = splitAtColon(key);
    if (namespace === project && !known.includes(name)) {
      const foreign = Object.hasOwn(foreignNames, name) ? foreignNames[name] : undefined;
      const near = suggestionOf(name, known, project);
      const right =
        foreign === undefined
          ? (near ?? `known here: aws:region, ${known.join(", ")}`)
          : `did you mean "${foreign.includes(":") ? foreign : `${project}:${foreign}`}"?`;
      // What is nearly a name of ours is no secret, however long.
      const shown = near === undefined ? shownKey(key) : `"${printable(key)}"`;
      yield { key, message: `unknown setting ${shown}; ${right}` };
    } else if (namespace !== project && (isNear(namespace, project) || known.includes(name))) {
      const full = known.includes(name) ? `${project}:${name}` : undefined;
      const right = full === undefined ? suggestionOf(name, known, project) : `did you mean "${full}"?`;
      yield { key, message: `unknown setting ${shownKey(key)}; ${right ?? `ours begin with "${project}:"`}` };
    } else {
      const meant = ofProvider.find((known) => values[known] === undefined && isNearly(key, known));
      if (meant !== undefined) {
        yield { key, message: `unknown setting ${shownKey(key)}; did you mean "${meant}"?` };
      }
    }
  }
}

/** Longer than any name that there is; anything else may be a secret that was pasted in the wrong place. */
const plainName = /^[\w-]+:[A-Za-z]{1,40}$/;

function shownKey(key: string): string {
  return plainName.test(key) ? `"${key}"` : quoted(key);
}

/** `did you mean "sftp-gateway:protect"?` */
function suggestionOf(name: string, known: readonly string[], project: string): string | undefined {
  return suggestion(name, known)?.replace('"', `"${project}:`);
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
