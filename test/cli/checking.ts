import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { publicKey } from "../publicKeys";

const script = join(__dirname, "..", "..", "cli", "check.ts");
const transpiler = join(__dirname, "..", "..", "cli", "typescript.cjs");

/** Tenants files, and what is said of the second one. */
export const fine = `tenants:\n  - name: acme\n    sshKeys: [${publicKey(1).text}]\n`;
export const wrongFile = "tenants:\n  - name: acme\n    sshkeys: [100%]\n";
export const keylessLine = `tenants.yaml:2:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"`;
export const wrongLine = `tenants.yaml:3:5: error: unknown key "sshkeys"; did you mean "sshKeys"?`;

/** A folder with the files of a project, in which `npm run check` is called without npm. */
export class CheckedProject {
  readonly directory = mkdtempSync(join(tmpdir(), "check-"));

  write(file: string, content: string): void {
    writeFileSync(join(this.directory, file), content);
  }

  /** @param content What tenants.yaml holds; undefined: as it is. */
  check(content: string | undefined, ...flags: string[]) {
    if (content !== undefined) {
      this.write("tenants.yaml", content);
    }
    return this.run({}, ...flags);
  }

  run(environment: Readonly<Record<string, string>>, ...flags: string[]) {
    const child = spawnSync(process.execPath, ["-r", transpiler, script, ...flags], {
      cwd: this.directory,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    const { status, stdout, stderr } = child;
    expect(stdout + stderr).to.not.match(/^\s+at /m);
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
