import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../userError";

/**
 * Checks a commit out beside the working tree, which stays as it is. The packages installed here serve there too, so no
 * network is needed; a commit that needs others fails when its program is run.
 * @param project The project's folder; it may lie below the repository's.
 * @param ref Anything git knows a commit by.
 * @returns The project's folder in it, and what deletes all of it with git's record; that may be called again, and from
 * where nothing can be awaited.
 * @throws UserError when there is no such commit, or no repository.
 */
export function checkOut(project: string, ref: string) {
  const commit = commitOf(project, ref);
  const below = git(project, ["rev-parse", "--show-prefix"]);
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "sftp-gateway-diff-")));
  const worktree = join(parent, "tree");
  const remove = () => removeWorktree(project, worktree, parent);
  try {
    git(project, ["worktree", "add", "--detach", "--quiet", worktree, commit]);
    const directory = join(worktree, below);
    if (!existsSync(directory)) {
      throw new UserError(`${ref} does not have the folder ${below}`);
    }
    symlinkSync(join(project, "node_modules"), join(directory, "node_modules"), "dir");
    return { directory, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function commitOf(project: string, ref: string): string {
  try {
    return git(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch (error) {
    if (error instanceof UserError && !error.message.includes("repository")) {
      throw new UserError(`there is no commit ${JSON.stringify(ref)} here; a shallow clone may lack it: git fetch`);
    }
    throw error;
  }
}

function removeWorktree(project: string, worktree: string, parent: string): void {
  if (!existsSync(parent)) {
    return;
  }
  try {
    git(project, ["worktree", "remove", "--force", worktree]);
    rmSync(parent, { recursive: true, force: true });
  } catch {
    rmSync(parent, { recursive: true, force: true });
    git(project, ["worktree", "prune"]);
  }
}

/** Hooks of the repository are for people's own checkouts. */
function git(project: string, args: readonly string[]): string {
  const options = { cwd: project, encoding: "utf8", stdio: "pipe" } as const;
  try {
    return execFileSync("git", ["-c", "core.hooksPath=/dev/null", ...args], options).trimEnd();
  } catch (error) {
    const { stderr, code } = error as NodeJS.ErrnoException & { stderr?: string };
    throw new UserError(code === "ENOENT" ? "git is not installed" : String(stderr ?? error).trim());
  }
}
