import { resolve } from "node:path";
import { gatewayNames } from "../../names";
import { SftpGateway, type SftpGatewayArgs } from "../../components/gateway";
import { syntheticAccount } from "../../synth/computed";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { synthesise } from "../../synth/synthesise";
import { tenant } from "../tenant";

/** The project's own folder, whose Pulumi.yaml and stack files are read. */
export const projectDirectory = resolve(__dirname, "../..");

/** The deployment of one SftpGateway called `gw`, with plain arguments except those given. */
export function gatewayStack(changes: Partial<SftpGatewayArgs> = {}): Promise<Deployment> {
  const scope = { partition: "aws", region: "eu-central-1", account: syntheticAccount };
  const program = () => {
    const gateway = new SftpGateway("gw", {
      scope,
      names: gatewayNames("project", "test", scope.account),
      tenants: [tenant("acme")],
      spaces: [],
      protect: true,
      securityPolicy: "TransferSecurityPolicy-2025-03",
      roleLogging: true,
      logRetentionDays: 30,
      noncurrentVersionDays: 60,
      onUploadTimeoutSeconds: 30,
      onUploadConcurrency: -1,
      alarmEmail: "",
      failedLoginThreshold: 50,
      ...changes,
    });
    return Promise.resolve({ tenants: gateway.tenants, serverId: gateway.serverId, endpoint: gateway.endpoint });
  };
  return synthesise({ directory: projectDirectory, stack: "dev", program });
}

/** The resources of a type, as `Server` or `aws:transfer/server:Server`; by name, sorted as the deployment is. */
export function ofType({ resources }: Deployment, type: string): DeployedResource[] {
  return resources.filter((resource) => resource.type === type || resource.type.endsWith(`:${type}`));
}

/** The only resource of a type. @throws Error when there is none or more than one. */
export function only(deployment: Deployment, type: string): DeployedResource {
  const found = ofType(deployment, type);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new Error(`${found.length} resources of type ${type}, expected one`);
  }
  return resource;
}

/** The names from below the stack down to the resource: where it stands in the tree. */
export function path(deployment: Deployment, resource: DeployedResource): string[] {
  const parent = deployment.resources.find(({ urn }) => urn === resource.parent);
  return parent === undefined
    ? []
    : [...path(deployment, parent), `${resource.type.split(":").pop()} ${resource.name}`];
}

/** A resource's inputs but for its tags: those that all resources bear stand in the golden files. */
export function untagged({ inputs }: DeployedResource): DeployedResource["inputs"] {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "tags"));
}

/** A JSON document among a resource's inputs. */
export function documentIn(resource: DeployedResource, input: string): unknown {
  return JSON.parse(String(resource.inputs[input]));
}
