import { keyText } from "../access/report/wording";
import { accessProfiles, type Access, type Verb } from "../tenancy/access";
import { clientsOf, type Client } from "./clients";
import { asksForPassword, takesKeys, type Sheet } from "./sheet";

/** A part of a sheet, before it takes a format. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  /** To be copied as it stands, line by line. */
  | { readonly kind: "literal"; readonly lines: readonly string[] };

export interface Section {
  readonly heading: string;
  /** 2: of the sheet; 3: of a section. */
  readonly level: 2 | 3;
  readonly blocks: readonly Block[];
}

export interface SheetContent {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** All that a sheet says, in its order. */
export function contentOf(sheet: Sheet): SheetContent {
  return {
    title: `SFTP access for ${sheet.tenant}, as of ${sheet.today}`,
    sections: [
      section("Connection", table(connection(sheet))),
      section("Host key", ...hostKey(sheet)),
      section("Folders", ...folders(sheet)),
      ...(takesKeys(sheet) ? [section("Your keys", ...keys(sheet))] : []),
      section("Programs", { kind: "paragraph", text: standIns(sheet) }),
      ...clientsOf(sheet).map(client),
      section("What may surprise", { kind: "list", items: surprises(sheet) }),
      ...(sheet.supportContact === "" ? [] : [section("Questions", { kind: "paragraph", text: sheet.supportContact })]),
    ],
  };
}

function section(heading: string, ...blocks: readonly Block[]): Section {
  return { heading, level: 2, blocks };
}

function table(rows: readonly (readonly string[])[]): Block {
  return { kind: "table", rows };
}

function connection(sheet: Sheet): string[][] {
  const { host, login, allowedCidrs } = sheet;
  return [
    ["Protocol", "SFTP, over SSH; neither FTP nor FTPS"],
    ["Host", host.name],
    ["Port", String(host.port)],
    ...(host.addresses.length === 0 ? [] : [["Addresses, for your firewall", host.addresses.join(", ")]]),
    ["Login name", login],
    ["Logs in with", credentials(sheet)],
    ...(allowedCidrs === undefined ? [] : [["You may come from", allowedCidrs.join(", ")]]),
  ];
}

function credentials(sheet: Sheet): string {
  const password = "the password that you are given another way";
  if (!takesKeys(sheet)) {
    return password;
  }
  const anyKey = "one of the keys below";
  return sheet.password ? `${anyKey} ${asksForPassword(sheet) ? "and" : "or"} ${password}` : anyKey;
}

function hostKey({ host }: Sheet): Block[] {
  const { fingerprints, knownHosts, name, port } = host;
  const compare: Block = {
    kind: "paragraph",
    text: `Fingerprint: ${fingerprints.join(" or ") || "ask for it"}. Connect only to a host that shows it; a program shows it the first time.`,
  };
  if (knownHosts.length > 0) {
    return [
      compare,
      { kind: "paragraph", text: "OpenSSH and what uses it know the host by this, in a file known_hosts:" },
      { kind: "literal", lines: knownHosts },
    ];
  }
  return [
    compare,
    {
      kind: "paragraph",
      text: "This writes a file known_hosts and shows the fingerprints in it; keep it if one is that above:",
    },
    {
      kind: "literal",
      lines: [`ssh-keyscan -p ${port} ${name} > known_hosts && ssh-keygen -l -f known_hosts`],
    },
  ];
}

/** What a client calls each verb of a profile. */
const words: Readonly<Record<Verb, string>> = { list: "list", read: "fetch", write: "send", delete: "delete" };

/** What a partner can do with the files of a folder under a profile; undefined for what is none. */
function possible(access: string): string | undefined {
  const verbs: readonly Verb[] | undefined = Object.entries(accessProfiles).find(([name]) => name === access)?.[1]
    .verbs;
  if (verbs === undefined) {
    return undefined;
  }
  // Of files that are there, and a rename at S3 is a copy and a deletion.
  const changes = (["read", "write", "delete"] as const).every((verb) => verbs.includes(verb))
    ? ["overwrite", "rename"]
    : [];
  const all = [...verbs.map((verb) => words[verb]), ...changes].join(", ");
  return verbs.includes("read") ? all : `${all}; what is there cannot be fetched`;
}

function folders({ folders: all, landingFolder }: Sheet): Block[] {
  return [
    table(
      all.map(({ entry, access, space }) => [
        entry,
        possible(access) ?? access,
        space === undefined ? "yours alone" : "shared with others",
      ]),
    ),
    { kind: "paragraph", text: `A login begins in ${landingFolder}.` },
  ];
}

function keys({ keys: all, today }: Sheet): Block[] {
  return [
    { kind: "list", items: all.map((key) => `${key.fingerprint} (${keyText(key, today)})`) },
    {
      kind: "paragraph",
      text: "ssh-keygen -l -f KEY shows the fingerprint of yours. A key with an end works on that day (UTC) for the last time.",
    },
  ];
}

function standIns(sheet: Sheet): string {
  const ownKey = takesKeys(sheet) ? "KEY is the file of your private key, which stays with you. " : "";
  return `${ownKey}FILE is a file that is sent or fetched, COPY what is fetched. The commands are those of a POSIX shell in their folder.`;
}

function client({ name, notes, settings, commands }: Client): Section {
  return {
    heading: name,
    level: 3,
    blocks: [
      ...(notes.length > 0 ? [{ kind: "paragraph", text: notes.join(" ") } as const] : []),
      ...(settings.length > 0 ? [table(settings)] : []),
      ...(commands.length > 0 ? [{ kind: "literal", lines: commands } as const] : []),
    ],
  };
}

/** Of the service over S3. Source: Transfer Family User Guide, "Available SFTP commands", and its quotas. */
function surprises({ folders: all }: Sheet): string[] {
  const has = (access: Access) => all.some((folder) => folder.access === access);
  return [
    "A file is written from its beginning to its end: no appending, no writing in its middle.",
    "A connection that breaks leaves the part of a file that had arrived. Send it again under the same name.",
    ...(has("read-write")
      ? [
          "Files can be renamed, never over a file that is there; folders cannot. Whoever sends to a temporary name renames it then.",
        ]
      : []),
    ...(has("write-only")
      ? [
          "Where files cannot be fetched they cannot be renamed: send them under their last name; or, in a folder that is yours alone, under one that ends in .filepart, as WinSCP does.",
        ]
      : []),
    "Setting times or permissions succeeds and changes nothing: a file's time is that of its arrival.",
    "Folders can be removed only when they are empty. There are no links, and no shell.",
    "A connection that is idle for 30 minutes is ended.",
  ];
}
