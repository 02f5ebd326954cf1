import { text } from "node:stream/consumers";
import { runCommand } from "../cli/command";
import { bodyOf, GitHub, gitHubAccess } from "./github";
import { UserError } from "../userError";

/**
 * Keeps one open issue for a stack that has drifted, with stdin as its text. Where stdin is empty there is no drift, and
 * the issue is closed. STACK names the stack.
 */
async function main(): Promise<number> {
  const stack = process.env["STACK"] ?? "";
  if (!/^[A-Za-z0-9_.-]+$/.test(stack)) {
    throw new UserError("STACK is not the name of a stack");
  }
  const gitHub = new GitHub(gitHubAccess(process.env));
  const marker = `<!-- sftp-gateway: drift of ${stack} -->`;
  const report = (await text(process.stdin)).trim();
  const open = await gitHub.ownPost("issues?state=open", marker);
  if (report !== "") {
    const content = { title: `Drift in ${stack}`, body: bodyOf(marker, report) };
    await (open === undefined
      ? gitHub.request("POST", "issues", content)
      : gitHub.request("PATCH", `issues/${open.number}`, content));
  } else if (open !== undefined) {
    await gitHub.request("PATCH", `issues/${open.number}`, { state: "closed", state_reason: "completed" });
  }
  return 0;
}

runCommand(main);
