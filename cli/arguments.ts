import { parseArgs } from "node:util";

import { printable } from "../invisible";
import { suggestion } from "../tenancy/explain";
import { quoted } from "../tenancy/quote";
import { callersPath } from "./callersPath";
import { printError, Shown } from "./terminal";

/** A flag of a command. */
export interface Flag {
  /**
   * What follows the flag, for the help: `STACK`. A flag without it is there or not. `FILE` and `DIR` are paths, which stand for
   * what they are where the command was called; `-` is none.
   */
  readonly value?: string;
  /** One line of the help. */
  readonly description: string;
  /** Used when the flag is not given; the help shows it. */
  readonly default?: string;
  /** What is wrong with a value, to be read after the flag; undefined: nothing. */
  readonly fault?: (value: string) => string | undefined;
}

type Flags = Readonly<Record<string, Flag>>;

/** A command as its help shows it. */
export interface Command<Options extends Flags = Flags> {
  /** How it is called and what it does: `npm run check [-- FLAGS]`, an empty line, some sentences. */
  readonly usage: string;
  /** Says what is missing when there is nothing beside the flags. Default: nothing stands beside them. */
  readonly operand?: string;
  /** Whether what stands beside the flags is a path, as a flag's value may be. */
  readonly isOperandPath?: boolean;
  /** How many may stand beside the flags. Default: one, where `operand` is given. */
  readonly operands?: number;
  /** By their names without the dashes; `help` is added. */
  readonly options: Options;
}

/** What the flags were given as; one with a value but without a default may be undefined. */
export type Values<Options extends Flags> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly value: string }
    ? string | (Options[Name] extends { readonly default: string } ? never : undefined)
    : boolean;
};

/** Thrown by a command that was called wrongly; the message says how. Its help is shown with it. */
export class UsageError extends Error {}

/** Exit code of a command that was called wrongly. */
const wrongUsage = 2;

/**
 * A command's main function from one that takes its flags. Prints the help to stdout for `--help` and `-h`; for a flag that is
 * unknown, given twice, or without a proper value says which to stderr, with the help.
 * @param main Takes the values of the flags, what stands beside them, and what more stands there; returns the exit code.
 */
export function withFlags<Options extends Flags>(
  command: Command<Options>,
  main: (values: Values<Options>, operand: string, more: readonly string[]) => number | Promise<number>,
): (argv: readonly string[]) => Promise<number> {
  const flags = { ...command.options, help: { description: "Show this help, as -h does." } };
  return async (argv) => {
    try {
      requireNothingKept(command);
      const { given, operands } = read(argv, flags, command);
      const [operand, ...more] = operands;
      if (given.has("help")) {
        printHelp(new Shown(process.stdout), command.usage, flags);
        return 0;
      }
      if (operand === undefined && command.operand !== undefined) {
        throw new UsageError(command.operand);
      }
      const values = Object.entries<Flag>(command.options).map(([name, flag]) => [
        name,
        valueOf(flag, given.get(name)),
      ]);
      const beside = command.isOperandPath === true ? callersPath(operand ?? "") : operand;
      return await main(Object.fromEntries(values) as Values<Options>, beside ?? "", more);
    } catch (error) {
      if (!(error instanceof UsageError)) {
        throw error;
      }
      printError(error.message);
      const shown = new Shown(process.stderr);
      shown.write("");
      printHelp(shown, command.usage, flags);
      return wrongUsage;
    }
  };
}

function valueOf(flag: Flag, given: string | true | undefined): string | boolean | undefined {
  if (given === undefined) {
    return flag.value === undefined ? false : flag.default;
  }
  const isPath = flag.value === "FILE" || flag.value === "DIR";
  return isPath && typeof given === "string" && given !== "-" ? callersPath(given) : given;
}

/**
 * npm (10 and 11, tried) keeps flags in front of `--` to itself: `--stack=prod` as `npm_config_stack=prod`, `--stack prod` as
 * `true`, with `prod` as an operand; what it takes for the beginning of a name of its own as that one, `--replace` as
 * `npm_config_replace_registry_host=true`. Of `--key` and `--access`, whole names of its own, nothing is left.
 * @throws UsageError for a flag of the command that npm has kept, which would otherwise be as if it were not given.
 */
function requireNothingKept({ usage, options }: Command): void {
  for (const [name, { value: placeholder }] of Object.entries(options)) {
    const kept = keptBy(`npm_config_${name.replaceAll("-", "_")}`);
    if (kept !== undefined) {
      const value = placeholder === undefined ? [] : [kept === "true" ? placeholder : kept];
      const right = behindDashes(usage, [`--${name}`, ...value].join(" "));
      throw new UsageError(`npm has kept --${name} to itself; flags stand behind "--": ${printable(right)}`);
    }
  }
}

/** What npm has made of a flag; undefined where it was not given. */
function keptBy(variable: string): string | undefined {
  const lengthened = Object.entries(process.env).find(([name, value]) => name.startsWith(variable) && value === "true");
  return process.env[variable] ?? lengthened?.[1];
}

/** The command with a flag, as npm passes it on. */
function behindDashes(usage: string, flag: string): string {
  const [call = ""] = usage.split("\n");
  return call.replace("[-- FLAGS]", `-- ${flag}`).replace("[FLAGS]", flag);
}

function read(argv: readonly string[], flags: Flags, { usage, operand: wanted, operands: most = 1 }: Command) {
  const given = new Map<string, string | true>();
  const operands: string[] = [];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(flags).map(([name, { value }]) => [
        name,
        { type: value === undefined ? "boolean" : "string", ...(name === "help" ? { short: "h" } : {}) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "option") {
      const fault = faultOf(token, flags, given);
      if (fault !== undefined) {
        throw new UsageError(fault);
      }
      given.set(token.name, token.value ?? true);
    } else if (token.kind === "positional") {
      if (operands.length >= most || wanted === undefined) {
        const found = wanted === undefined ? "does not follow a flag" : `is one too many: ${usage.split("\n")[0]}`;
        throw new UsageError(`${quoted(token.value)} ${found}${forgottenDashes(token.value, flags, usage)}`);
      }
      operands.push(token.value);
    }
  }
  return { given, operands };
}

/** npm has abbreviations of its own, `--format` among them, of which nothing but the value is left. */
function forgottenDashes(value: string, flags: Flags, usage: string): string {
  const [name] = Object.entries(flags).find(([, { fault }]) => fault !== undefined && fault(value) === undefined) ?? [];
  return name === undefined ? "" : `; did you forget "--"? ${behindDashes(usage, `--${name} ${value}`)}`;
}

function faultOf(
  { name, rawName, value }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  flags: Flags,
  given: ReadonlyMap<string, unknown>,
): string | undefined {
  const isKnown = Object.hasOwn(flags, name) && (rawName.startsWith("--") || rawName === "-h");
  const flag = isKnown ? flags[name] : undefined;
  if (flag === undefined) {
    const known = Object.keys(flags).map((flagName) => `--${flagName}`);
    return [`unknown flag ${quoted(rawName).slice(1, -1)}`, suggestion(rawName, known) ?? []].flat().join("; ");
  }
  if (given.has(name)) {
    return `${rawName} is given twice`;
  }
  if (flag.value === undefined) {
    return value === undefined ? undefined : `${rawName} takes no value`;
  }
  if (value === undefined || value === "" || (value.startsWith("--") && Object.hasOwn(flags, value.slice(2)))) {
    return `${rawName} needs a value: ${rawName} ${flag.value}`;
  }
  const fault = flag.fault?.(value);
  return fault && `${rawName} ${fault}`;
}

function printHelp(shown: Shown, usage: string, flags: Flags): void {
  const rows = Object.entries(flags).map(([name, flag]) => ({
    flag: `  --${name}${flag.value === undefined ? "" : ` ${flag.value}`}`,
    text: `${flag.description}${flag.default === undefined ? "" : ` Default: ${flag.default}.`}`,
  }));
  const width = Math.max(...rows.map(({ flag }) => flag.length)) + 2;
  shown.print(`Usage: ${usage}\n`);
  rows.forEach(({ flag, text }) => shown.print(`${flag.padEnd(width)}${text}`, { indent: width }));
}
