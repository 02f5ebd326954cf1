import { parseArgs } from "node:util";

import { suggestion } from "../tenancy/explain";
import { quoted } from "../tenancy/quote";

/** A flag of a command. */
export interface Flag {
  readonly type: "string" | "boolean";
  /** What follows the flag, for the help: `FILE`. Only with `string`. */
  readonly value?: string;
  /** One line of the help. */
  readonly description: string;
  /** Used when the flag is not given; the help shows it. */
  readonly default?: string;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
}

/** A command as its help shows it. */
export interface Command<Flags extends Readonly<Record<string, Flag>>> {
  /** How it is called and what it does: `npm run check [-- FLAGS]`, an empty line, some sentences. */
  readonly usage: string;
  /** By their names without the dashes; `help` is added. */
  readonly options: Flags;
}

/** What the flags were given as; a `string` flag without default may be undefined. */
export type Values<Flags extends Readonly<Record<string, Flag>>> = {
  readonly [Name in keyof Flags]: Flags[Name]["type"] extends "boolean"
    ? boolean
    : Flags[Name] extends { readonly default: string }
      ? string
      : string | undefined;
};

/** Either the values, or the code to exit with because help was asked for (0) or needed (2); it has been printed. */
export type Arguments<Flags extends Readonly<Record<string, Flag>>> =
  | { readonly values: Values<Flags>; readonly exitCode?: undefined }
  | { readonly values?: undefined; readonly exitCode: 0 | 2 };

/** Exit code of a command that was called wrongly. */
export const wrongUsage = 2;

/**
 * Reads a command's flags. Prints the help to stdout for `--help`; for a flag that is unknown, given twice, or without a
 * proper value says which to stderr, with the help.
 * @param argv Without the interpreter and the script: `process.argv.slice(2)`.
 */
export function readArguments<Flags extends Readonly<Record<string, Flag>>>(
  command: Command<Flags>,
  argv: readonly string[],
): Arguments<Flags> {
  const given = new Map<string, string | boolean>();
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(Object.entries(allFlags(command)).map(([name, { type }]) => [name, { type }])),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") {
      return usageError(command, `${quoted(token.value)} does not follow a flag`);
    }
    if (token.kind === "option") {
      const fault = faultOf(token, command, given);
      if (fault !== undefined) {
        return usageError(command, fault);
      }
      given.set(token.name, token.value ?? true);
    }
  }
  if (given.has("help")) {
    process.stdout.write(helpOf(command));
    return { exitCode: 0 };
  }
  const values = Object.entries(command.options).map(([name, flag]) => [
    name,
    given.get(name) ?? (flag.type === "boolean" ? false : flag.default),
  ]);
  return { values: Object.fromEntries(values) as Values<Flags> };
}

/** Says what is wrong with the way a command was called, and how it is called, to stderr. */
export function usageError(command: Command<Readonly<Record<string, Flag>>>, fault: string): { readonly exitCode: 2 } {
  process.stderr.write(`error: ${fault}\n\n${helpOf(command)}`);
  return { exitCode: wrongUsage };
}

const help: Flag = { type: "boolean", description: "Show this help." };

function allFlags({ options }: Command<Readonly<Record<string, Flag>>>): Readonly<Record<string, Flag>> {
  return { ...options, help };
}

function faultOf(
  { name, rawName, value }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  command: Command<Readonly<Record<string, Flag>>>,
  given: ReadonlyMap<string, unknown>,
): string | undefined {
  const flags = allFlags(command);
  const flag = Object.hasOwn(flags, name) && rawName.startsWith("--") ? flags[name] : undefined;
  if (flag === undefined) {
    const near = suggestion(
      rawName,
      Object.keys(flags).map((known) => `--${known}`),
    );
    return `unknown flag ${quoted(rawName).slice(1, -1)}${near === undefined ? "" : `; ${near}`}`;
  }
  if (given.has(name)) {
    return `${rawName} is given twice`;
  }
  if (flag.type === "boolean") {
    return value === undefined ? undefined : `${rawName} takes no value`;
  }
  if (value === undefined || value === "" || (value.startsWith("--") && Object.hasOwn(flags, value.slice(2)))) {
    return `${rawName} needs a value: ${rawName} ${flag.value ?? "VALUE"}`;
  }
  return flag.choices === undefined || flag.choices.includes(value)
    ? undefined
    : `${rawName} is ${flag.choices.join(", ")}, not ${quoted(value)}`;
}

function helpOf(command: Command<Readonly<Record<string, Flag>>>): string {
  const rows = Object.entries(allFlags(command)).map(([name, flag]) => ({
    flag: `  --${name}${flag.type === "string" ? ` ${flag.value ?? "VALUE"}` : ""}`,
    text: `${flag.description}${flag.default === undefined ? "" : ` Default: ${flag.default}.`}`,
  }));
  const width = Math.max(...rows.map(({ flag }) => flag.length)) + 2;
  return `Usage: ${command.usage}\n\n${rows.map(({ flag, text }) => `${flag.padEnd(width)}${text}\n`).join("")}`;
}
