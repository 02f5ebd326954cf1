import { accessNames, type Access } from "../tenancy/access";
import { listed, quoted } from "../tenancy/quote";
import { UserError } from "../userError";
import { keyOfLine } from "./keyLines";
import { ownFolder, type Remark, type Source, type SourceUser } from "./source";

const columns = ["name", "login", "key", "access", "description", "contact"] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** Whether a text begins with the names of columns, `name` or `login` among them. */
export function isCsv(text: string): boolean {
  const fields = headerOf(text).split(separatorOf(text));
  return fields.length > 1 && fields.some((field) => ["name", "login"].includes(columnOf(field)));
}

function headerOf(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? "";
}

/** A spreadsheet writes the one of its language's. */
function separatorOf(text: string): string {
  return [",", ";", "\t"].find((separator) => headerOf(text).includes(separator)) ?? ",";
}

/** Its name as it is compared: without quotes, and in whatever case. */
function columnOf(field: string): string {
  return field
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim()
    .toLowerCase();
}

/**
 * One user a row; rows of one login, or one name, are one user with several keys. Fields may stand in double quotes.
 * Source: RFC 4180, with a semicolon or a tab in the place of its comma where the first line has none.
 * @throws UserError for columns that are not known or there twice, and for rows that do not fit them.
 */
export function readCsv(file: string, text: string): Source {
  const [header, ...rows] = records(file, text, separatorOf(text));
  const names = (header?.fields ?? []).map(columnOf);
  const unknown = names.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined) {
    throw new UserError(`${file}:1: the column ${quoted(unknown)} is not known; there are ${listed(columns)}`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(`${file}:1: there are two columns ${quoted(twice)}`);
  }
  const users = new Map<string, SourceUser>();
  const remarks: Remark[] = [];
  for (const { line, fields } of rows) {
    const row: Row = Object.fromEntries(names.map((name, index) => [name, fields[index]?.trim() || undefined]));
    const place = `${file}:${line}`;
    if (fields.length > names.length) {
      const message = `the row has ${fields.length} fields, and the first line ${names.length}`;
      throw new UserError(`${place}: ${message}: put what holds a separator into double quotes`);
    }
    const login = row.login ?? row.name;
    if (login === undefined) {
      remarks.push({ place, weight: "left-out", message: "the row has neither name nor login" });
      continue;
    }
    const access = accessOf(place, row.access);
    const { keys, remarks: ofKey } = row.key === undefined ? { keys: [], remarks: [] } : keyOfLine(place, row.key);
    remarks.push(...ofKey);
    const known = users.get(login);
    if (known !== undefined && row.access !== undefined && known.folders[0]?.access !== access) {
      throw new UserError(`${place}: ${quoted(login)} has the access ${quoted(access)} here, and another one above`);
    }
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

/** Its lines that hold anything, each with the number of the line where it begins. @throws UserError for a quote without end. */
function records(file: string, text: string, separator: string) {
  const found: { line: number; fields: string[] }[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    let record = lines[index] ?? "";
    // A field in quotes goes on over ends of lines; each quote within it is doubled.
    while (record.split('"').length % 2 === 0) {
      index += 1;
      if (index >= lines.length) {
        throw new UserError(`${file}:${line}: a double quote is opened here, and nowhere closed`);
      }
      record += `\n${lines[index]}`;
    }
    if (record.trim() !== "") {
      found.push({ line, fields: fieldsOf(record, separator) });
    }
  }
  return found;
}

function fieldsOf(record: string, separator: string): string[] {
  const pieces: string[] = [];
  for (const piece of record.split(separator)) {
    const open = pieces.at(-1);
    if (open !== undefined && open.split('"').length % 2 === 0) {
      pieces[pieces.length - 1] = `${open}${separator}${piece}`;
    } else {
      pieces.push(piece);
    }
  }
  return pieces.map((piece) =>
    piece
      .trim()
      .replace(/^"([\s\S]*)"$/, "$1")
      .replaceAll('""', '"'),
  );
}
