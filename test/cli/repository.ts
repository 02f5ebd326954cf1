import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDirectory } from "../components/gatewayStack";

/** What is no part of the program and its commands. */
const notCopied = new Set(["node_modules", ".git", ".github", ".cache", ".ci", "bench", "data", "docs", "test"]);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (said.stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (said.stderr += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...said };
}

/** A git repository of its own with a copy of the project in it, in a temporary folder. */
export class Repository {
  /** Folder of the project. */
  readonly directory: string;
  /** Where its commands put temporary files. */
  readonly temporary: string;
  private readonly root: string;

  /** @param below Folder of the project in the repository; empty: the repository's own. */
  constructor(below = "") {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "diff-repository-")));
    this.directory = join(this.root, "repository", below);
    this.temporary = join(this.root, "temporary");
    mkdirSync(this.directory, { recursive: true });
    mkdirSync(this.temporary);
    for (const name of readdirSync(projectDirectory).filter((entry) => !notCopied.has(entry))) {
      cpSync(join(projectDirectory, name), join(this.directory, name), { recursive: true });
    }
    symlinkSync(join(projectDirectory, "node_modules"), join(this.directory, "node_modules"));
    // The packages are a link here, which a pattern for folders does not match.
    appendFileSync(join(this.directory, ".gitignore"), "node_modules\n");
    this.git("init", "--quiet", "--initial-branch=main", join(this.root, "repository"));
    this.git("config", "user.email", "test@example.com");
    this.git("config", "user.name", "Test");
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.directory, path), content);
  }

  /** Commits everything as it is. */
  commit(): void {
    this.git("add", "--all", ".");
    this.git("commit", "--quiet", "--message", "change");
  }

  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: this.directory, encoding: "utf8" });
    if (status !== 0) {
      throw new Error(`git ${args.join(" ")}: ${stderr}`);
    }
    return stdout;
  }

  /** Runs `npm run diff` without npm. */
  diff(...args: string[]): Promise<Ended> {
    return endOf(this.startDiff(...args));
  }

  startDiff(...args: string[]): ChildProcess {
    return spawn(process.execPath, ["-r", "./cli/typescript.cjs", "cli/diff.ts", ...args], {
      cwd: this.directory,
      env: { ...process.env, TMPDIR: this.temporary },
    });
  }

  /** Runs a script as a step of a workflow does. Source: GitHub's reference of `jobs.<job_id>.steps[*].shell`. */
  step(script: string, environment: Readonly<Record<string, string>>, input = ""): Promise<Ended> {
    const child = spawn("bash", ["-e", "-c", script], {
      cwd: this.directory,
      env: { ...process.env, TMPDIR: this.temporary, ...environment },
    });
    // A script may end without having read it.
    child.stdin.on("error", () => {}).end(input);
    return endOf(child);
  }

  /** What a comparison has checked out at the moment: its folders and git's record of them. */
  worktrees(): { readonly folders: string[]; readonly recorded: number } {
    const folders = readdirSync(this.temporary).filter((name) => name.startsWith("sftp-gateway-diff-"));
    return { folders, recorded: this.git("worktree", "list").trim().split("\n").length - 1 };
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
