import { isConverted, keyLines, keyOfFile } from "../editing/keyFile";
import { keyTypes, parsePublicKey, privateKeysIn } from "../tenancy/publicKey";
import { UserError } from "../userError";
import type { Remark, SourceKey } from "./source";

/** What narrows nothing that a gateway of ours would allow: a session here has no terminal and forwards nothing. */
const harmless =
  /^(?:restrict|no-(?:pty|port-forwarding|x11-forwarding|agent-forwarding|user-rc)|command="internal-sftp")$/i;

/** Keys of a file, and what is not carried over of it. */
interface ReadKeys {
  readonly keys: readonly SourceKey[];
  readonly remarks: readonly Remark[];
}

/** The keys of a `.pub` or `authorized_keys` file, or of one in a form that is converted. */
export function keysOfFile(file: string, text: string): ReadKeys {
  const lines = keyLines(text);
  const [first] = lines;
  if (first === undefined) {
    return { keys: [], remarks: [leftOut(file, "there is no key in it")] };
  }
  if (isConverted(first.text) || privateKeysIn(text).length > 0) {
    try {
      return { keys: [{ key: keyOfFile(file, text), place: `${file}:${first.line}` }], remarks: [] };
    } catch (error) {
      if (!(error instanceof UserError)) {
        throw error;
      }
      return { keys: [], remarks: [leftOut(file, error.message.replace(`${file}:`, "").replace(/^\d+: |^ /, ""))] };
    }
  }
  if (lines.length > 1 && !lines.some(({ text: content }) => beginsWithType.test(withoutOptions(content).rest))) {
    return { keys: [], remarks: [leftOut(file, `none of its ${lines.length} lines is a public key`)] };
  }
  const read = lines.map(({ line, text: content }) => keyOfLine(`${file}:${line}`, content));
  return { keys: read.flatMap(({ keys }) => keys), remarks: read.flatMap(({ remarks }) => remarks) };
}

/** One line of `authorized_keys`. A key whose options narrow who may use it, or how long, is left out. */
export function keyOfLine(place: string, line: string, id?: string): ReadKeys {
  const { options, rest } = withoutOptions(line);
  const narrowing = options.filter((option) => !harmless.test(option));
  if (narrowing.length > 0) {
    const names = narrowing.map((option) => option.split("=")[0]).join(", ");
    const message = `the key has the options ${names}, which would be lost; add it by hand, with allowedCidrs or expires where they are meant`;
    return { keys: [], remarks: [leftOut(place, message)] };
  }
  const { key, fault } = parsePublicKey(rest);
  return key === undefined
    ? { keys: [], remarks: [leftOut(place, fault)] }
    : { keys: [{ key, place, ...(id === undefined ? {} : { id }) }], remarks: [] };
}

function leftOut(place: string, message: string): Remark {
  return { place, weight: "left-out", message };
}

const beginsWithType = new RegExp(`^(?:${keyTypes.join("|")}|ssh-dss|sk-|[a-z0-9-]+-cert-v)`);

/** Options stand before the type, with commas between them; blanks and commas within quotes are theirs. Source: sshd(8). */
function withoutOptions(line: string): { readonly options: readonly string[]; readonly rest: string } {
  const [options = ""] = beginsWithType.test(line) ? [""] : (/^(?:[^\s"]|"(?:[^"\\]|\\.)*")+(?=\s)/.exec(line) ?? [""]);
  const rest = line.slice(options.length).trim();
  return beginsWithType.test(rest)
    ? { options: options.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [], rest }
    : { options: [], rest: line };
}
