import fc from "fast-check";
import { publicKey } from "../publicKeys";

/** A tenants file in some way of writing it, and what is in it. */
export interface RandomFile {
  readonly text: string;
  readonly names: readonly string[];
  /** Texts of all comments that stand within or above a tenant, by its name. */
  readonly commentsOf: ReadonlyMap<string, readonly string[]>;
}

/** How a file is written. */
interface Style {
  readonly eol: "\n" | "\r\n";
  readonly endsWithBreak: boolean;
  /** Columns from a key to the dashes of its list. */
  readonly indentation: 0 | 2 | 4;
  readonly blankLines: boolean;
  readonly retired: "block" | "flow" | "none";
}

interface TenantStyle {
  readonly shape: "block" | "flow" | "json";
  readonly above: boolean;
  readonly beside: boolean;
  readonly afterKeys: boolean;
  /** Columns of a comment below it, from its dash. */
  readonly below: 0 | 2 | 5;
  readonly quote: "" | "'" | '"';
  readonly keys: number;
  readonly expiring: boolean;
  readonly flowKeys: boolean;
  readonly suspended: boolean;
}

const style = fc.record<Style>({
  eol: fc.constantFrom("\n", "\r\n"),
  endsWithBreak: fc.boolean(),
  indentation: fc.constantFrom(0, 2, 4),
  blankLines: fc.boolean(),
  retired: fc.constantFrom("block", "flow", "none"),
});

const tenantStyle = fc.record<TenantStyle>({
  shape: fc.constantFrom("block", "block", "flow", "json"),
  above: fc.boolean(),
  beside: fc.boolean(),
  afterKeys: fc.boolean(),
  below: fc.constantFrom(0, 2, 5),
  quote: fc.constantFrom("", "'", '"'),
  keys: fc.integer({ min: 1, max: 3 }),
  expiring: fc.boolean(),
  flowKeys: fc.boolean(),
  suspended: fc.boolean(),
});

/** Files of two to five tenants that load, with comments in every place that an edit comes near. */
export const randomFiles: fc.Arbitrary<RandomFile> = fc
  .tuple(style, fc.array(tenantStyle, { minLength: 2, maxLength: 5 }))
  .map(([how, tenants]) => written(how, tenants));

function written(how: Style, tenants: readonly TenantStyle[]): RandomFile {
  const names = tenants.map((_, index) => `tenant-${index}`);
  const commentsOf = new Map<string, string[]>();
  const blocks = tenants.map((tenant, index) => {
    const comments: string[] = [];
    commentsOf.set(names[index]!, comments);
    return tenantLines(names[index]!, index, tenant, how, (text) => (comments.push(text), `# ${text}`));
  });
  const lines = [
    "# the file",
    "tenants: # the list",
    ...blocks.flatMap((block, index) => (how.blankLines && index > 0 ? ["", ...block] : block)),
    ...(how.blankLines ? [""] : []),
    ...(how.retired === "none" ? ["# no name is retired"] : []),
    ...(how.retired === "flow" ? ["retired: [globex] # long ago"] : []),
    ...(how.retired === "block" ? ["retired:", `${" ".repeat(how.indentation)}- globex # long ago`] : []),
  ];
  return { text: lines.join(how.eol) + (how.endsWithBreak ? how.eol : ""), names, commentsOf };
}

function tenantLines(
  name: string,
  index: number,
  { shape, above, beside, afterKeys, below, quote, keys, expiring, flowKeys, suspended }: TenantStyle,
  { indentation }: Style,
  comment: (text: string) => string,
): string[] {
  const indent = " ".repeat(indentation);
  const head = above ? [`${indent}${comment(`above ${name}`)}`] : [];
  const foot = below > 0 ? [`${indent}${" ".repeat(below)}${comment(`below ${name}`)}`] : [];
  const texts = Array.from({ length: keys }, (_, key) => `${publicKey(`${name} ${key}`).text} host-${key}`);
  const tail = beside ? ` ${comment(`beside ${name}`)}` : "";
  if (shape === "json") {
    const entries = texts.map((key) => (expiring ? `{ "key": "${key}", "expires": "2040-01-01" }` : `"${key}"`));
    return [...head, `${indent}- { "name": "${name}", "sshKeys": [${entries.join(", ")}] }${tail}`, ...foot];
  }
  const quotedTexts = texts.map((key) => `${quote}${key}${quote}`);
  if (shape === "flow") {
    const state = suspended ? "state: suspended, " : "";
    return [...head, `${indent}- { name: ${name}, ${state}sshKeys: [${quotedTexts.join(", ")}] }${tail}`, ...foot];
  }
  const list = `${indent}  ${" ".repeat(indentation)}`;
  const keyLines = flowKeys
    ? [`${indent}  sshKeys: [`, ...quotedTexts.map((key) => `${list}  ${key},${tail}`), `${indent}  ]`]
    : [
        `${indent}  sshKeys:`,
        ...quotedTexts.flatMap((key) =>
          expiring
            ? [`${list}- key: ${key}${tail}`, `${list}  expires: "2040-01-01" # long`]
            : [`${list}- ${key}${tail}`],
        ),
      ];
  return [
    ...head,
    `${indent}- name: ${quote}tenant-${index}${quote}${tail}`,
    ...(suspended ? [`${indent}  state: suspended`] : []),
    ...keyLines,
    ...(afterKeys ? [`${indent}  description: its description ${comment(`of ${name}`)}`] : []),
    ...foot,
  ];
}
