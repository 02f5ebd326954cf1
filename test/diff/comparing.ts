import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pricesAsOf } from "../../cost/prices";
import { stackDifference, type Difference } from "../../diff/difference";
import type { Ciphertext, Side } from "../../diff/side";
import { differenceText } from "../../diff/text";
import program from "../../index";
import { readConfigurationFiles } from "../../settings/files";
import { synthesised } from "../fixtures/synthesised";
import { loadTenancy } from "../../tenancy/load";
import { projectDirectory } from "../components/gatewayStack";
import { publicKey } from "../publicKeys";

/** The day on which everything here is compared. */
export const today = "2026-11-23";

export interface Content {
  /** The whole tenants.yaml. */
  readonly tenants: string;
  /** Settings that differ from the stack file's, by full key. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines that the stack file has in addition. */
  readonly stackFile?: string;
}

const sides = new Map<string, Promise<Side>>();

/** One side of a comparison, synthesised in this process, once for each content. */
export function sideWith(content: Content): Promise<Side> {
  const key = JSON.stringify(content);
  const side = sides.get(key) ?? synthesisedSide(content);
  sides.set(key, side);
  return side;
}

async function synthesisedSide({ tenants, settings = {}, stackFile = "" }: Content): Promise<Side> {
  const stack = "dev";
  const directory = mkdtempSync(join(tmpdir(), "diff-side-"));
  try {
    const file = join(directory, "tenants.yaml");
    writeFileSync(file, tenants);
    for (const [name, added] of [
      ["Pulumi.yaml", ""],
      ["Pulumi.dev.yaml", stackFile],
    ] as const) {
      writeFileSync(join(directory, name), readFileSync(join(projectDirectory, name), "utf8") + added);
    }
    const overrides = { "sftp-gateway:tenantsFile": file, "sftp-gateway:today": today, ...settings };
    const deployment = await synthesised({ directory, stack, overrides, program });
    const { tenancy } = loadTenancy(file, { stacks: ["dev", "prod"], stack, today });
    const { values, secretKeys, stackFile: configuration } = readConfigurationFiles(directory, stack, settings);
    const secrets = secretKeys.map((key) => [key, { ciphertext: configuration.entries.get(key)?.text ?? "" }] as const);
    const configured = { ...values, ...Object.fromEntries<string | Ciphertext>(secrets) };
    return { deployment, settings: { ...configured, "sftp-gateway:today": "" }, tenancy };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What changes in dev between two tenants.yaml; undefined: the stack does not exist on that side. */
export async function differenceOf(before: Content | undefined, after: Content | undefined): Promise<Difference> {
  const pair = {
    stack: "dev",
    before: before && (await sideWith(before)),
    after: after && (await sideWith(after)),
  };
  return { from: "main", today, stacks: [stackDifference(pair, today)] };
}

/** The line about the fixed cost of the stack, when that goes from one to another. */
export function costs(to: string, from: string): string {
  return `  a month in which nobody uses it costs ${to} USD instead of ${from} (prices of us-east-1 on ${pricesAsOf})`;
}

/** What a reader of the text sees of it: the lines about tenants, and those about resources. */
export async function said(
  before: Content | undefined,
  after: Content | undefined,
): Promise<{ readonly tenants: string[]; readonly resources: string[] }> {
  const [, , heading = "", ...lines] = differenceText(await differenceOf(before, after))
    .trimEnd()
    .split("\n");
  const resources = lines.findIndex((line) => line.startsWith("  resources: "));
  return { tenants: [heading, ...lines.slice(0, resources)], resources: lines.slice(resources) };
}

const globex = `  - { name: globex, sshKeys: ["${publicKey(2).text}"] }\n`;

/** The lines about tenants when the whole file goes from one text to another. */
export async function between(before: string, after: string): Promise<string[]> {
  return (await said({ tenants: before }, { tenants: after })).tenants;
}

/** The lines about tenants when acme's entry changes and globex stays. */
export function ofAcme(before: string, after: string, rest = ""): Promise<string[]> {
  const file = (entry: string) => `${rest}tenants:\n  - ${entry}\n${globex}`;
  return between(file(before), file(after));
}
