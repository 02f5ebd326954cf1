import { text } from "node:stream/consumers";
import { readAddress } from "../iam/addressRange";
import { inventoryOf } from "../inventory/inventory";
import { deploymentIn } from "../inventory/stackExport";
import type { Deployment } from "../synth/deployment";
import { printableJson } from "../local/journal/printableJson";
import { synthesisIn } from "../synth/process";
import { isoToday } from "../tenancy/date";
import { quoted } from "../tenancy/quote";
import { stackNames } from "../tenancy/stacks";
import { questionOfWords } from "../why/words";
import { questionsOfLog } from "../why/logLine";
import { shownKeyIn } from "../why/login";
import type { LoginQuestion } from "../why/loginQuestion";
import { whyText } from "../why/text";
import { answerTo, type Question } from "../why/why";
import { UsageError, withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { fileText } from "./fileText";
import { formatFlag, otherTenantsFlag, requireStack, stackFlag, todayFlag } from "./flags";
import { knownTenants } from "./knownTenants";
import { withProgress } from "./progress";

const command = {
  usage: `npm run why -- WHO OPERATION PATH [NEW_PATH] [FLAGS]
       npm run why -- WHO login [FLAGS]
       npm run why -- LINE_OF_LOG [FLAGS]

Says why a tenant may do something with a file or is denied it (ls, stat, get, put, rm, rename, mkdir, rmdir), or why it is let
in or not: which statement of which document says so, which line of tenants.yaml that comes from, and what would give the other
answer. A line of the structured log, Transfer's or that of npm start, says what is asked; "-" reads lines from standard input.
Exits with 0 when it is allowed, 1 when nothing can be told, 2 when called wrongly, 3 when it is denied or not known.`,
  operand: "what is asked is missing: who, and what is done where; or a line of a log",
  operands: 4,
  options: {
    stack: {
      value: stackFlag.value,
      description: `${stackFlag.description} Default: ${stackFlag.default}, or that of --deployment.`,
    },
    tenants: otherTenantsFlag,
    today: todayFlag("the current day"),
    deployment: {
      value: "FILE",
      description: 'Ask a deployment instead of making one: what "npm run synth" or "pulumi stack export" prints.',
    },
    key: {
      value: "FILE",
      description: "Of a login: the public key that the client shows, in any form that ssh-keygen -i reads.",
    },
    password: { description: "Of a login: the client shows a password. Which one is not asked for." },
    from: {
      value: "ADDRESS",
      description: "Of a login: the client's address.",
      fault: (address: string) => (readAddress(address) === undefined ? `${quoted(address)} is no address` : undefined),
    },
    format: formatFlag(["text", "json"], "text or json."),
  },
};

/** Exit code of an answer that is not "allowed". */
const notAllowed = 3;

async function main(values: Values<typeof command.options>, operand: string, more: readonly string[]): Promise<number> {
  const words = [operand, ...more];
  const now = values.today === undefined ? new Date() : new Date(`${values.today}T12:00:00Z`);
  const isLine = words.length === 1 && !isName(operand);
  const way = values.password ? ("password" as const) : undefined;
  const shownKey = values.key === undefined ? undefined : shownKeyIn(values.key, fileText(values.key));
  const shown = { key: shownKey, way, address: values.from, now };
  const asked = isLine ? undefined : questionIn(words, shown);
  requireUsed(values, asked);
  const line = isLine ? await logText(operand) : "";
  const deployment = await deploymentOf(values);
  const inventory = inventoryOf(deployment);
  const known = { inventory, ...knownTenants(deployment.stack, values.tenants, isoToday(now)) };
  const questions = asked === undefined ? questionsOfLog(line, inventory, now) : [asked];
  const answers = questions.map((question) => answerTo(question, known));
  process.stdout.write(
    values.format === "json"
      ? `${printableJson(answers.length === 1 ? answers[0] : answers, 2)}\n`
      : answers.map(whyText).join("\n"),
  );
  return answers.every(({ verdict }) => verdict === "allowed") ? 0 : notAllowed;
}

/** Whether a single word is somebody's, of whom nothing is asked yet, and no line of a log. */
function isName(word: string): boolean {
  return word !== "-" && !/[{\s]/.test(word);
}

async function logText(operand: string): Promise<string> {
  if (operand !== "-") {
    return operand;
  }
  if (process.stdin.isTTY) {
    process.stderr.write("lines of a log are read from the terminal, until Ctrl-D\n");
  }
  return text(process.stdin);
}

/** @throws UsageError for words that are no question. */
function questionIn(words: readonly string[], login: LoginQuestion): Question {
  const question = questionOfWords(words, login);
  if (typeof question === "string") {
    throw new UsageError(question);
  }
  return question;
}

/** @throws UsageError for a flag that what is asked leaves without a say. */
function requireUsed(values: Values<typeof command.options>, asked: Question | undefined): void {
  if (values.stack !== undefined && values.deployment !== undefined) {
    throw new UsageError("--stack and --deployment exclude each other: a deployment is that of its stack");
  }
  const unused = (["key", "password", "from"] as const).find((name) => values[name]);
  if (unused !== undefined && asked?.about !== "login") {
    const who = asked === undefined ? "a line of a log says itself what was shown" : "only a login shows it";
    throw new UsageError(`--${unused} is of no use here: ${who}`);
  }
}

async function deploymentOf({
  deployment: file,
  stack = stackFlag.default,
  tenants,
  today,
}: Values<typeof command.options>): Promise<Deployment> {
  if (file === undefined) {
    requireStack(stack, stackNames(projectDirectory));
    return withProgress(`synthesising stack ${stack}`, () =>
      synthesisIn({ directory: projectDirectory, stack, tenantsFile: tenants, today }),
    );
  }
  return deploymentIn(fileText(file), file);
}

runCommand(withFlags(command, main));
