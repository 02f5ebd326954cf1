import { printable } from "../invisible";
import { gatewayNames, PrefixError } from "../names";
import { partitionOf } from "../iam/arn";
import { planGateway } from "../plan";
import { environmentsFile, readEnvironments } from "../settings/environments";
import { faultsOfStackNames } from "../settings/stackNames";
import { stackSettings, type StackSettings } from "../settings/stackSettings";
import { syntheticAccount } from "../synth/computed";
import { isoToday } from "../tenancy/date";
import { loadTenancy, type Loaded } from "../tenancy/load";
import { formatProblem, hasErrors, type Problem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { queuesUnderUnknownKeys } from "../uploads/queueKeys";
import { UserError } from "../userError";
import { UsageError, withFlags, type Values } from "./arguments";
import { runCommand } from "./command";
import { formatFlag, otherTenantsFlag, requireStack, todayFlag } from "./flags";
import { withProgress } from "./progress";

const command = {
  usage: `npm run check [-- FLAGS]

Says what is wrong with the settings and the tenants file of every stack (the files Pulumi.<stack>.yaml here) and with
deploy/environments.json, and proves that no tenant could reach another's files. Needs no network.
Exits with 0 when all is fine (warnings included), 1 when it is not, 2 when called wrongly.`,
  options: {
    tenants: otherTenantsFlag,
    stack: { value: "STACK", description: "Look at one stack only. Default: at all of them." },
    today: todayFlag("today, UTC"),
    format: formatFlag(["text", "json", "github"], "text, json, or github (annotations of a GitHub workflow)."),
  },
};

/** What the program would be told in a stack, and what it would refuse before it looks at tenants. */
interface CheckedStack extends StackSettings {
  readonly stack: string;
}

async function main(values: Values<typeof command.options>): Promise<number> {
  const { stack, today = isoToday(new Date()), format } = values;
  const stacks = stackNames(".");
  if (stacks.length === 0) {
    throw new UsageError(
      "there is no Pulumi.<stack>.yaml in this directory; call the command in the project's directory",
    );
  }
  const names = stack === undefined ? stacks : [stack];
  names.forEach((name) => requireStack(name, stacks));
  const { problems, closing } = await withProgress(`checking ${counted(names.length, "stack").join("")}`, () =>
    checkAll(names, stacks, { tenantsFile: values.tenants, today }),
  );
  print(format, problems, closing.map((line) => `${line}\n`).join(""));
  return hasErrors(problems) ? 1 : 0;
}

/**
 * Everything that is wrong, and the lines behind it.
 * @param names The stacks that are looked at. @param stacks All of them.
 */
function checkAll(
  names: readonly string[],
  stacks: readonly string[],
  { tenantsFile, today }: { readonly tenantsFile: string | undefined; readonly today: string },
) {
  const checkedStacks = names.map((name) => checkStack(name, names, stacks));
  const checkedFiles = [...byTenantsFile(checkedStacks, tenantsFile)].map(([file, own]) => ({
    file,
    own,
    checked: check(file, own, { stacks, today }),
  }));
  const listed = readEnvironments(".", stacks).problems;
  const problems = [...checkedFiles.flatMap(({ checked }) => checked.problems), ...listed];
  const summaries = checkedFiles.map(({ file, own, checked }) => summary(file, checked, own.length));
  const ofList = listed.length === 0 ? [] : [`${environmentsFile}: ${counted(listed.length, "error").join("")}`];
  const closing = [...summaries, ...ofList, ...checkedStacks.flatMap(addressesNeeded)];
  return { problems, closing };
}

/** Settings and names, each whatever is wrong with the other. */
function checkStack(stack: string, checked: readonly string[], stacks: readonly string[]): CheckedStack {
  const settings = stackSettings(".", stack);
  const { project } = settings;
  // A pair of which one is looked at is told there, once.
  const continued = faultsOfStackNames(project, stacks).filter(
    (pair) => pair.stack === stack || (pair.other === stack && !checked.includes(pair.stack)),
  );
  const problems = [
    ...problemsOf(stack, () => void gatewayNames(`${project}-${stack}`, syntheticAccount)),
    ...continued.map((pair) => problemOfStack(pair.stack, pair.message)),
    ...settings.problems,
  ];
  return { ...settings, stack, problems };
}

/** The stacks of each tenants file, in the order in which the stacks name them. */
function byTenantsFile(stacks: readonly CheckedStack[], instead: string | undefined): Map<string, CheckedStack[]> {
  const files = new Map<string, CheckedStack[]>();
  for (const stack of stacks) {
    const file = instead ?? stack.sound.tenantsFile ?? "tenants.yaml";
    files.set(file, [...(files.get(file) ?? []), stack]);
  }
  return files;
}

/** The stacks' settings, the file itself, then what each stack would make of it. */
function check(
  file: string,
  own: readonly CheckedStack[],
  { stacks, today }: { readonly stacks: readonly string[]; readonly today: string },
): Loaded {
  const signIn = Object.fromEntries(
    own.flatMap(({ stack, signIn: known }) => (known === undefined ? [] : [[stack, known]])),
  );
  const { tenancy, problems } = loadTenancy(file, { stacks, today, stack: own.map(({ stack }) => stack), signIn });
  const settled = own.flatMap((stack) => stack.problems);
  const unproven = own.flatMap(({ stack, project, settings, signIn: known, problems: found }) => {
    if (tenancy === undefined || settings === undefined || known === undefined || hasErrors(found)) {
      return [];
    }
    const { region, encryption, kmsKeyArn } = settings;
    // The account stands for every account: they are all of one length.
    const scope = { partition: partitionOf(region), region, account: syntheticAccount };
    const names = gatewayNames(`${project}-${stack}`, scope.account);
    const choices = { signIn: known, encryption: { encryption, kmsKeyArn } };
    return [
      ...problemsOf(stack, () => planGateway({ tenancy, stack, today, ...choices, scope, names, file }).problems),
      ...(encryption === "kms" ? queuesUnderUnknownKeys(tenancy, { file, stack }) : []),
    ];
  });
  return { tenancy, problems: once([...settled, ...problems, ...unproven]) };
}

/** What Pulumi.yaml says wrong is wrong in every stack, and told once. */
function once(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

/** The problems that are found, or what is refused as one. */
function problemsOf(stack: string, find: () => readonly Problem[] | void): readonly Problem[] {
  try {
    return find() ?? [];
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw error;
    }
    // The prefix of a project's gateway is made of the stack's name.
    const isName = error instanceof PrefixError;
    return [problemOfStack(stack, isName ? `${error.found}: choose a stack name that ${error.right}` : error.message)];
  }
}

/** The name of a stack stands in the name of its file. */
function problemOfStack(stack: string, message: string): Problem {
  return { severity: "error", file: `Pulumi.${stack}.yaml`, line: 1, column: 1, message };
}

function print(format: string, problems: readonly Problem[], closing: string): void {
  if (format === "json") {
    process.stdout.write(`${JSON.stringify({ problems: problems.map(asJson) }, null, 2)}\n`);
  } else {
    const [stream, line] = format === "github" ? [process.stdout, annotation] : [process.stderr, formatProblem];
    stream.write(problems.map((problem) => `${line(problem)}\n`).join(""));
    process.stdout.write(closing);
  }
}

function asJson({ severity, file, line, column, message, tenant }: Problem): object {
  return { severity, file, line, column, message, tenant: tenant ?? null };
}

/** A workflow command. Source: GitHub Actions' toolkit, `@actions/core` command.ts, escapeData and escapeProperty. */
function annotation({ severity, file, line, column, message }: Problem): string {
  return `::${severity} file=${escaped(file, /[%\r\n:,]/g)},line=${line},col=${column}::${escaped(message, /[%\r\n]/g)}`;
}

/** Each of those characters as its code in two hexadecimal digits. */
function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => `%${Buffer.from(character).toString("hex").toUpperCase()}`);
}

/** How many addresses a stack takes of its account. Source of the quota: EC2 User Guide, "Elastic IP address quota". */
function addressesNeeded({ stack, settings }: CheckedStack): string[] {
  return settings?.endpoint === "vpc" && settings.addressAllocationIds.length === 0
    ? [
        `Pulumi.${stack}.yaml: needs ${counted(settings.zones, "Elastic IP").join("")}; an account has 5 in a region at first`,
      ]
    : [];
}

/** What was found, and in which file, unless a part of it stands in others: those are named where it is told. */
function summary(file: string, { tenancy, problems }: Loaded, stacks: number): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const found = [counted(errors, "error"), counted(problems.length - errors, "warning")].flat();
  const counts = [
    ...(tenancy === undefined ? [] : counted(tenancy.tenants.length, "tenant")),
    ...counted(stacks, "stack"),
    found.join(" and ") || "no problems",
  ].join(", ");
  return problems.every((problem) => problem.file === file) ? `${printable(file)}: ${counts}` : counts;
}

/** Nothing for none. */
function counted(number: number, noun: string): string[] {
  return number === 0 ? [] : [`${number} ${noun}${number === 1 ? "" : "s"}`];
}

runCommand(withFlags(command, main));
