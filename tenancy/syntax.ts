import type { ErrorCode, YAMLError } from "yaml";

export const tabIndents = "a tab indents this line; use spaces";

/**
 * What the parser found, in words of ours. Its own messages may quote the text, which may be a private key pasted by
 * mistake, so they are never passed on.
 */
const messages: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "an alias cannot have a tag or an anchor",
  BAD_ALIAS: "this is not an alias; put text that begins with * or & in quotes",
  BAD_COLLECTION_TYPE: "this list or mapping has a tag of another kind; remove the tag",
  BAD_DIRECTIVE: "this YAML directive is not known; remove the line",
  BAD_DQ_ESCAPE: "unknown escape sequence in double-quoted text; write \\\\ for a backslash",
  BAD_INDENT:
    "wrong indentation; entries of one list or mapping begin in the same column, what belongs to them further right",
  BAD_PROP_ORDER: "tags and anchors stand after the indicator",
  BAD_SCALAR_START: "text cannot begin with this character; put it in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    'a second ": " on one line; begin the inner mapping on a line of its own, or put the text in quotes',
  BLOCK_IN_FLOW: "inside [ ] and { } everything is written with commas, not with indentation",
  DUPLICATE_KEY: "this key is given twice",
  IMPOSSIBLE: "this cannot be read as YAML",
  KEY_OVER_1024_CHARS: "a key has at most 1024 characters",
  MISSING_CHAR: "something is missing here",
  MULTILINE_IMPLICIT_KEY: 'a key and its colon stand on one line; is a ": " missing here?',
  MULTIPLE_ANCHORS: "an anchor stands here twice",
  MULTIPLE_DOCS: "a second YAML document begins here",
  MULTIPLE_TAGS: "a tag stands here twice",
  NON_STRING_KEY: "a key must be text",
  RESOURCE_EXHAUSTION: "lists and mappings are nested too deeply",
  TAB_AS_INDENT: tabIndents,
  TAG_RESOLVE_FAILED: "this tag is not known; remove it",
  UNEXPECTED_TOKEN: "this text does not belong here; check the indentation, quotes and brackets around it",
};

/** What exactly is missing, by the beginning of the parser's message. */
const missing: readonly (readonly [begin: string, message: string])[] = [
  ['Missing closing "quote', 'the closing " is missing'],
  ["Missing closing 'quote", "the closing ' is missing"],
  ["Missing , ", "a comma is missing before this entry"],
  ["Missing space after :", "a space is missing after the colon"],
  ["Flow map must end", "the closing } is missing"],
  ["Flow sequence must end", "the closing ] is missing"],
  ["Comments must be separated", "a space is missing before the #"],
  ["Implicit map keys", 'a ": " is missing after this key'],
  ["Sequence item without", 'a "- " is missing before this entry, or it is indented wrongly'],
  ["Flow map in block", "the closing } is missing, or stands too far left"],
  ["Flow sequence in block", "the closing ] is missing, or stands too far left"],
];

/** What to tell about a syntax error, without any of the file's text. */
export function syntaxMessage({ code, message }: Pick<YAMLError, "code" | "message">): string {
  return missing.find(([begin]) => message.startsWith(begin))?.[1] ?? messages[code];
}
