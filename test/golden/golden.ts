import { join } from "node:path";
import program from "../../index";
import type { DeployedResource } from "../../synth/deployment";
import { synthesise } from "../../synth/synthesise";
import { projectDirectory } from "../components/gatewayStack";

/** The stacks whose resources are committed. */
export const goldenStacks = ["dev", "prod"];

/** Where the committed resources of a stack are. */
export function goldenFile(stack: string): string {
  return join(__dirname, `${stack}.json`);
}

/** The resources that the committed tenants.yaml gives a stack, as text that a reviewer can read in a diff. */
export async function goldenText(stack: string): Promise<string> {
  const overrides = { "sftp-gateway:today": "2026-06-01" };
  const { resources } = await synthesise({ directory: projectDirectory, stack, overrides, program });
  return `${JSON.stringify(resources.map(readable), null, 2)}\n`;
}

function readable({ urn, inputs, protect, dependsOn }: DeployedResource): unknown {
  return { urn, inputs: Object.fromEntries(Object.entries(inputs).map(unfolded)), protect, dependsOn };
}

/** Documents are deployed as one long line of JSON; a diff shows more when they are not. */
function unfolded([key, value]: [string, unknown]): [string, unknown] {
  if (isArchive(value)) {
    // Reviewers see the code's own difference; its hash would change with each update of a package as well.
    return [key, { archive: "sha256" }];
  }
  const isDocument = typeof value === "string" && value.startsWith('{"Version"');
  return [key, isDocument ? (JSON.parse(value) as unknown) : value];
}

function isArchive(value: unknown): boolean {
  return typeof value === "object" && value !== null && "archive" in value;
}
