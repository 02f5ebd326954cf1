import { plainContent, readYaml } from "./document";
import type { Position } from "./model";
import { Report } from "./report";
import { fileSchema, type TenantsFile } from "./schema";
import { readText } from "./text";
import { nodeAt, type Path } from "./tree";

/** A tenant as its own entry of tenants.yaml says it, whatever the rest of the file says. */
export interface TenantEntry {
  readonly tenant: TenantsFile["tenants"][number];
  /** Where something of it stands; of what is left out, where the tenant's name stands. */
  placeOf(path: Path): Position;
  /** Whether the entry says it itself, and it is no default. */
  says(path: Path): boolean;
  /** The file as if the others were not in it, and the place of the entry among its tenants. */
  readonly alone: { readonly text: string; readonly index: number };
}

/** A part of the file's text that is one entry, or the whole of what stands under `tenants`. */
interface Piece {
  readonly text: string;
  /** Lines before it. */
  readonly line: number;
  /** What stands around all entries. */
  readonly around: readonly [before: string, after: string];
}

/**
 * Single entries of a tenants.yaml, for whoever asks about one tenant among thousands and has no time to read them all. In block
 * style each begins with a dash in the column of the first; a file in another style is read whole.
 */
export class TenantEntries {
  private pieces: readonly Piece[] | undefined;
  private readonly read = new Map<Piece, readonly TenantEntry[]>();

  private constructor(
    readonly file: string,
    private readonly text: string,
  ) {}

  /** @param file As the user gave it. A file that cannot be read has no entries: `npm run check` says why. */
  static in(file: string): TenantEntries {
    const report = readText(file);
    return new TenantEntries(file, report.hasErrors ? "" : report.text);
  }

  /** The same of a text that is not in the file yet. */
  static ofText(file: string, text: string): TenantEntries {
    return new TenantEntries(file, text);
  }

  /** The first entry that is wanted among those in which a text stands as it is, such as a name or the body of a key. */
  find(text: string, wanted: (tenant: TenantEntry["tenant"]) => boolean): TenantEntry | undefined {
    this.pieces ??= piecesOf(this.text);
    for (const piece of this.pieces.filter((each) => each.text.includes(text) || each.text.includes("\\"))) {
      const found = this.entriesOf(piece).find(({ tenant }) => wanted(tenant));
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  private entriesOf(piece: Piece): readonly TenantEntry[] {
    const entries = this.read.get(piece) ?? entriesIn(piece, this.file);
    this.read.set(piece, entries);
    return entries;
  }
}

function entriesIn({ text, line: before, around: [head, tail] }: Piece, file: string): TenantEntry[] {
  const report = new Report(file, text);
  const root = readYaml(report);
  if (root === undefined || root === null || report.hasErrors) {
    return [];
  }
  report.root = root;
  const content = plainContent(root, report);
  const whole = Array.isArray(content) ? { tenants: content as unknown[] } : (content as { tenants?: unknown[] });
  const above: Path = Array.isArray(content) ? [] : ["tenants"];
  return (whole.tenants ?? []).flatMap((one, index): TenantEntry[] => {
    const tenant = fileSchema.safeParse({ tenants: [one] }).data?.tenants[0];
    const says = (path: Path) => nodeAt(root, [...above, index, ...path]) !== undefined;
    const placeOf = (path: Path) => {
      const { line, column } = report.position([...above, index, ...(says(path) ? path : ["name"])]);
      return { line: line + before, column };
    };
    const alone = { text: `${head}${text}${tail}`, index };
    return tenant === undefined ? [] : [{ tenant: tenant as TenantEntry["tenant"], placeOf, says, alone }];
  });
}

/** The entries' texts; the whole file where `tenants` is no list in block style. */
function piecesOf(text: string): Piece[] {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => /^tenants:\s*(#.*)?$/.test(line));
  const behind = lines.findIndex((line, index) => index > head && /^[^\s#-]/.test(line));
  const end = behind === -1 ? lines.length : behind;
  const first = lines.findIndex((line, index) => index > head && /^ *-( |$)/.test(line));
  if (head === -1 || first === -1 || first >= end) {
    return [{ text, line: 0, around: ["", ""] }];
  }
  const dash = `${" ".repeat(lines[first]!.indexOf("-"))}-`;
  const starts = lines.flatMap((line, index) =>
    index >= first && index < end && (line === dash || line.startsWith(`${dash} `)) ? [index] : [],
  );
  const around = [`${lines.slice(0, first).join("\n")}\n`, `\n${lines.slice(end).join("\n")}`] as const;
  return starts.map((start, index) => ({
    text: lines.slice(start, starts[index + 1] ?? end).join("\n"),
    line: start,
    around,
  }));
}
