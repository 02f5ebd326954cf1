import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Table } from "../../local/table/table";
import { serveTable, type TableServer } from "../../local/table/tableServer";
import { requestOf } from "../fixtures/aws/commandLine";
import { requestProblems, type ApiRequest } from "../fixtures/aws/apiModel";
import { CommandProcess } from "../fixtures/commandProcess";
import type { Ended } from "../fixtures/ended";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

const keyOf = (seed: number) => `    sshKeys: ["${publicKey(seed).text}"]\n`;

const tenants = `spaces: [{ name: catalogue }]
tenants:
  - name: acme
    userName: ACME_batch
    password: true
    spaces: [{ name: catalogue, access: read-only }]
${keyOf(1)}  - name: globex
${keyOf(2)}  - { name: initech, password: true, environments: [lambda] }
  - { name: hooli, password: true, state: suspended, environments: [lambda] }
  - { name: soylent, environments: [plain], sshKeys: ["${publicKey(3).text}"] }
`;

/** What the service calls the keys of every user. */
export const keyIds = ["key-0123456789abcdef0", "key-0123456789abcdef1"];

/** In the record of what was called: characters that no command holds. */
const [endOfWord, endOfCall] = ["\u001f", "\u001e"];

const node = "node -r ./cli/typescript.cjs";

/** A copy of the project with stacks of every kind, and a table that its commands reach instead of AWS. */
export class Operating {
  readonly repository = new Repository();
  readonly table = new Table("sftp-gateway-lambda-identity-provider");
  private server: TableServer | undefined;
  private process: CommandProcess | undefined;

  async begin(): Promise<void> {
    const { repository } = this;
    const lambda = { "sftp-gateway:identityProvider": "lambda", "sftp-gateway:tenantsFile": "other.yaml" };
    repository.write("other.yaml", tenants);
    const stackFile = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
    const settings = (lines: Readonly<Record<string, string>>) =>
      Object.entries(lines).reduce((text, [key, value]) => `${text}  ${key}: ${value}\n`, stackFile);
    repository.write("Pulumi.lambda.yaml", settings(lambda));
    repository.write("Pulumi.bare.yaml", settings(lambda));
    repository.write("Pulumi.keys.yaml", settings({ ...lambda, "sftp-gateway:authentication": "PUBLIC_KEY" }));
    repository.write("plain.yaml", tenants.replaceAll(/^ +password: true\n|, password: true/gm, ""));
    repository.write("Pulumi.plain.yaml", settings({ "sftp-gateway:tenantsFile": "plain.yaml" }));
    this.server = await serveTable(this.table);
    this.process = new CommandProcess(repository.directory, { ...process.env, ...this.environment });
    this.install();
  }

  async end(): Promise<void> {
    this.process?.end();
    await this.server?.close();
    this.repository.remove();
  }

  /** Runs a command of the project in the process of all such calls. @param words Operands and flags, with blanks between. */
  call(command: string, words: string): Promise<Ended> {
    return this.process!.run({ command, words: words.split(" "), directory: this.repository.directory });
  }

  /** Runs a command of the project without npm, in a process of its own. @param script Its file and flags, for a shell. */
  run(script: string): Promise<Ended> {
    return this.shell(`${node} cli/${script}`);
  }

  /** The same where nothing answers in place of the table. */
  runAlone(script: string): Promise<Ended> {
    return this.shell(`AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:1 ${node} cli/${script}`);
  }

  /** Runs what a command has printed, with an `aws` and a `npx` that write down how they are called. */
  shell(script: string): Promise<Ended> {
    return this.repository.step(script, this.environment);
  }

  /**
   * The requests that the shell has made of AWS since the last call.
   * @throws Error for one that AWS's API model forbids.
   */
  requests(): ApiRequest[] {
    return this.calls("aws").map((words) => {
      const request = requestOf(words);
      const problems = requestProblems(request);
      if (problems.length > 0) {
        throw new Error(`${words.join(" ")}: ${JSON.stringify(problems)}`);
      }
      return request;
    });
  }

  /** How `aws` or `npx` was called since the last time. */
  calls(command: "aws" | "npx"): string[][] {
    const file = join(this.commands, `${command}.calls`);
    const calls = readFileSync(file, "utf8").split(endOfCall).slice(0, -1);
    writeFileSync(file, "");
    return calls.map((words) => words.split(endOfWord).slice(0, -1));
  }

  /** What the commands have left in their folder for temporary files. */
  temporary(): string[] {
    return readdirSync(this.repository.temporary);
  }

  private get environment(): Record<string, string> {
    return {
      PATH: `${this.commands}:${process.env["PATH"] ?? ""}`,
      TMPDIR: this.repository.temporary,
      AWS_ENDPOINT_URL_DYNAMODB: this.server?.endpoint ?? "",
      AWS_MAX_ATTEMPTS: "1",
    };
  }

  private get commands(): string {
    return join(this.repository.directory, "node_commands");
  }

  private install(): void {
    mkdirSync(this.commands);
    const answers = {
      aws: `"sts get-caller-identity") echo 123456789012;; "transfer describe-user") printf '%s\\n' ${keyIds.join(" ")};;`,
      npx: '"pulumi stack") echo s-1234567890abcdef0;;',
    };
    for (const [name, cases] of Object.entries(answers)) {
      const calls = join(this.commands, `${name}.calls`);
      const file = join(this.commands, name);
      writeFileSync(calls, "");
      // The input is read at once, as the real command does, since the script deletes it.
      writeFileSync(
        file,
        `#!/usr/bin/env bash
for word in "$@"; do
  if [[ $word == file://* ]]; then cat "\${word#file://}"; else printf %s "$word"; fi
  printf '${endOfWord}'
done >>'${calls}'
printf '${endOfCall}' >>'${calls}'
case "$1 $2" in ${cases} esac
`,
      );
      chmodSync(file, 0o755);
    }
  }
}
