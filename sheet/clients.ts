import { shellWord } from "../shellWord";
import { asksForPassword, takesKeys, type Sheet } from "./sheet";

/** How one program connects. */
export interface Client {
  readonly name: string;
  /** What to know before; a sentence each. */
  readonly notes: readonly string[];
  /** Fields of its windows. */
  readonly settings: readonly (readonly [field: string, value: string])[];
  /** For a POSIX shell in a folder with the files KEY, known_hosts and FILE. */
  readonly commands: readonly string[];
}

/** Names of files that stand for the partner's own in the commands. */
const [key, file, copy, knownHosts] = ["KEY", "FILE", "COPY", "known_hosts"];

/** What is done by the commands: paths on the server of the file that is sent and of the one that is fetched. */
interface Errand {
  readonly listed: string;
  readonly sent: string | undefined;
  readonly fetched: string | undefined;
}

/** The programs that a sheet has words for. */
export function clientsOf(sheet: Sheet): Client[] {
  const errand = errandOf(sheet);
  return [
    openSsh(sheet, errand),
    ...(asksForPassword(sheet) ? [] : [lftp(sheet, errand), rclone(sheet, errand)]),
    curl(sheet, errand),
    psftp(sheet, errand),
    winScp(sheet),
    fileZilla(sheet),
  ];
}

/** Names of profiles, and what stands for one where documents give something else, hold the words `read` and `write`. */
function errandOf({ folders }: Sheet): Errand {
  const may = (verb: string) => folders.find(({ access }) => access.includes(verb));
  const [into, from] = [may("write"), may("read")];
  const at = (entry: string) => `${entry === "/" ? "" : entry}/${file}`;
  return {
    listed: (into ?? from ?? folders[0])?.entry ?? "/",
    sent: into && at(into.entry),
    fetched: from && at(from.entry),
  };
}

function openSsh(sheet: Sheet, { listed, sent, fetched }: Errand): Client {
  const { login, host } = sheet;
  const flags = ["-P", String(host.port), ...sshOptions(sheet)];
  const account = `${login}@${host.name}`;
  const batch = (line: string) => `${shell("echo", line)} | ${shell("sftp", "-b", "-", ...flags, account)}`;
  const scp = (from: string, to: string) => shell("scp", "-s", ...flags, from, to);
  const [batches, copies] = [
    [
      `ls -l ${inQuotes(listed)}`,
      sent && `put ${file} ${inQuotes(sent)}`,
      fetched && `get ${inQuotes(fetched)} ${copy}`,
    ],
    [sent && scp(file, `${account}:${sent}`), fetched && scp(`${account}:${fetched}`, copy)],
  ];
  return {
    name: "OpenSSH (sftp, scp)",
    notes: ["To work by hand: the first command.", "scp takes OpenSSH 8.7 or newer, which knows -s."],
    settings: [],
    commands: [
      shell("sftp", ...flags, account),
      ...(asksForPassword(sheet) ? [] : given(batches).map(batch)),
      ...given(copies),
    ],
  };
}

function sshOptions(sheet: Sheet): string[] {
  const credential = takesKeys(sheet) ? ["-i", key, "-o", "IdentitiesOnly=yes"] : [];
  return [...credential, "-o", `UserKnownHostsFile=${knownHosts}`];
}

function lftp(sheet: Sheet, { listed, sent, fetched }: Errand): Client {
  const { login, host } = sheet;
  const lines = [
    `set sftp:connect-program "ssh -a -x ${sshOptions(sheet).join(" ")}"`,
    `open -p ${host.port} -u ${login}, sftp://${host.name}`,
  ];
  const command = (line: string) => shell("lftp", "-c", [...lines, line].join("; "));
  const work = [
    `cls -l ${inQuotes(listed)}`,
    sent && `put ${file} -o ${inQuotes(sent)}`,
    fetched && `set xfer:clobber on; get ${inQuotes(fetched)} -o ${copy}`,
  ];
  return { name: "lftp", notes: [], settings: [], commands: given(work).map(command) };
}

function rclone(sheet: Sheet, { listed, sent, fetched }: Errand): Client {
  const { login, host } = sheet;
  const flags = [
    ...["--sftp-host", host.name, "--sftp-port", String(host.port), "--sftp-user", login],
    ...["--sftp-key-file", key, "--sftp-known-hosts-file", knownHosts],
    ...["--sftp-shell-type", "none", "--sftp-disable-hashcheck", "--sftp-set-modtime=false"],
  ];
  const command = (...words: string[]) => shell("rclone", ...words, ...flags);
  return {
    name: "rclone",
    notes: ["From 1.63 on it sends to a temporary name and renames: add --inplace where files cannot be fetched back."],
    settings: [],
    commands: [
      command("lsl", `:sftp:${listed}`),
      ...given([sent]).map((path) => command("copyto", file, `:sftp:${path}`)),
      ...given([fetched]).map((path) => command("copyto", `:sftp:${path}`, copy)),
    ],
  };
}

function curl(sheet: Sheet, { listed, sent, fetched }: Errand): Client {
  const { login, host } = sheet;
  const flags = ["-u", asksForPassword(sheet) ? login : `${login}:`, ...(takesKeys(sheet) ? ["--key", key] : [])];
  const url = (path: string) => `sftp://${host.name}:${host.port}${path.split("/").map(encodeURIComponent).join("/")}`;
  const command = (...words: string[]) => shell("curl", "--fail", ...flags, ...words);
  const work = [
    command(url(listed === "/" ? "/" : `${listed}/`)),
    sent && command("-T", file, url(sent)),
    fetched && command("-o", copy, url(fetched)),
  ];
  return {
    name: "curl",
    notes: [
      "It needs SFTP among the protocols that `curl -V` names, and libssh2 1.11 or newer there: older ones know no algorithm that hosts with a modern policy offer.",
      "It knows hosts by ~/.ssh/known_hosts alone: the first command, needed once, adds this one.",
    ],
    settings: [],
    commands: [`mkdir -p ~/.ssh && cat ${knownHosts} >> ~/.ssh/known_hosts`, ...given(work)],
  };
}

function psftp(sheet: Sheet, { listed, sent, fetched }: Errand): Client {
  const { login, host } = sheet;
  // A server that only tells one fingerprint may show a key of another type first.
  const fingerprints = host.knownHosts.length > 0 ? host.fingerprints : [];
  const isBatch = fingerprints.length > 0 && !asksForPassword(sheet);
  const words = [
    ...["psftp", ...(isBatch ? ["-batch"] : []), "-P", String(host.port)],
    ...(takesKeys(sheet) ? ["-i", `${key}.ppk`] : []),
    ...fingerprints.flatMap((fingerprint) => ["-hostkey", fingerprint]),
    ...["-l", login, host.name],
  ];
  const work = [
    `ls ${inQuotes(listed)}`,
    sent && `put ${file} ${inQuotes(sent)}`,
    fetched && `get ${inQuotes(fetched)} ${copy}`,
  ];
  return {
    name: "psftp (PuTTY)",
    notes: [
      "PuTTY has a form of its own for private keys: the first command converts yours, as PuTTYgen's windows do.",
    ],
    settings: [],
    commands: [
      ...(takesKeys(sheet) ? [shell("puttygen", key, "-O", "private", "-o", `${key}.ppk`)] : []),
      ...(isBatch ? given(work).map((line) => `${shell("echo", line)} | ${shell(...words)}`) : [shell(...words)]),
    ],
  };
}

/** Said of programs with windows, which no test of this project has run. */
const notTried = "Not tried by whoever made this sheet: written from the program's documentation.";

function winScp(sheet: Sheet): Client {
  const { host, login, folders } = sheet;
  const isDropBoxOfMany = folders.some(({ access, space }) => access === "write-only" && space !== undefined);
  return {
    name: "WinSCP",
    notes: [notTried],
    settings: [
      ["File protocol", "SFTP"],
      ["Host name", host.name],
      ["Port number", String(host.port)],
      ["User name", login],
      ...(takesKeys(sheet)
        ? ([["Advanced, SSH, Authentication, Private key file", "yours; WinSCP offers to convert it"]] as const)
        : []),
      ...(isDropBoxOfMany ? ([["Preferences, Transfer, Endurance, temporary filename", "Disable"]] as const) : []),
      ["Transfer settings, Preserve timestamp", "off: times are those of the upload"],
    ],
    commands: [],
  };
}

function fileZilla(sheet: Sheet): Client {
  const { host, login } = sheet;
  return {
    name: "FileZilla",
    notes: [notTried],
    settings: [
      ["Site Manager, Protocol", "SFTP - SSH File Transfer Protocol"],
      ["Host", host.name],
      ["Port", String(host.port)],
      ["Logon Type", takesKeys(sheet) && !asksForPassword(sheet) ? "Key file" : "Ask for password"],
      ["User", login],
      ...(takesKeys(sheet) && !asksForPassword(sheet) ? ([["Key file", "yours"]] as const) : []),
    ],
    commands: [],
  };
}

function given(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}

/** A path in a line of sftp, psftp or lftp; what clients may be shown holds no quotes. */
function inQuotes(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}

function shell(...words: string[]): string {
  return words.map(shellWord).join(" ");
}
