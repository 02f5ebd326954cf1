import { join } from "node:path";
import { accessMarkdown } from "../../access/report/markdown";
import { accessTable } from "../../access/report/table";
import program from "../../index";
import { recordsIn } from "../../functions/identity-provider/readRecords";
import type { DeployedResource } from "../../synth/deployment";
import { isArchive } from "../../synth/plainValue";
import { synthesised } from "../fixtures/synthesised";
import { reportOf } from "../access/sampleReport";
import { samplePolicies } from "../access/samplePolicies";
import { projectDirectory } from "../components/gatewayStack";

/** The project's stacks. */
export const goldenStacks = ["dev", "prod"];

/** A deployment whose resources are committed, in a file of this name. */
export interface GoldenDeployment {
  readonly name: string;
  readonly stack: string;
  readonly tenantsFile: string;
  /** Instead of the stack's own, by full key. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What makes a stack one whose logins a function decides. */
export const lambdaSettings = { "sftp-gateway:identityProvider": "lambda" };

/** What gives a stack fixed addresses and a name of its own. */
export const vpcSettings = {
  ...lambdaSettings,
  "sftp-gateway:endpoint": "vpc",
  "sftp-gateway:allowedCidrs": '["203.0.113.0/24","2001:db8:1::/48"]',
  "sftp-gateway:hostname": "sftp.acme.example",
  "sftp-gateway:hostedZoneId": "Z0123456789ABC",
};

/** What a stack in GovCloud has to say, where there are no public endpoints. */
export const govCloudSettings = {
  "aws:region": "us-gov-west-1",
  "sftp-gateway:endpoint": "internal",
  "sftp-gateway:allowedCidrs": '["10.0.0.0/8"]',
  "sftp-gateway:securityPolicy": "TransferSecurityPolicy-FIPS-2025-03",
  "sftp-gateway:loginBanner": "Authorised use only",
};
/** What puts everything under a key of the gateway's own. */
export const kmsSettings = { "sftp-gateway:encryption": "kms" };

/** The project's stacks, and what their tenants.yaml leaves out. */
export const goldenDeployments: readonly GoldenDeployment[] = [
  ...goldenStacks.map((stack) => ({ name: stack, stack, tenantsFile: "tenants.yaml" })),
  { name: "listeners", stack: "dev", tenantsFile: "test/golden/listeners.yaml" },
  {
    name: "identity-provider",
    stack: "dev",
    tenantsFile: "test/golden/identityProvider.yaml",
    settings: lambdaSettings,
  },
  { name: "vpc", stack: "dev", tenantsFile: "test/golden/identityProvider.yaml", settings: vpcSettings },
  { name: "govcloud", stack: "dev", tenantsFile: "test/golden/govcloud.yaml", settings: govCloudSettings },
  {
    name: "encryption",
    stack: "dev",
    tenantsFile: "test/golden/encryption.yaml",
    settings: { ...kmsSettings, ...lambdaSettings },
  },
];

/** The committed texts by the name of their file; each function gives the text anew. */
export const goldenTexts: Readonly<Record<string, () => string | Promise<string>>> = {
  ...Object.fromEntries(goldenDeployments.map((deployment) => [`${deployment.name}.json`, () => resourcesOf(deployment)])),
  "session-policies.json": () => json(samplePolicies()),
  "access-report.txt": async () => accessTable(await reportOf()),
  "access-report.md": async () => accessMarkdown(await reportOf()),
};

/** Where a committed text is. */
export function goldenFile(name: string): string {
  return join(__dirname, name);
}

/** The resources that a committed file of tenants gives a stack, as text that a reviewer can read in a diff. */
async function resourcesOf({ stack, tenantsFile, settings }: GoldenDeployment): Promise<string> {
  const overrides = { "sftp-gateway:today": "2026-06-01", "sftp-gateway:tenantsFile": tenantsFile, ...settings };
  const { resources } = await synthesised({ directory: projectDirectory, stack, overrides, program });
  return json(resources.map(readable));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readable({ urn, inputs, protect, dependsOn }: DeployedResource): unknown {
  return { urn, inputs: Object.fromEntries(Object.entries(inputs).map(unfolded)), protect, dependsOn };
}

/** Documents are deployed as one long line of JSON; a diff shows more when they are not. */
function unfolded([key, value]: [string, unknown]): [string, unknown] {
  if (isArchive(value)) {
    // Reviewers see the code's own difference; its hash would change with each update of a package as well.
    const { assets = {} } = value as { assets?: Readonly<Record<string, { text?: string }>> };
    const records = Object.entries(assets).flatMap(([name, { text }]) =>
      text === undefined ? [] : [[name, recordsIn(text)] as const],
    );
    return [key, { archive: "sha256", ...Object.fromEntries(records) }];
  }
  const isDocument = typeof value === "string" && value.startsWith('{"Version"');
  return [key, isDocument ? (JSON.parse(value) as unknown) : value];
}
