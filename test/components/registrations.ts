import type * as pulumi from "@pulumi/pulumi";
import { SftpGateway } from "../../components/gateway";
import { partitionOf } from "../../iam/arn";
import { gatewayNames } from "../../names";
import { planGateway, type GatewayPlan } from "../../plan";
import { readSettings } from "../../settings";
import { requireSettings } from "../../settings/stackSettings";
import type { Settings } from "../../settings/table";
import { syntheticAccount } from "../../synth/computed";
import type { Deployment } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import { loadTenancy } from "../../tenancy/load";
import { goldenStacks, type GoldenDeployment } from "../golden/golden";
import { projectDirectory } from "./gatewayStack";

const today = "2026-06-01";

export type Registration = pulumi.ResourceTransformationArgs;
export type Props = Record<string, unknown>;

/** Runs the project's program, with further transformations of the gateway and whatever stands beside it. */
export function deploy(
  stack: string,
  transformations: pulumi.ResourceTransformation[],
  beside: (gateway: SftpGateway) => void = () => {},
  tenantsFile = "tenants.yaml",
  settings: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  const program = () => {
    beside(new SftpGateway("gateway", readSettings(), { transformations }));
    return Promise.resolve({});
  };
  const overrides = { "sftp-gateway:today": today, "sftp-gateway:tenantsFile": tenantsFile, ...settings };
  return synthesised({ directory: projectDirectory, stack, overrides, program });
}

export function refusalOf(deployed: Promise<unknown>): Promise<string> {
  return deployed.then(
    () => "",
    (error: Error) => error.message,
  );
}

/** Every registration of a deployment, in order, and the plan and the settings that they come from. */
export async function registrationsOf({
  stack,
  tenantsFile,
  settings = {},
}: Omit<GoldenDeployment, "name">): Promise<{ registrations: Registration[]; plan: GatewayPlan; chosen: Settings }> {
  const registrations: Registration[] = [];
  const record = (registration: Registration) => {
    registrations.push(registration);
    return undefined;
  };
  await deploy(stack, [record], undefined, tenantsFile, settings);
  const { tenancy } = loadTenancy(tenantsFile, { stacks: goldenStacks, stack, today });
  const names = gatewayNames(`sftp-gateway-${stack}`, syntheticAccount);
  const chosen = requireSettings(projectDirectory, stack, settings);
  const { region } = chosen;
  const scope = { partition: partitionOf(region), region, account: syntheticAccount };
  const options = { tenancy: tenancy!, stack, today, signIn: chosen, encryption: chosen };
  const { plan } = planGateway({ ...options, scope, names, file: tenantsFile });
  return { registrations, plan: plan!, chosen };
}
