import { requireDocument, requireRole } from "./iamTypes";
import type { ResourceType } from "./resourceTypes";
import { ServiceError, type Properties, type Service } from "./service";

const serverType = "aws:transfer/server:Server";
const userType = "aws:transfer/user:User";
const keyType = "aws:transfer/sshKey:SshKey";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

interface Mapping {
  readonly entry: string;
  readonly target: string;
}

/** The provider's map of tags is the API's list. */
function withTagList({ tags, ...inputs }: Properties): Properties {
  return tags === undefined
    ? inputs
    : { ...inputs, tags: Object.entries(tags as Properties).map(([key, value]) => ({ key, value })) };
}

/** Transfer Family: servers, users, keys. */
export const transferTypes: Readonly<Record<string, ResourceType>> = {
  [serverType]: {
    requests: ({ forceDestroy: _, ...inputs }) => [
      { operation: "transfer:CreateServer", parameters: withTagList(inputs) },
    ],
    replaceOn: ["domain", "identityProviderType"],
    whenExists: "duplicate",
    accept: acceptServer,
    release: (service, { id, inputs }) => {
      if (usersOf(service, id).length > 0 && inputs["forceDestroy"] !== true) {
        throw new ServiceError("ConflictException", `the server ${id} still has users`);
      }
      service.remove(({ type, inputs: other }) => type !== serverType && other["serverId"] === id);
    },
  },
  [userType]: {
    requests: (inputs) => [{ operation: "transfer:CreateUser", parameters: withTagList(inputs) }],
    replaceOn: ["serverId", "userName"],
    whenExists: { refuse: "ResourceExistsException" },
    accept: acceptUser,
    release: (service, { inputs: { serverId, userName } }) =>
      service.remove(({ type, inputs }) => type === keyType && ofUser(inputs, serverId, userName)),
  },
  [keyType]: {
    requests: ({ body, ...rest }) => [
      { operation: "transfer:ImportSshPublicKey", parameters: { sshPublicKeyBody: body, ...rest } },
    ],
    replaceOn: ["serverId", "userName", "body"],
    whenExists: { refuse: "ResourceExistsException" },
    // A key's comment is no part of it: the provider does not compare it.
    comparable: (key, value) => (key === "body" ? keyWithoutComment(value) : value),
    accept: acceptKey,
  },
};

function usersOf(service: Service, serverId: string) {
  return service.all(userType).filter(({ inputs }) => inputs["serverId"] === serverId);
}

function ofUser(inputs: Properties, serverId: unknown, userName: unknown): boolean {
  return inputs["serverId"] === serverId && inputs["userName"] === userName;
}

function keyWithoutComment(value: unknown): string {
  return String(value).trim().split(/\s+/).slice(0, 2).join(" ");
}

function acceptServer(service: Service, { loggingRole, structuredLogDestinations = [] }: Properties): void {
  if (loggingRole !== undefined) {
    requireRole(service, loggingRole);
  }
  const destinations = service.all(logGroupType).map(({ computed }) => `${String(computed["arn"])}:*`);
  for (const destination of structuredLogDestinations as readonly string[]) {
    if (!destinations.includes(destination)) {
      throw new ServiceError("InvalidRequestException", `there is no log group ${destination}`);
    }
  }
}

function acceptUser(service: Service, inputs: Properties): void {
  if (service.find(serverType, String(inputs["serverId"])) === undefined) {
    throw new ServiceError("ResourceNotFoundException", `unknown server ${String(inputs["serverId"])}`);
  }
  requireRole(service, inputs["role"]);
  if (inputs["policy"] !== undefined) {
    requireDocument(inputs["policy"]);
  }
  const mappings = (inputs["homeDirectoryMappings"] ?? []) as readonly Mapping[];
  const problem = mappingProblem(mappings, inputs);
  if (problem !== undefined) {
    throw new ServiceError("InvalidRequestException", problem);
  }
}

/** Rules of CreateUser that the API model does not hold. Source: Transfer Family API reference. */
function mappingProblem(mappings: readonly Mapping[], inputs: Properties): string | undefined {
  const home = inputs["homeDirectory"] as string | undefined;
  if (inputs["homeDirectoryType"] !== "LOGICAL") {
    return mappings.length > 0 ? "mappings need the home directory type LOGICAL" : undefined;
  }
  const entries = mappings.map(({ entry }) => entry);
  if (mappings.length === 0) {
    return "the home directory type LOGICAL needs mappings";
  }
  if (entries.includes("/") && entries.length > 1) {
    return "the entry / must be the only mapping";
  }
  if (new Set(entries).size < entries.length) {
    return "two mappings have the same entry";
  }
  if (mappings.some(({ target }) => target.endsWith("/"))) {
    return "a target must not end with /";
  }
  return home !== undefined && !entries.includes(home) ? `the home ${home} is no entry` : undefined;
}

function acceptKey(service: Service, { serverId, userName, body }: Properties): void {
  if (service.find(userType, `${String(serverId)}/${String(userName)}`) === undefined) {
    throw new ServiceError("ResourceNotFoundException", `unknown user ${String(userName)}`);
  }
  const same = service
    .all(keyType)
    .some(
      ({ inputs }) =>
        ofUser(inputs, serverId, userName) && keyWithoutComment(inputs["body"]) === keyWithoutComment(body),
    );
  if (same) {
    throw new ServiceError("ResourceExistsException", `the user ${String(userName)} has this public key already`);
  }
}
