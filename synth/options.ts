import { getVersion } from "@pulumi/aws/utilities";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

type Fields = RegisterResourceRequest.AsObject;

/** Fields that a deployment has under names of their own, or by which the SDK says nothing but how it talks. */
type Elsewhere =
  | ("type" | "name" | "parent" | "custom" | "object" | "protect" | "retainondelete" | "provider" | "dependenciesList")
  // Refused.
  | ("transformsList" | "hooks" | "remote")
  // Follow from the inputs, or from another field.
  | ("propertydependenciesMap" | "deletebeforereplacedefined" | "aliasspecs" | "packageref")
  | ("acceptsecrets" | "acceptresources" | "supportspartialvalues" | "supportsresultreporting")
  | ("sourceposition" | "stacktrace" | "parentstacktracehandle");

/** All else decides what the engine does with a resource. A field that a later SDK adds has to be put here or above. */
const optionNames = {
  additionalsecretoutputsList: "additionalSecretOutputs",
  aliasesList: "aliases",
  aliasurnsList: "aliasUrns",
  customtimeouts: "customTimeouts",
  deletebeforereplace: "deleteBeforeReplace",
  deletedwith: "deletedWith",
  envvarmappingsMap: "envVarMappings",
  hidediffsList: "hideDiffs",
  ignorechangesList: "ignoreChanges",
  importid: "import",
  pluginchecksumsMap: "pluginChecksums",
  plugindownloadurl: "pluginDownloadURL",
  providersMap: "providers",
  replaceonchangesList: "replaceOnChanges",
  replaceWithList: "replaceWith",
  replacementTrigger: "replacementTrigger",
  version: "version",
} as const satisfies Readonly<Record<Exclude<keyof Fields, Elsewhere>, string>>;

/** The options that a resource is given beside those that a deployment names by themselves; undefined where there are none. */
export function furtherOptions(request: RegisterResourceRequest): Readonly<Record<string, unknown>> | undefined {
  const fields = request.toObject();
  const given = Object.entries(optionNames)
    .map(([field, name]) => [name, fields[field as keyof typeof optionNames]] as const)
    // Each resource has the version of the package that it is from, which the lock file decides.
    .filter(([name, value]) => isGiven(value) && !(name === "version" && value === getVersion()));
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Timeouts are an object that has all of them, empty where none is given. */
function isGiven(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).some(isGiven) : Boolean(value);
}
