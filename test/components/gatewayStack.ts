import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { SftpGateway } from "../../components/gateway";
import type { SftpGatewayArgs } from "../../components/gatewayArgs";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import type { DeployedTenant } from "../../tenancy/deployed";
import { tenantsFile, type SpaceDraft } from "../fixtures/tenantsFile";
import { tenant } from "../tenant";

/** The project's own folder, whose Pulumi.yaml and stack files are read. */
export const projectDirectory = resolve(__dirname, "../..");

/** What the gateways of these tests have in common; values that are not the defaults. */
const plain = { namePrefix: "project-test", today: "2026-06-01", logRetentionDays: 30, noncurrentVersionDays: 60 };

/** What a test says of a gateway. */
export interface GatewayStackChanges extends SftpGatewayArgs {
  /** Default: one plain tenant, acme. */
  readonly tenants?: readonly DeployedTenant[];
  readonly spaces?: readonly SpaceDraft[];
}

let unchanged: Promise<Deployment> | undefined;

/**
 * The deployment of one SftpGateway called `gw`, with plain arguments except those given. The one without changes, for which
 * every other test asks, is synthesised once.
 */
export function gatewayStack(changes?: GatewayStackChanges, opts?: ComponentResourceOptions): Promise<Deployment> {
  return changes === undefined && opts === undefined ? (unchanged ??= deployed({})) : deployed(changes ?? {}, opts);
}

async function deployed(
  { tenants = [tenant("acme")], spaces, ...args }: GatewayStackChanges,
  opts?: ComponentResourceOptions,
): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), "gateway-stack-"));
  const file = join(folder, "tenants.yaml");
  writeFileSync(file, tenantsFile(tenants, spaces));
  const program = () => {
    const gateway = new SftpGateway("gw", { ...plain, tenantsFile: file, ...args }, opts);
    return Promise.resolve({ tenants: gateway.tenants, serverId: gateway.serverId, endpoint: gateway.endpoint });
  };
  try {
    const overrides = args.region === undefined ? {} : { "aws:region": args.region };
    return await synthesised({ directory: projectDirectory, stack: "dev", overrides, program });
  } finally {
    rmSync(folder, { recursive: true });
  }
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
