import { accessNames, type Access } from "../tenancy/access";
import { listed, quoted } from "../tenancy/quote";
import { UserError } from "../userError";
import { keyOfLine } from "./keyLines";
import { ownFolder, type Remark, type Source, type SourceUser } from "./source";

const columns = ["name", "login", "key", "access", "description", "contact"] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** Whether a text begins with the names of columns, `name` or `login` among them. */
export function isCsv(text: string): boolean {
  const [{ fields } = { fields: [] }] = records(text.split("\n", 1)[0] ?? "");
  return fields.length > 1 && fields.some((field) => ["name", "login"].includes(field.trim().toLowerCase()));
}

/**
 * One user a row; rows of one login, or one name, are one user with several keys. Fields may stand in double quotes.
 * Source: RFC 4180.
 * @throws UserError for a column that is not known.
 */
export function readCsv(file: string, text: string): Source {
  const [header, ...rows] = records(text.replace(/^\ufeff/, ""));
  const names = (header?.fields ?? []).map((field) => field.trim().toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined) {
    throw new UserError(`${file}:1: the column ${quoted(unknown)} is not known; there are ${listed(columns)}`);
  }
  const users = new Map<string, SourceUser>();
  const remarks: Remark[] = [];
  for (const { line, fields } of rows) {
    const row: Row = Object.fromEntries(names.map((name, index) => [name, fields[index]?.trim() || undefined]));
    const place = `${file}:${line}`;
    const login = row.login ?? row.name;
    if (login === undefined) {
      remarks.push({ place, weight: "left-out", message: "the row has neither name nor login" });
      continue;
    }
    const access = accessOf(place, row.access);
    const { keys, remarks: ofKey } = row.key === undefined ? { keys: [], remarks: [] } : keyOfLine(place, row.key);
    remarks.push(...ofKey);
    const known = users.get(login);
    users.set(login, {
      ...(known ?? {
        login,
        name: row.name,
        place,
        folders: ownFolder(access),
        description: row.description,
        contact: row.contact,
      }),
      keys: [...(known?.keys ?? []), ...keys],
    });
  }
  return { kind: "a CSV file", users: [...users.values()], remarks };
}

/** @throws UserError for what is no profile. */
function accessOf(place: string, text = "read-write"): Access {
  const access = accessNames.find((name) => name === text);
  if (access === undefined) {
    throw new UserError(`${place}: the access ${quoted(text)} is not known; there are ${listed(accessNames)}`);
  }
  return access;
}

/** Its lines that hold anything, each with the number of the line where it begins. */
function records(text: string): { readonly line: number; readonly fields: readonly string[] }[] {
  const found: { line: number; fields: string[] }[] = [];
  let line = 1;
  for (const [record] of text.matchAll(/(?:"(?:[^"]|"")*"|[^"\r\n])+(?=\r?\n|$)|\r?\n/g)) {
    if (record.trim() !== "") {
      const fields = record.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
      found.push({ line, fields: fields.map((field) => field.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"')) });
    }
    line += record.split("\n").length - 1;
  }
  return found;
}
