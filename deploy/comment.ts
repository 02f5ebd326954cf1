import { text } from "node:stream/consumers";
import { runCommand } from "../cli/command";
import { bodyOf, ownPost, request } from "./github";
import { UserError } from "../userError";

const marker = "<!-- sftp-gateway: what changes for whom -->";

/** Posts stdin as the one comment of the pull request PULL_REQUEST, or puts it in the place of the earlier one. */
async function main(): Promise<number> {
  const number = process.env["PULL_REQUEST"] ?? "";
  if (!/^\d+$/.test(number)) {
    throw new UserError("PULL_REQUEST is not the number of a pull request");
  }
  const content = { body: bodyOf(marker, await text(process.stdin)) };
  const comments = `issues/${number}/comments`;
  const earlier = await ownPost(comments, marker);
  await (earlier === undefined
    ? request("POST", comments, content)
    : request("PATCH", `issues/comments/${earlier.id}`, content));
  return 0;
}

runCommand(main);
