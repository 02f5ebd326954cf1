/**
 * A sentence for people: our words, and between them values from tenants.yaml or a deployment that must be shown as such.
 * Each format shows values its own way, and nothing else in a sentence needs escaping.
 */
export type Sentence = (show: (value: string) => string) => string;

/** Template whose placeholders are values, or sentences that it is made of. */
export function say(words: TemplateStringsArray, ...parts: readonly (string | Sentence)[]): Sentence {
  return (show) =>
    String.raw({ raw: words }, ...parts.map((part) => (typeof part === "string" ? show(part) : part(show))));
}

/** Text that is ours and needs no mark. */
export function plain(text: string): Sentence {
  return () => text;
}

/** `1 day`, `2 days`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
