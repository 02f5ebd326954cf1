import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import program from "../../index";
import { inventoryOf } from "../../inventory/inventory";
import type { Deployment } from "../../synth/deployment";
import { synthesised } from "../fixtures/synthesised";
import { TenantEntries } from "../../tenancy/entries";
import { defaultAuthentication, type SignIn } from "../../tenancy/signIn";
import type { Known } from "../../why/subject";
import type { Answer, FileAnswer, LoginAnswer } from "../../why/answer";
import { fingerprintOfLine } from "../../tenancy/fingerprint";
import type { LoginQuestion } from "../../why/loginQuestion";
import { answerTo, type Question } from "../../why/why";
import { temporaryFolder } from "../local/setting/running";

export const now = new Date("2026-06-01T12:00:00Z");

const directory = resolve(__dirname, "../..");

/** The tenants of `tenants.yaml` beside this file. */
export const sampleText = readFileSync(join(__dirname, "tenants.yaml"), "utf8");

/** What a client shows. */
export interface Shown extends Partial<Omit<LoginQuestion, "key">> {
  /** A line of a .pub file. */
  readonly key?: string;
}

/** A deployment of the sample tenants, or of others, in stack dev. */
export class Sample {
  private constructor(
    readonly deployment: Deployment,
    readonly file: string,
    readonly text: string,
    private readonly signIn: SignIn,
    private readonly entries = TenantEntries.in(file),
  ) {}

  /** @param settings Of the stack, by full key. */
  static async of(settings: Readonly<Record<string, string>> = {}, text = sampleText): Promise<Sample> {
    const folder = temporaryFolder();
    const file = join(folder.path, "tenants.yaml");
    writeFileSync(file, text);
    const overrides = { "sftp-gateway:tenantsFile": file, "sftp-gateway:today": "2026-06-01", ...settings };
    const deployment = await synthesised({ directory, stack: "dev", overrides, program });
    after(() => folder.remove());
    const identityProvider = settings["sftp-gateway:identityProvider"] === "lambda" ? "lambda" : "service-managed";
    const authentication = settings["sftp-gateway:authentication"] ?? defaultAuthentication;
    return new Sample(deployment, file, text, { identityProvider, authentication } as SignIn);
  }

  known(deployment = this.deployment): Known {
    const rules = { stacks: ["dev", "prod"], stack: "dev", today: "2026-06-01", signIn: { dev: this.signIn } };
    return { inventory: inventoryOf(deployment), entries: this.entries, rules };
  }

  ask(question: Question, deployment = this.deployment): Answer {
    return answerTo(question, this.known(deployment));
  }

  files(words: string, deployment = this.deployment): FileAnswer {
    const [name = "", operation = "", path = "", to] = words.split(" ");
    return this.ask({ about: "file", name, operation: operation as never, path, to }, deployment) as FileAnswer;
  }

  login(name: string, shown: Shown = {}, deployment = this.deployment): LoginAnswer {
    const { key, ...more } = shown;
    const body = key === undefined ? {} : { key: keyOf(key) };
    return this.ask({ about: "login", name, now, ...more, ...body }, deployment) as LoginAnswer;
  }

  /** The text of a line of the tenants file, from the column on. */
  at({ line, column }: { readonly line: number; readonly column: number }): string {
    return this.text.split("\n")[line - 1]!.slice(column - 1);
  }
}

/** A shown key from one line of a file. */
export function keyOf(line: string) {
  const [type = "", body = ""] = line.split(" ");
  return { fingerprint: fingerprintOfLine(`${type} ${body}`), body: `${type} ${body}` };
}
