import { printable } from "../invisible";
import { gatewayNames } from "../names";
import { partitionOf } from "../iam/arn";
import { planGateway } from "../plan";
import { syntheticAccount } from "../synth/computed";
import { readConfiguration } from "../synth/configuration";
import { isIsoDate, isoToday } from "../tenancy/date";
import { loadTenancy, type Loaded, type LoadOptions } from "../tenancy/load";
import type { Tenancy } from "../tenancy/model";
import { formatProblem, hasErrors, type Problem } from "../tenancy/problem";
import { listed, quoted } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { readArguments, usageError } from "./arguments";
import { runCommand } from "./command";

const command = {
  usage: `npm run check [-- FLAGS]

Says what is wrong with tenants.yaml, for every stack (the files Pulumi.<stack>.yaml here), and proves that no tenant
could reach another's files. Needs no network.
Exits with 0 when the file is fine (warnings included), 1 when it is not, 2 when called wrongly.`,
  options: {
    tenants: { type: "string", value: "FILE", default: "tenants.yaml", description: "The file to look at." },
    stack: { type: "string", value: "STACK", description: "Look at one stack only. Default: at all of them." },
    today: {
      type: "string",
      value: "YYYY-MM-DD",
      description: "Check key expiry against that day. Default: today, UTC.",
    },
    format: {
      type: "string",
      value: "FORMAT",
      default: "text",
      choices: ["text", "json", "github"],
      description: "text, json, or github (annotations of a GitHub workflow).",
    },
  },
} as const;

function main(argv: readonly string[]): number {
  const { values, exitCode } = readArguments(command, argv);
  if (values === undefined) {
    return exitCode;
  }
  const { tenants: file, stack, today = isoToday(new Date()), format } = values;
  const stacks = stackNames(".");
  const fault = faultOfUsage(stacks, stack, today);
  if (fault !== undefined) {
    return usageError(command, fault).exitCode;
  }
  const checkedStacks = stack === undefined ? stacks : [stack];
  const checked = check(file, { stacks, today, ...(stack === undefined ? {} : { stack }) }, checkedStacks);
  print(format, checked.problems, () => `${printable(file)}: ${summary(checked, checkedStacks)}\n`);
  return hasErrors(checked.problems) ? 1 : 0;
}

/** The file itself, then what each stack would make of it. */
function check(file: string, options: LoadOptions, checkedStacks: readonly string[]): Loaded {
  const { tenancy, problems } = loadTenancy(file, options);
  if (tenancy === undefined) {
    return { tenancy, problems };
  }
  const unproven = checkedStacks.flatMap((stack) => problemsOfStack(file, tenancy, stack, options.today));
  return { tenancy, problems: [...problems, ...unproven] };
}

/** What the program would refuse, in the account that stands for every account: they are all of one length. */
function problemsOfStack(file: string, tenancy: Tenancy, stack: string, today: string): readonly Problem[] {
  const { project, values } = readConfiguration(".", stack);
  const region = values["aws:region"] ?? "";
  const scope = { partition: partitionOf(region), region, account: syntheticAccount };
  const names = gatewayNames(`${project}-${stack}`, scope.account);
  return planGateway({ tenancy, stack, today, scope, names, file }).problems ?? [];
}

function faultOfUsage(stacks: readonly string[], stack: string | undefined, today: string): string | undefined {
  if (stacks.length === 0) {
    return "there is no Pulumi.<stack>.yaml in this directory; call the command in the project's directory";
  }
  if (stack !== undefined && !stacks.includes(stack)) {
    return `--stack ${quoted(stack)} is not a stack of this project; there are ${listed(stacks)}`;
  }
  return isIsoDate(today) ? undefined : `--today ${quoted(today)} is not a day of the calendar as YYYY-MM-DD`;
}

function print(format: string, problems: readonly Problem[], closing: () => string): void {
  if (format === "json") {
    process.stdout.write(`${JSON.stringify({ problems: problems.map(asJson) }, null, 2)}\n`);
  } else if (format === "github") {
    process.stdout.write(problems.map((problem) => `${annotation(problem)}\n`).join("") + closing());
  } else {
    process.stderr.write(problems.map((problem) => `${formatProblem(problem)}\n`).join(""));
    process.stdout.write(closing());
  }
}

function asJson({ severity, file, line, column, message, tenant }: Problem): object {
  return { severity, file, line, column, message, tenant: tenant ?? null };
}

/** A workflow command. Source: GitHub Actions' toolkit, `@actions/core` command.ts, escapeData and escapeProperty. */
function annotation({ severity, file, line, column, message }: Problem): string {
  return `::${severity} file=${escapeProperty(file)},line=${line},col=${column}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

function summary({ tenancy, problems }: Loaded, stacks: readonly string[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const found = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return [
    ...(tenancy === undefined ? [] : [counted(tenancy.tenants.length, "tenant")]),
    counted(stacks.length, "stack"),
    found.length > 0 ? found.join(" and ") : "no problems",
  ].join(", ");
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

runCommand(main);
