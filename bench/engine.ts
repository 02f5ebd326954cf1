import { writeFileSync } from "node:fs";
import { join } from "node:path";
import program from "../index";
import { synthesise } from "../synth/synthesise";
import { installedCli } from "../test/fixtures/cli";
import { Project } from "../test/fixtures/driver/project";
import type { Run } from "../test/fixtures/driver/run";
import type { Stack, StateResource } from "../test/fixtures/driver/stack";
import { manyTenants } from "../test/fixtures/manyTenants";
import { projectDirectory } from "../cli/command";
import { inTurn, measured, median, type Outcome } from "./measurement";

const tenants = 1_000;
const rounds = 3;

/** Without this the CLI rewrites the whole state at each step, which takes longer than everything that is measured. */
const environment = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/**
 * The real engine in front of the stand-in for AWS: what 1,000 tenants take against a bare program with the same leaf
 * resources, and what one more costs.
 */
export async function benchEngine(): Promise<Outcome[]> {
  if (installedCli() === undefined) {
    return [
      { name: "the engine with 1,000 tenants", skipped: "there is no Pulumi CLI: npm run test:engine builds it" },
    ];
  }
  const gateway = Project.create(environment);
  const floor = Project.create(environment);
  try {
    gateway.write("tenants.yaml", manyTenants(tenants));
    const own = gateway.stack("dev");
    await own.init();
    const bare = await bareStack(floor, join(gateway.directory, "tenants.yaml"));
    const { preview, up } = await deploy(own, bare);
    const growth = await growByOne(gateway, own);
    return [preview, up, growth, ...(await sizes(own))];
  } finally {
    gateway.remove();
    floor.remove();
  }
}

/** A program that registers the same leaf resources in the same order of dependencies, and nothing else. */
async function bareStack(project: Project, tenantsFile: string): Promise<Stack> {
  const overrides = { "sftp-gateway:tenantsFile": tenantsFile };
  const { resources } = await synthesise({ directory: projectDirectory, stack: "dev", overrides, program });
  const leaves = join(project.directory, "leaves.json");
  writeFileSync(leaves, JSON.stringify(resources));
  const stack = await project.otherProgram(
    "bare",
    `import { readFileSync } from "node:fs";
import { registerLeavesInOrder } from ${JSON.stringify(join(projectDirectory, "bench/leaves"))};
registerLeavesInOrder(JSON.parse(readFileSync(${JSON.stringify(leaves)}, "utf8")));
`,
  );
  await stack.setConfig("aws:region", "eu-central-1");
  return stack;
}

async function deploy(own: Stack, bare: Stack): Promise<{ preview: Outcome; up: Outcome }> {
  const name = `of ${tenants.toLocaleString("en")} tenants, against a bare program`;
  const previews = await inTurn(
    () => secondsOf(() => own.preview()),
    () => secondsOf(() => bare.preview()),
    rounds,
  );
  const ups = { subject: await secondsOf(() => own.up()), floor: await secondsOf(() => bare.up()) };
  return {
    preview: measured(`pulumi preview ${name}`, "s", median(previews.subject), median(previews.floor), 1.15),
    up: measured(`pulumi up ${name}`, "s", ups.subject, ups.floor, 1.15),
  };
}

/** A preview that finds one tenant more than is deployed, against one that finds the same. */
async function growByOne(project: Project, own: Stack): Promise<Outcome> {
  const previewOf = (count: number) => () => {
    project.write("tenants.yaml", manyTenants(count));
    return secondsOf(() => own.preview());
  };
  const { subject, floor } = await inTurn(previewOf(tenants + 1), previewOf(tenants), rounds);
  return measured(
    "pulumi preview of one tenant more, against the unchanged preview",
    "s",
    median(subject),
    median(floor),
    1.1,
  );
}

async function sizes(own: Stack): Promise<Outcome[]> {
  const { resources } = await own.state();
  const ofTenants = resources.filter(({ type }) => tenantTypes.includes(type));
  const kilobytes = ofTenants.reduce((sum, resource) => sum + stateSize(resource), 0) / 1024;
  return [
    { name: "resources of a tenant with one key", unit: "resources", value: ofTenants.length / tenants },
    { name: "state of a tenant with one key", unit: "KB", value: kilobytes / tenants },
  ];
}

const tenantTypes = ["aws:transfer/user:User", "aws:transfer/sshKey:SshKey"];

/** As the backend stores it. */
function stateSize(resource: StateResource): number {
  return JSON.stringify(resource, null, 4).length;
}

/** Seconds that a run of the CLI takes. @throws Error with its errors when it fails. */
async function secondsOf(run: () => Promise<Run>): Promise<number> {
  const begun = performance.now();
  const { code, errors } = await run();
  if (code !== 0) {
    throw new Error(`pulumi ended with ${String(code)}: ${errors.join("; ")}`);
  }
  return (performance.now() - begun) / 1000;
}
