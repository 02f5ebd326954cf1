import { printable } from "../invisible";
import { gatewayNames } from "../names";
import { partitionOf } from "../iam/arn";
import { planGateway } from "../plan";
import { syntheticAccount } from "../synth/computed";
import { readConfiguration } from "../synth/configuration";
import { isoToday } from "../tenancy/date";
import { loadTenancy, type Loaded, type LoadOptions } from "../tenancy/load";
import type { Tenancy } from "../tenancy/model";
import { formatProblem, hasErrors, type Problem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { UsageError, withFlags, type Values } from "./arguments";
import { runCommand } from "./command";
import { formatFlag, requireStack, tenantsFlag, todayFlag } from "./flags";

const command = {
  usage: `npm run check [-- FLAGS]

Says what is wrong with tenants.yaml, for every stack (the files Pulumi.<stack>.yaml here), and proves that no tenant
could reach another's files. Needs no network.
Exits with 0 when the file is fine (warnings included), 1 when it is not, 2 when called wrongly.`,
  options: {
    tenants: tenantsFlag,
    stack: { value: "STACK", description: "Look at one stack only. Default: at all of them." },
    today: todayFlag("today, UTC"),
    format: formatFlag(["text", "json", "github"], "text, json, or github (annotations of a GitHub workflow)."),
  },
};

function main(values: Values<typeof command.options>): number {
  const { tenants: file, stack, today = isoToday(new Date()), format } = values;
  const stacks = stackNames(".");
  if (stacks.length === 0) {
    throw new UsageError(
      "there is no Pulumi.<stack>.yaml in this directory; call the command in the project's directory",
    );
  }
  const checkedStacks = stack === undefined ? stacks : [stack];
  checkedStacks.forEach((checked) => requireStack(checked, stacks));
  const checked = check(file, { stacks, today, ...(stack === undefined ? {} : { stack }) }, checkedStacks);
  print(format, checked.problems, `${printable(file)}: ${summary(checked, checkedStacks)}\n`);
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

function summary({ tenancy, problems }: Loaded, stacks: readonly string[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const found = [counted(errors, "error"), counted(problems.length - errors, "warning")].flat();
  return [
    ...(tenancy === undefined ? [] : counted(tenancy.tenants.length, "tenant")),
    ...counted(stacks.length, "stack"),
    found.join(" and ") || "no problems",
  ].join(", ");
}

/** Nothing for none. */
function counted(number: number, noun: string): string[] {
  return number === 0 ? [] : [`${number} ${noun}${number === 1 ? "" : "s"}`];
}

runCommand(withFlags(command, main));
