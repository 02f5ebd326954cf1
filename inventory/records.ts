import type { LoginKey, LoginRecord } from "../access/loginRecord";
import { recordsIn } from "../functions/identity-provider/readRecords";
import type { DeployedResource, Deployment } from "../synth/deployment";
import { fingerprintOfLine } from "../tenancy/fingerprint";
import { labelOf, resourcesOf, textOf, UnreadableDeploymentError } from "./resources";

const functionType = "aws:lambda/function:Function";
const userType = "aws:transfer/user:User";
const keyType = "aws:transfer/sshKey:SshKey";

/** Files of a package that hold records begin so. */
const recordFolder = "records/";

interface ShownAsset {
  readonly asset?: string;
  readonly text?: string;
}

const expanded = new WeakMap<Deployment, Deployment>();

/**
 * The deployment as if the service itself knew the users: those whom a function knows, by the records in its package, become
 * users and keys with the inputs that these would have, so that whoever reads users reads all of them. Beside those inputs they
 * have what only a function can keep to: `password`, `allowedCidrs` and, of keys, `expires`. What is left of the package is its
 * code.
 * @throws UnreadableDeploymentError for records that cannot be read, or that are not in the deployment.
 */
export function withUsersOfRecords(deployment: Deployment): Deployment {
  const known = expanded.get(deployment);
  if (known !== undefined) {
    return known;
  }
  const askingServers = resourcesOf(deployment, "aws:transfer/server:Server").filter(
    ({ inputs }) => inputs["identityProviderType"] === "AWS_LAMBDA" && inputs["function"] !== undefined,
  );
  const result =
    askingServers.length === 0
      ? deployment
      : { ...deployment, resources: expandedResources(deployment, askingServers) };
  expanded.set(deployment, result);
  return result;
}

function expandedResources(deployment: Deployment, servers: readonly DeployedResource[]): readonly DeployedResource[] {
  const functions = resourcesOf(deployment, functionType);
  const users = servers.flatMap((server) => {
    const arn = textOf(server, "function");
    const asked = functions.find((each) => textOf(each, "arn") === arn);
    if (asked === undefined) {
      const message = `"function" is ${arn}, which is not in the deployment: whom it lets in cannot be told`;
      throw new UnreadableDeploymentError(labelOf(server), message);
    }
    return usersOf(asked, server);
  });
  const resources = deployment.resources.map((each) => (each.type === functionType ? withoutRecords(each) : each));
  return [...resources, ...users].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function assetsOf({ inputs }: DeployedResource): Readonly<Record<string, ShownAsset>> {
  return (inputs["code"] as { assets?: Readonly<Record<string, ShownAsset>> } | undefined)?.assets ?? {};
}

function usersOf(asked: DeployedResource, server: DeployedResource): DeployedResource[] {
  const standIn = standInsOf(asked);
  return Object.entries(assetsOf(asked))
    .filter(([name]) => name.startsWith(recordFolder))
    .flatMap(([name, { text }]) => recordsOf(asked, name, text))
    .flatMap((record) => [
      userOf(record, server, standIn),
      ...record.keys.map((key) => keyOf(key, record, server, standIn)),
    ]);
}

function recordsOf(asked: DeployedResource, name: string, text: string | undefined): LoginRecord[] {
  const where = `${labelOf(asked)}, "code", ${name}`;
  if (text === undefined) {
    throw new UnreadableDeploymentError(where, "its text is not in the deployment");
  }
  try {
    return recordsIn(text);
  } catch (error) {
    throw new UnreadableDeploymentError(where, (error as Error).message);
  }
}

function userOf(record: LoginRecord, server: DeployedResource, standIn: StandIn): DeployedResource {
  const mappings = JSON.parse(record.mappings) as readonly { readonly Entry: string; readonly Target: string }[];
  return standIn(userType, record.userName, {
    serverId: server.id,
    userName: record.userName,
    role: record.role,
    policy: record.policy,
    homeDirectoryType: "LOGICAL",
    homeDirectoryMappings: mappings.map(({ Entry: entry, Target: target }) => ({ entry, target })),
    ...(record.homeDirectory === undefined ? {} : { homeDirectory: record.homeDirectory }),
    ...(record.password ? { password: true } : {}),
    ...(record.allowedCidrs === undefined ? {} : { allowedCidrs: record.allowedCidrs }),
    tags: { "sftp-gateway:tenant": record.tenant },
  });
}

function keyOf(
  { key, expires }: LoginKey,
  { userName }: LoginRecord,
  server: DeployedResource,
  standIn: StandIn,
): DeployedResource {
  return standIn(keyType, `${userName}-${fingerprintOfLine(key)}`, {
    serverId: server.id,
    userName,
    body: key,
    ...(expires === undefined ? {} : { expires }),
  });
}

type StandIn = (type: string, name: string, inputs: DeployedResource["inputs"]) => DeployedResource;

/** Makes resources that are none: what each would be called below the function, and would have for its inputs. */
function standInsOf(asked: DeployedResource): StandIn {
  const [stack, project, types] = asked.urn.split("::");
  const gateway = asked.name.replace(/-identity-provider$/, "");
  return (type, name, inputs) => ({
    urn: `${stack}::${project}::${types}$${type}::${gateway}-${name}`,
    type,
    name: `${gateway}-${name}`,
    parent: asked.urn,
    custom: true,
    id: null,
    inputs,
    outputs: inputs,
    protect: false,
    retainOnDelete: false,
    dependsOn: [],
  });
}

/** With the hashes of its code alone, so that a tenant's change is none of the code's. */
function withoutRecords(asked: DeployedResource): DeployedResource {
  const assets = Object.entries(assetsOf(asked));
  if (assets.length === 0) {
    return asked;
  }
  const files = Object.fromEntries(assets.filter(([name]) => !name.startsWith(recordFolder)));
  // The archive's own hash holds the records'.
  const code = { ...(asked.inputs["code"] as object), archive: undefined, assets: files };
  return { ...asked, inputs: { ...asked.inputs, code }, outputs: { ...asked.outputs, code } };
}
