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

/** A user whom a function knows. */
export interface RecordedUser {
  /**
   * The resource that it would be if the service itself knew it, so that one reader reads both; with `password` and
   * `allowedCidrs`, which only a function can keep to, beside that one's inputs.
   */
  readonly resource: DeployedResource;
  readonly keys: readonly LoginKey[];
}

/**
 * The users whom functions know, by the records in their packages; those of a server sorted by their names.
 * @throws UnreadableDeploymentError for records that cannot be read, or that are not in the deployment.
 */
export function usersOfRecords(deployment: Deployment): RecordedUser[] {
  const functions = resourcesOf(deployment, functionType);
  return askingServers(deployment).flatMap((server) => {
    const arn = textOf(server, "function");
    const asked = functions.find((each) => textOf(each, "arn") === arn);
    if (asked === undefined) {
      const message = `"function" is ${arn}, which is not in the deployment: whom it lets in cannot be told`;
      throw new UnreadableDeploymentError(labelOf(server), message);
    }
    return usersOf(asked, server);
  });
}

/**
 * The deployment as if the service itself knew the users: those whom a function knows are among its resources, and so are their
 * keys, with `expires`. What is left of the package is its code.
 * @throws UnreadableDeploymentError as {@link usersOfRecords} does.
 */
export function withUsersOfRecords(deployment: Deployment): Deployment {
  if (askingServers(deployment).length === 0) {
    return deployment;
  }
  const others = deployment.resources.map((each) => (each.type === functionType ? withoutRecords(each) : each));
  const known = usersOfRecords(deployment).flatMap(({ resource, keys }) => [
    resource,
    ...keys.map((key) => keyOf(key, resource)),
  ]);
  return { ...deployment, resources: [...others, ...known].sort((a, b) => (a.urn < b.urn ? -1 : 1)) };
}

/** The servers that ask a function who may log in. */
function askingServers(deployment: Deployment): DeployedResource[] {
  return resourcesOf(deployment, "aws:transfer/server:Server").filter(
    ({ inputs }) => inputs["identityProviderType"] === "AWS_LAMBDA" && inputs["function"] !== undefined,
  );
}

function assetsOf({ inputs }: DeployedResource): Readonly<Record<string, ShownAsset>> {
  return (inputs["code"] as { assets?: Readonly<Record<string, ShownAsset>> } | undefined)?.assets ?? {};
}

function usersOf(asked: DeployedResource, server: DeployedResource): RecordedUser[] {
  const userResource = userResourcesOf(asked, server);
  return Object.entries(assetsOf(asked))
    .filter(([name]) => name.startsWith(recordFolder))
    .flatMap(([name, { text }]) => recordsOf(asked, name, text))
    .sort((a, b) => (a.userName < b.userName ? -1 : 1))
    .map((record) => ({ resource: userResource(record), keys: record.keys }));
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

/** Makes resources that are none: what each would be called below the function. */
function userResourcesOf(asked: DeployedResource, server: DeployedResource): (record: LoginRecord) => DeployedResource {
  const parent = asked.urn.split("::", 3).join("::");
  const gateway = asked.name.replace(/-identity-provider$/, "");
  return (record) => {
    const name = `${gateway}-${record.userName}`;
    const inputs = inputsOf(record, server);
    return {
      urn: `${parent}$${userType}::${name}`,
      type: userType,
      name,
      parent: asked.urn,
      custom: true,
      id: null,
      inputs,
      outputs: inputs,
      protect: false,
      retainOnDelete: false,
      dependsOn: [],
    };
  };
}

function inputsOf(record: LoginRecord, server: DeployedResource): DeployedResource["inputs"] {
  const mappings = JSON.parse(record.mappings) as readonly { readonly Entry: string; readonly Target: string }[];
  return {
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
  };
}

function keyOf({ key, expires }: LoginKey, user: DeployedResource): DeployedResource {
  const name = `${user.name}-${fingerprintOfLine(key)}`;
  const { serverId, userName } = user.inputs;
  const inputs = { serverId, userName, body: key, ...(expires === undefined ? {} : { expires }) };
  const parent = user.urn.slice(0, -`${userType}::${user.name}`.length);
  return { ...user, urn: `${parent}${keyType}::${name}`, type: keyType, name, inputs, outputs: inputs };
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
