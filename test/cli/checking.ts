import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sharedCommands } from "../fixtures/commandProcess";
import { projectDirectory } from "../fixtures/projectFiles";
import { publicKey } from "../publicKeys";

/** Tenants files, and what is said of the second one. */
export const fine = `tenants:\n  - name: acme\n    sshKeys: [${publicKey(1).text}]\n`;
export const wrongFile = "tenants:\n  - name: acme\n    sshkeys: [100%]\n";
export const keylessLine = `tenants.yaml:2:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"`;
export const wrongLine = `tenants.yaml:3:5: error: unknown key "sshkeys"; did you mean "sshKeys"?`;

/** What a call of a command comes to. */
interface Checked {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with the files of a project, in which `npm run check` is called without npm. */
export class CheckedProject {
  readonly directory = mkdtempSync(join(tmpdir(), "check-"));

  write(file: string, content: string): void {
    writeFileSync(join(this.directory, file), content);
  }

  /** @param content What tenants.yaml holds; undefined: as it is. */
  async check(content: string | undefined, ...words: string[]): Promise<Checked> {
    if (content !== undefined) {
      this.write("tenants.yaml", content);
    }
    const { code, stdout, stderr } = await sharedCommands().run({ command: "check", words, directory: this.directory });
    return withoutStack({ status: code, stdout, stderr });
  }

  /** The same in a process of its own. */
  run(environment: Readonly<Record<string, string>>, ...flags: string[]): Checked {
    const loader = ["-r", join(projectDirectory, "cli/typescript.cjs"), join(projectDirectory, "cli/check.ts")];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...loader, ...flags], {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    return withoutStack({ status, stdout, stderr });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

function withoutStack(checked: Checked): Checked {
  expect(checked.stdout + checked.stderr).to.not.match(/^\s+at /m);
  return checked;
}
