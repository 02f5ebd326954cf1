import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectDirectory } from "../cli/command";
import program from "../index";
import { synthesise } from "../synth/synthesise";
import { installedCli } from "../test/fixtures/cli";
import { Project } from "../test/fixtures/driver/project";
import type { Run } from "../test/fixtures/driver/run";
import type { Stack } from "../test/fixtures/driver/stack";
import { manyTenants } from "../test/fixtures/manyTenants";
import { inTurn, measured, secondsSince, type Outcome } from "./measurement";

interface Side {
  readonly project: Project;
  readonly stack: Stack;
}

const tenants = 1_000;
/** Of runs that take seconds; of updates, which begin from nothing each time, fewer. */
const rounds = { preview: 5, up: 3 };

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
  const gateway = Project.create({ providerOfEachRun: true });
  const floor = Project.create({ providerOfEachRun: true });
  try {
    gateway.write("tenants.yaml", manyTenants(tenants));
    const own = { project: gateway, stack: gateway.stack("dev") };
    await own.stack.init();
    const bare = await bareStack(floor, join(gateway.directory, "tenants.yaml"));
    return [...(await deploy(own, { project: floor, stack: bare })), await growByOne(own), ...sizes(own)];
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
import { projectDirectory } from "../cli/command";
registerLeavesInOrder(JSON.parse(readFileSync(${JSON.stringify(leaves)}, "utf8")));
`,
  );
  await stack.setConfig("aws:region", "eu-central-1");
  return stack;
}

async function deploy(own: Side, bare: Side): Promise<Outcome[]> {
  const name = `of ${tenants.toLocaleString("en")} tenants, against a bare program`;
  const previews = await inTurn(
    timed(() => own.stack.preview()),
    timed(() => bare.stack.preview()),
    rounds.preview,
  );
  const ups = await inTurn(upFromNothing(own), upFromNothing(bare), rounds.up);
  return [
    measured(`pulumi preview ${name}`, "s", previews.subject.seconds, previews.floor.seconds, 1.15),
    measured(`pulumi up ${name}`, "s", ups.subject.seconds, ups.floor.seconds, 1.15),
  ];
}

/** What deploys the stack as if it had not been deployed yet, over and over. */
function upFromNothing({ project, stack }: Side): () => Promise<{ readonly seconds: number }> {
  const forget = project.snapshot();
  return () => {
    forget();
    return timed(() => stack.up())();
  };
}

/** A preview that finds one tenant more than is deployed, against one that finds the same. */
async function growByOne({ project, stack }: Side): Promise<Outcome> {
  const previewOf = (count: number) => () => {
    project.write("tenants.yaml", manyTenants(count));
    return timed(() => stack.preview())();
  };
  const { subject, floor } = await inTurn(previewOf(tenants + 1), previewOf(tenants), rounds.preview);
  const name = "pulumi preview of one tenant more, against the unchanged preview";
  return measured(name, "s", subject.seconds, floor.seconds, 1.1);
}

function sizes({ stack }: Side): Outcome[] {
  const { resources } = stack.state();
  const ofTenants = resources.filter(({ type }) => tenantTypes.includes(type));
  // As the backend stores it.
  const kilobytes = ofTenants.reduce((sum, resource) => sum + JSON.stringify(resource, null, 4).length, 0) / 1024;
  return [
    { name: "resources of a tenant with one key", unit: "resources", value: ofTenants.length / tenants },
    { name: "state of a tenant with one key", unit: "KB", value: kilobytes / tenants },
  ];
}

const tenantTypes = ["aws:transfer/user:User", "aws:transfer/sshKey:SshKey"];

/** Measures what a run of the CLI takes. @throws Error with its errors when it fails. */
function timed(run: () => Promise<Run>): () => Promise<{ readonly seconds: number }> {
  return async () => {
    const begun = performance.now();
    const { code, errors } = await run();
    if (code !== 0) {
      throw new Error(`pulumi ended with ${String(code)}: ${errors.join("; ")}`);
    }
    return { seconds: secondsSince(begun) };
  };
}
