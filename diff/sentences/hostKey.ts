import { parsePublicKey } from "../../tenancy/publicKey";
import { isRenamed } from "../explained";
import { say } from "../sentence";
import { tell, type Mark } from "../telling";
import type { ChangedSetting } from "./changedSetting";

/** What another public half of the host key tells every client. The private half goes with it, and shows nothing. */
export const hostKeySentence = tell({
  marks: (change: ChangedSetting): readonly Mark[] =>
    change.to === "" ? ["dangerous"] : isSameKey(change) ? [] : ["breaking"],
  say: (change: ChangedSetting) => {
    const [from, to] = [shown(change.from), shown(change.to)];
    if (change.to === "") {
      return say`the host key ${from} is no longer published; this server keeps it, and the next one shows another`;
    }
    return isSameKey(change)
      ? say`the comment of the host key ${to} is changed`
      : say`every client will see another host key, ${to} instead of ${from}, once the older ones of its type are deleted (docs/HOST-KEY.md)`;
  },
  explains: ({ kind, path, from, to }, change) =>
    kind === "output" && path[0] === "knownHosts" && isOfLines({ from, to }, change),
});

/** Whether lines of `known_hosts` differ by nothing but the key, or come or go with it. */
function isOfLines(lines: Record<"from" | "to", unknown>, change: ChangedSetting): boolean {
  const [from, to] = [lineOf(change.from), lineOf(change.to)];
  const isAllOf = (text: unknown, line: string) =>
    line === ""
      ? text === undefined
      : String(text)
          .split("\n")
          .every((each) => each.endsWith(` ${line}`));
  return from !== "" && to !== "" ? isRenamed(lines, { from, to }) : isAllOf(lines.from, from) && isAllOf(lines.to, to);
}

function isSameKey({ from, to }: ChangedSetting): boolean {
  return lineOf(from) === lineOf(to);
}

/** Type and body; empty for none. */
function lineOf(text = ""): string {
  const { key } = parsePublicKey(text);
  return key === undefined ? "" : `${key.type} ${key.body}`;
}

function shown(text = ""): string {
  const { key } = parsePublicKey(text);
  return key === undefined ? "the service's own" : `${key.type} ${key.fingerprint}`;
}
