import { maxTags, tagKey, tagText } from "../tenancy/schema";
import { quoted } from "../tenancy/quote";

/** The provider's setting with tags for every resource that takes any. The program does not read it, the provider does. */
export const defaultTagsKey = "aws:defaultTags";

const right = 'it is a mapping of names to texts below "tags", as { tags: { costCentre: "4711" } }';

/**
 * What is wrong with the provider's default tags and what would be right; undefined: nothing.
 * @param text The JSON of the mapping, as a configuration has it.
 */
export function faultOfDefaultTags(text: string): string | undefined {
  const tags = tagsOf(text);
  if (tags === undefined) {
    return `is not what the provider reads; ${right}`;
  }
  const entries = Object.entries(tags);
  return entries.length > maxTags
    ? `has ${entries.length} tags; at most ${maxTags} fit beside the gateway's own`
    : entries.map(([key, value]) => faultOfTag(key, value)).find((fault) => fault !== undefined);
}

/** `costCentre: 4711, owner: partners`; empty where there are none. */
export function shownTags(text: string | undefined): string {
  return Object.entries((text === undefined ? undefined : tagsOf(text)) ?? {})
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(", ");
}

function tagsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const { tags, ...others } = JSON.parse(text) as { readonly tags?: unknown };
    const isMapping = typeof tags === "object" && tags !== null && !Array.isArray(tags);
    return isMapping && Object.keys(others).length === 0 ? (tags as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Bounds are AWS's, as of the tags of tenants. */
function faultOfTag(key: string, value: unknown): string | undefined {
  if (typeof value !== "string") {
    return `has the tag ${quoted(key)} with a value that is no text; write it in quotes`;
  }
  if (key === "" || key.length > 128 || !tagKey.test(key)) {
    return `has the tag ${quoted(key)}; a name has 1 to 128 letters, digits, spaces and _ . : / = + - @, and does not begin with aws:`;
  }
  if (key.startsWith("transfer:")) {
    return `has the tag ${quoted(key)}, which Transfer acts upon; the host name is the setting hostname`;
  }
  return value.length > 256 || !tagText.test(value)
    ? `has the tag ${quoted(key)} with a value of more than 256 characters, or of others than letters, digits, spaces and _ . : / = + - @`
    : undefined;
}
