import { printable } from "../invisible";
import { shellWord } from "../shellWord";
import type { Adopted, Adoption } from "./adopted";
import type { Remark, Source, Target } from "./source";

/** A folder that moves: the partner would find the new one empty. */
export interface Move {
  readonly tenant: string;
  readonly login: string;
  readonly entry: string;
  /** `s3://bucket/prefix/`, or a folder of the old machine. */
  readonly from: string;
  /** Place in the landing bucket. */
  readonly to: string;
}

/** Folders whose files do not lie where the gateway looks for them. @param bucket Name of the landing bucket, by account. */
export function movesOf({ adopted }: Adoption, bucket: (account: string) => string): Move[] {
  return adopted.flatMap(({ user, tenant, folders }) =>
    folders.flatMap(({ old: { entry, target }, prefix }): Move[] => {
      const { account = "" } = user.server ?? {};
      const isOwn = target?.kind === "bucket" && account !== "" && target.bucket === bucket(account);
      const stays = isOwn && target.prefix === prefix;
      return target === undefined || stays
        ? []
        : [{ tenant: tenant.name, login: user.login, entry, from: placeOf(target), to: prefix }];
    }),
  );
}

function placeOf(target: Target): string {
  return target.kind === "bucket" ? `s3://${target.bucket}/${target.prefix}` : `${target.path}/`;
}

/** What a person reads after an import. */
export function adoptionText(
  path: string,
  source: Source,
  adoption: Adoption,
  moves: readonly Move[],
  stack: string,
): string {
  const { adopted, remarks } = adoption;
  const suspended = adopted.filter(({ tenant }) => tenant.state === "suspended").length;
  const lines = [
    `${path} is ${source.kind}: ${adopted.length} of ${source.users.length} users become tenants, ${suspended} of them suspended.`,
    "",
    ...table(adopted),
    ...remarkLines("Breaking", "breaking", remarks),
    ...moveLines(moves, stack),
    ...remarkLines("Not carried over", "left-out", remarks),
    ...remarkLines("To know", "note", remarks),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function table(adopted: readonly Adopted[]): string[] {
  const rows = adopted.flatMap(({ user, tenant, folders }) =>
    folders.map(({ old, prefix }, index) => [
      index === 0 ? user.login : "",
      index === 0 ? tenant.name : "",
      index === 0 ? String(tenant.sshKeys?.length ?? 0) : "",
      old.entry,
      old.access,
      old.target === undefined ? "-" : placeOf(old.target),
      prefix,
    ]),
  );
  const all = [["LOGIN", "TENANT", "KEYS", "FOLDER", "ACCESS", "OLD TARGET", "NEW TARGET"], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function remarkLines(title: string, weight: Remark["weight"], remarks: readonly Remark[]): string[] {
  const own = remarks.filter((remark) => remark.weight === weight);
  return own.length === 0 ? [] : ["", `${title}:`, ...own.map(({ place, message }) => `  ${place}: ${message}`)];
}

/** The copies, as docs/ADOPTION.md orders them. */
function moveLines(moves: readonly Move[], stack: string): string[] {
  if (moves.length === 0) {
    return [];
  }
  const found = moves.map(({ login, entry, from }) => `  ${login} would find ${entry} empty: its files lie in ${from}`);
  return [
    "",
    "Breaking, until the files are copied (docs/ADOPTION.md has the order):",
    ...found,
    "",
    ...copyCommands(moves, stack),
  ];
}

/** Commands for a shell that copy what is there; run again, they copy the rest. */
export function copyCommands(moves: readonly Move[], stack: string): string[] {
  const copies = [...new Set(moves.map(({ from, to }) => `aws s3 sync ${shellWord(from)} "s3://$BUCKET/${to}"`))];
  return [`BUCKET=$(npx pulumi stack output bucketName -s ${stack})`, ...copies];
}

/** What a person reads of users and keys that a server keeps when a stack takes it over. */
export function leftBehindText(commands: readonly string[]): string {
  const lines = ["", "Not in the stack; they open the server as before, until they are deleted:", ...commands];
  return commands.length === 0 ? "" : lines.map((line) => `${printable(line)}\n`).join("");
}
