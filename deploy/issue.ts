import { text } from "node:stream/consumers";
import { runCommand } from "../cli/command";
import { bodyOf, ownPost, request } from "./github";
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
  const marker = `<!-- sftp-gateway: drift of ${stack} -->`;
  const report = (await text(process.stdin)).trim();
  const open = await ownPost("issues?state=open", marker);
  if (report !== "") {
    const content = { title: `Drift in ${stack}`, body: bodyOf(marker, report) };
    await (open === undefined
      ? request("POST", "issues", content)
      : request("PATCH", `issues/${open.number}`, content));
  } else if (open !== undefined) {
    await request("PATCH", `issues/${open.number}`, { state: "closed", state_reason: "completed" });
  }
  return 0;
}

runCommand(main);
